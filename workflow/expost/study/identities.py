"""What the methods of figures are, whatever they are called."""

import json
from collections.abc import Iterable

from .. import objectives, samplers
from ..training import settings
from . import pretrained
from .figures import Figure
from .turns import Turn

Known = dict[int, tuple[str, str, str]]  # by the number of fitted codes


def methods(plan, figures: Iterable[Figure]) -> dict[str, dict[str, Known]]:
    """Of each method, by data set and by its name in the figures: how its codes come about.

    Args:
        plan: the `Plan`.
        figures: of methods.

    Returns:
        By the number of codes that the sampler is fitted to: how the autoencoder is trained, which
        sampler it is, and what of its options is in effect, as text. Two names with the same three
        stand for one method. Of a turned autoencoder each value has its name here, also the one
        that it has elsewhere.
    """
    found: dict[str, dict] = {}
    for figure in figures:
        for run in dict.fromkeys(run._replace(epoch=0, seed=0) for run in figure.runs):
            of = found.setdefault(run.dataset, {})
            known = of.setdefault(f"{figure.display(run)}/{run.sampler}", {})
            if run.size not in known:
                training = plan.training(run.dataset, run.autoencoder)
                if not pretrained.is_one(training):
                    training = settings.resolve(training)
                sampler = samplers.build(run.sampler, **plan.sampler(run))
                options = sampler.in_effect(run.size, training["latent"])
                base = options.pop("sampler")
                known[run.size] = _training(training), base, _text(options)
        for dataset, of in found.items():
            of |= _called(figure.turns_of(dataset), of)
    return found


def _called(turns: Iterable[Turn], known: dict[str, Known]) -> dict[str, Known]:
    """Methods on autoencoders that are turned to what they are, by the names of other values."""
    return {
        f"{called}/{method.partition('/')[2]}": what
        for turn in turns
        for called, name in zip(turn.called, turn.names, strict=True)
        for method, what in known.items()
        if called != name == method.partition("/")[0]
    }


def _training(found: dict) -> str:
    """What of a training makes a difference: not how long it goes on after an epoch."""
    if pretrained.is_one(found):
        return _text({k: v for k, v in found.items() if k != "epochs"})
    options = objectives.defaults(found["objective"]) | found["options"]
    return _text({k: v for k, v in found.items() if k != "epochs"} | {"options": options})


def _text(options: dict) -> str:
    """Equal for options that are equal: 1 is 1.0."""
    return json.dumps(_plain(options), sort_keys=True, default=str)


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    whole = isinstance(value, int) and not isinstance(value, bool)
    return float(value) if whole else value
