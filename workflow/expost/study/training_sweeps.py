"""Autoencoders with other settings, each under a name, and so a path and seeds, of its own."""

from collections.abc import Iterable

from .. import objectives
from ..training import settings
from . import definitions
from .turns import Turn, named


def of_figure(plan, turned: dict, datasets: Iterable[str], where: str) -> list[Turn]:
    """The settings of autoencoders that a figure gives values.

    Args:
        plan: the `Plan`, which gets to know each autoencoder that is made so.
        turned: autoencoder, as in paths -> setting of its training -> values.
        datasets: of the figure.
        where: the figure, for messages.

    Raises:
        ValueError: no such setting, or a value that it cannot have; says where.
    """
    return [
        turn(plan, dataset, autoencoder, setting, values, where)
        for autoencoder, lists in turned.items()
        for setting, values in lists.items()
        for dataset in datasets
        if values
    ]


def names(turns: Iterable[Turn], dataset: str, autoencoder: str) -> list[str]:
    """All autoencoders that one stands for; itself alone where nothing of it is turned."""
    own = [t for t in turns if (t.dataset, t.autoencoder) == (dataset, autoencoder)]
    return list(dict.fromkeys(name for turn in own for name in turn.names)) or [autoencoder]


def check_axis(figure, where: str) -> None:
    """Refuse turns that a kind cannot show along its horizontal axis.

    Raises:
        ValueError: what was got, what was wanted.
    """
    if not figure.kind.over_turns or not figure.datasets:
        return
    found = dict.fromkeys(turn.setting for turn in figure.turns)
    if len(found) != 1:
        raise ValueError(
            f"got {', '.join(found) or 'no setting'} in the `turns` of {where}; its picture wants "
            "one setting, of one autoencoder or more, as in `turns: {vae: {latent: [2, 4, 8]}}`"
        )
    if figure.options.get("dimension") and next(iter(found)) != "latent":
        raise ValueError(
            f"got `dimension: true` in {where} and {next(iter(found))} along its horizontal axis; "
            "the intrinsic dimension of data can be told beside `latent` alone"
        )
    for value in (value for turn in figure.turns for value in turn.values):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(
                f"got {value!r} of {next(iter(found))} in the `turns` of {where}; its horizontal "
                "axis wants numbers"
            )


def turn(plan, dataset: str, autoencoder: str, setting: str, values: Iterable, where: str) -> Turn:
    """One setting of an autoencoder at several values; arguments and errors as of `of_figure`."""
    here = f"`turns` of {where}, {autoencoder}: {setting}"
    own, found = settings.resolve(plan.training(dataset, autoencoder)), []
    objective = own["objective"]
    if setting not in own and setting in objectives.options(objective):
        raise ValueError(
            f"got the setting {setting!r} in {here}, which is an option of the objective "
            f"{objective!r}; write options.{setting}"
        )
    own["options"] = objectives.defaults(objective) | own["options"]
    for value in values:
        name = named(autoencoder, setting, value)
        made = autoencoder, definitions.nested(setting.split("."), value)
        if plan.turned.setdefault(name, made) != made:
            raise ValueError(
                f"got {made[1]} in {here}, but another figure has {plan.turned[name][1]} under the "
                f"same name, {name}; leave one of them out"
            )
        try:
            plan.training(dataset, name)
        except ValueError as error:
            raise ValueError(f"{error}, in {here}") from None
        found.append(autoencoder if _is(own, setting, value) else name)
    return Turn(dataset, autoencoder, setting, tuple(values), tuple(found))


def _is(training: dict, setting: str, value) -> bool:
    """Whether a training has a setting that way, said or not."""
    for key in setting.split("."):
        if not isinstance(training, dict) or key not in training:
            return False
        training = training[key]
    return training == value
