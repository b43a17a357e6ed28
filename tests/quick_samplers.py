"""Options with which samplers are fitted sooner than with the defaults."""

from expost import samplers

# Where the defaults would take long; the laws are the same.
OPTIONS = {
    "kde": {"count": 6, "high": 1.0},
    "real_nvp": {"steps": 600, "hidden": 64, "batch": 500, "learning_rate": 1e-3, "patience": None},
    "second_vae": {"steps": 2000, "hidden": 32, "batch": 500, "gamma": 1.0, "patience": None},
    "flow_matching": {"steps": 2000, "hidden": 32, "averaging": 0.99, "patience": None},
    "shrunk_prior": {"kernels": 100},
}


def brief(name: str, steps: int = 2) -> dict:
    """So many steps of training, and few kernels, for tests of other things; else nothing."""
    few = {"steps": steps, "kernels": 100}
    known = samplers.build(name).get_params()
    return {option: value for option, value in few.items() if option in known}
