"""Options with which a sampler that is trained is fitted at once, for tests of other things."""

from expost import samplers


def brief(name: str, steps: int = 2) -> dict:
    """So many steps of training; nothing where a sampler is not trained."""
    return {"steps": steps} if "steps" in samplers.build(name).get_params() else {}
