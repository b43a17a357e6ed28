"""Names, order and colours of methods, the same in all figures and tables."""

import colorsys
from dataclasses import dataclass, replace

from .. import samplers
from ..runtime import seeding
from ..study import option_sweeps
from . import naming


@dataclass(frozen=True)
class Method:
    """How one method is shown.

    Args:
        label: its name in tables and grids.
        tag: a shorter name at the end of a line.
        colour: of its line, as #RRGGBB.
        line: matplotlib line style.
        marker: matplotlib marker.
    """

    label: str
    tag: str
    colour: str
    line: str | tuple = "-"
    marker: str = "o"


# The order of every row and legend. A key is a sampler, or "autoencoder/sampler" where that
# pair has a name of its own. Any two colours are at least 17 apart in CIELAB (1976),
# also as seen with deuteranopia and protanopia; the controls (`samplers.CONTROLS`) are grey.
METHODS = {
    "gaussian": Method("Gaussian", "Gaussian", "#33BBEE", marker="s"),
    "independent": Method("Independent", "Indep.", "#E69F00", marker="D"),
    "kde": Method("KDE", "KDE", "#4EB265", marker="^"),
    "gmm": Method("GMM", "GMM", "#882E72", marker="v"),
    "vine": Method("Vine copula", "Vine", "#0072B2", marker="P"),
    "empirical_beta": Method("EBC", "EBC", "#D55E00"),
    "real_nvp": Method("Real NVP", "Real NVP", "#7A4A1E", marker="X"),
    "vae/prior": Method("VAE", "VAE", "#1B1F6B", marker="d"),
    # Controls
    "prior": Method("Prior", "Prior", "#A0A0A0", marker="<"),
    "reconstruction": Method("Reconstruction", "Reconstr.", "#707070", marker=">"),
    "interpolation": Method("Interpolation", "Interp.", "#8A8A8A", marker="h"),
    "copy": Method("Training copies", "Copies", "#606060", ":", ""),
    "held_out": Method("Held-out images", "Held out", "#222222", "--", ""),
}

# Of autoencoders, where a figure compares these and not samplers.
PALETTE = [look for name, look in METHODS.items() if name not in samplers.CONTROLS]


def method(autoencoder: str, sampler: str) -> Method:
    """How to show a sampler on an autoencoder; one that is not listed gets a colour by its name.

    A name in brackets is the autoencoder's, as its study writes it, unless that is a plain `ae`
    without a title. A sampler with a knob in its name looks like the sampler itself. Where a figure
    shows one sampler on several autoencoders, these have the colours; else samplers have them, and
    autoencoders lines.
    """
    study = naming.now()
    if _has_own_name(autoencoder, sampler):
        return METHODS[f"{autoencoder}/{sampler}"]
    shown = of_sampler(sampler)
    if sampler == "prior" and study.has_prior(autoencoder):
        own = METHODS["vae/prior"]
        shown = replace(own, label=shown.label, tag=shown.tag)
    if not study.is_told(autoencoder, sampler):
        return shown
    suffix = f" ({study.title(autoencoder) or autoencoder})"
    shown = replace(shown, label=shown.label + suffix, tag=shown.tag + suffix)
    if (place := study.rival(autoencoder, sampler)) is not None:
        look = PALETTE[place] if place < len(PALETTE) else Method("", "", _colour(autoencoder))
        return replace(shown, colour=look.colour, line="-", marker=look.marker)
    return replace(shown, line=study.line(autoencoder))


def of_sampler(sampler: str) -> Method:
    """How to show a sampler, whatever the autoencoder."""
    base, option, value = option_sweeps.parts(sampler)
    shown = METHODS.get(base) or Method(base, base, _colour(base), marker="*")
    if not option:
        return shown
    label = f"{shown.label}, {name_of_option(option)} {value}"
    return replace(shown, label=label, tag=f"{shown.tag} {value}")


def autoencoder_title(autoencoder: str) -> str:
    """An autoencoder as its study writes it."""
    return naming.now().title(autoencoder) or autoencoder


def name_of_option(option: str) -> str:
    """A sampler's option in words."""
    return option.removeprefix("n_").replace("_", " ")


def is_control(autoencoder: str, sampler: str) -> bool:
    """Whether a run bounds the metrics instead of competing, as a model's own prior does."""
    own = sampler == "prior" and naming.now().has_prior(autoencoder)
    return sampler in samplers.CONTROLS and f"{autoencoder}/{sampler}" not in METHODS and not own


def rank(autoencoder: str, sampler: str) -> tuple:
    """A key that sorts methods into their fixed order: listed ones, others by name, controls.

    The methods of a study stand together by autoencoder, in the study's order; originals are last.
    """
    last = is_control(autoencoder, sampler) + (sampler in samplers.ORIGINALS)
    study = 0 if sampler in samplers.ORIGINALS else naming.now().place(autoencoder)
    order = list(METHODS)
    pair = f"{autoencoder}/{sampler}"
    base, option, value = option_sweeps.parts(sampler)
    key = pair if pair in order else base
    place = order.index(key) if key in order else len(order)
    return last, study, place, base, option or "", _number(value), sampler, autoencoder


def in_order(table) -> list[tuple[str, str]]:
    """The distinct (autoencoder, sampler) of a tidy table, in the fixed order."""
    pairs = zip(table["autoencoder"], table["sampler"], strict=True)
    return sorted(set(pairs), key=lambda pair: rank(*pair))


def _has_own_name(autoencoder: str, sampler: str) -> bool:
    """Whether a pair is listed, of an autoencoder that is written by its name."""
    listed = f"{autoencoder}/{sampler}" in METHODS
    return listed and naming.now().title(autoencoder) is None


def _number(value: str | None) -> float:
    """Where a knob's value stands among others: words after numbers."""
    try:
        return float(value or 0)
    except ValueError:
        return float("inf")


def _colour(name: str) -> str:
    """A colour that depends on the name alone, dark enough to be seen on white."""
    number = seeding.seed("colour", name)
    hue, value = number % 360 / 360, (0.55, 0.7)[number // 360 % 2]
    return "#" + "".join(
        f"{round(255 * part):02X}" for part in colorsys.hsv_to_rgb(hue, 0.8, value)
    )
