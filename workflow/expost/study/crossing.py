"""Whether a figure has every sampler on every autoencoder, as a two-way table wants it."""

from .. import samplers


def check(figure, found: list, where: str) -> None:
    """Refuse methods, controls aside, that are no full product of autoencoders and samplers.

    Likewise panels in codes, as autoencoders have codes in units of their own.

    Args:
        figure: of a kind that wants it.
        found: its runs on a data set.
        where: the figure, for messages.

    Raises:
        ValueError: what was got, and what to add.
    """
    pairs = dict.fromkeys((figure.display(run), run.sampler) for run in found)
    pairs = [pair for pair in pairs if pair[1] not in samplers.CONTROLS]
    autoencoders, names = (list(dict.fromkeys(pair[i] for pair in pairs)) for i in (0, 1))
    for what, values in (("autoencoders", autoencoders), ("samplers", names)):
        if len(values) < 2:
            raise ValueError(
                f"got the {what} {', '.join(values) or 'none'} in {where}; its table wants two or "
                "more, controls aside"
            )
    lacking = [f"{a}/{s}" for a in autoencoders for s in names if (a, s) not in pairs]
    if lacking:
        raise ValueError(
            f"got no {', '.join(lacking)} in {where}; its table wants each sampler, controls "
            "aside, on each autoencoder, so list these too or leave out the autoencoder or sampler"
        )
    panels = figure.options.get("panels")
    if isinstance(panels, dict) and "codes" in panels:
        raise ValueError(
            f"got panels in codes in {where}, whose units differ between autoencoders; wanted "
            "pixels or features"
        )
