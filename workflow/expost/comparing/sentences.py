"""A choice in words."""

from collections.abc import Collection, Mapping

NOTHING = "No sampler was scored in every seed, so none can be named."
ONE_SEED = "One seed tells nothing of chance, so none can be named; take seeds=3 or more."
NO_CONTROL = "The control held_out was not scored, so that what copies cannot be told."
DOMINATED = "Dominated (never better in quality, worse by 99 % intervals)"


def of_copies(names: Collection[str]) -> str:
    """That all of them copy."""
    return f"Each copies more than held-out codes do, {_listed(names)}, so none can be named."


def of_choice(
    name: str,
    cost: str,
    left: Collection[str],
    cheap: Collection[str],
    *,
    conflict: bool,
    seeds: int,
    aside: Mapping[str, Collection[str]],
) -> str:
    """Which was chosen, and why.

    Args:
        name: of the choice.
        cost: its seconds, with what they are.
        left: those that it was chosen of.
        cheap: those of them that cost as little as the cheapest.
        conflict: whether some of these are better than others in a measure of quality, and worse
            in another one.
        seeds: how many.
        aside: why others were set aside -> which.
    """
    seconds = f"{cost} to fit and draw"
    if len(left) == 1:
        which = "alone is not dominated in quality" if aside[DOMINATED] else "is the only one left"
        said = [f"{name} {which}; it copies no more than held-out codes do, and takes {seconds}."]
    else:
        how = (
            "what is better in one measure of quality is worse in another"
            if conflict
            else f"{seeds} seeds cannot tell their quality apart"
        )
        which = (
            f"{_listed(sorted(cheap))} cost as little; of these {name} has the lowest EMD, "
            f"{seconds}."
            if len(cheap) > 1
            else f"Of these {name} is cheapest, {seconds}."
        )
        said = [
            f"None is clearly better of {_listed(left)}: {how}, and they copy no more than",
            f"held-out codes do. {which}",
        ]
    said += [
        f"{why}: {'; '.join(names) if why == DOMINATED else _listed(names)}."
        for why, names in aside.items()
        if names
    ]
    return " ".join(said)


def of_beaten(names: Collection[str], other: str, metrics: Collection[str]) -> str:
    """By whom samplers are dominated, and in which metrics."""
    words = (title if title.isupper() else title[0].lower() + title[1:] for title in metrics)
    return f"{_listed(names)} by {other} in {_listed(list(words))}"


def of_caveats(caveats: Collection[tuple[str, str]]) -> str:
    """What the answer depends on, for the end of the sentence.

    Args:
        caveats: a heading and what stands under it, each.
    """
    kinds = {kind: [what for one, what in caveats if one == kind] for kind, _ in caveats}
    return " ".join(f"{kind}: {'; '.join(found)}." for kind, found in kinds.items())


def _listed(names: Collection[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
