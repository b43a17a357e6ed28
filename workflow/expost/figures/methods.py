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
    "flow_matching": Method("Flow matching", "Flow m.", "#4466EE", marker="p"),
    "second_vae": Method("Second-stage VAE", "2nd VAE", "#FF4E4D", marker="8"),
    "shrunk_prior": Method("Shrunk prior", "Shrunk", "#4BC3B4", marker="H"),
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
    without a title. A sampler with a knob in its name looks like the sampler itself, and likewise
    an autoencoder with a setting in its own. Where a figure shows one sampler on several
    autoencoders, these have the colours; else samplers have them, and autoencoders lines.
    """
    study = naming.now()
    if _has_own_name(autoencoder, sampler):
        return _turned(METHODS[_pair(autoencoder, sampler)], autoencoder)
    shown = bare(autoencoder, sampler)
    if not study.is_told(autoencoder, sampler):
        return shown
    suffix = f" ({study.written(autoencoder)})"
    shown = replace(shown, label=shown.label + suffix, tag=shown.tag + suffix)
    if (place := study.rival(autoencoder, sampler)) is not None:
        look = PALETTE[place] if place < len(PALETTE) else Method("", "", _colour(autoencoder))
        return replace(shown, colour=look.colour, line="-", marker=look.marker)
    return replace(shown, line=study.line(autoencoder))


def bare(autoencoder: str, sampler: str) -> Method:
    """How to show a method where it is said elsewhere of which autoencoder it is."""
    shown = of_sampler(sampler)
    if autoencoder == naming.GIVEN:  # whose report calls each by one name
        label = "Held-out codes" if sampler == "held_out" else shown.label
        return replace(shown, label=label, tag=label)
    if sampler != "prior" or is_control(autoencoder, sampler):
        return shown
    return replace(METHODS["vae/prior"], label=shown.label, tag=shown.tag)


def of_sampler(sampler: str) -> Method:
    """How to show a sampler, whatever the autoencoder."""
    base = option_sweeps.parts(sampler)[0]
    look = METHODS.get(base) or Method(base, base, _colour(base), marker="*")
    look = replace(look, label=base, tag=base) if naming.now().as_configured else look
    return _turned(look, sampler)


def autoencoder_title(autoencoder: str) -> str:
    """An autoencoder as its study writes it."""
    return naming.now().written(autoencoder)


def is_control(autoencoder: str, sampler: str) -> bool:
    """Whether a run bounds the metrics instead of competing, as a model's own prior does."""
    own = sampler == "prior" and naming.now().has_prior(autoencoder)
    return sampler in samplers.CONTROLS and _pair(autoencoder, sampler) not in METHODS and not own


def rank(autoencoder: str, sampler: str) -> tuple:
    """A key that sorts methods into their fixed order: listed ones, others by name, controls.

    The methods of a study stand together by autoencoder, in the study's order; originals are last.
    """
    last = is_control(autoencoder, sampler) + (sampler in samplers.ORIGINALS)
    study = 0 if sampler in samplers.ORIGINALS else naming.now().place(autoencoder)
    order = list(METHODS)
    pair, base = _pair(autoencoder, sampler), option_sweeps.parts(sampler)[0]
    place = next((order.index(key) for key in (pair, base) if key in order), len(order))
    plain = option_sweeps.parts(autoencoder)[0]
    turned = *naming.turned_to(sampler), plain, *naming.turned_to(autoencoder)
    return last, study, place, base, *turned


def in_order(table) -> list[tuple[str, str]]:
    """The distinct (autoencoder, sampler) of a tidy table, in the fixed order."""
    pairs = zip(table["autoencoder"], table["sampler"], strict=True)
    return sorted(set(pairs), key=lambda pair: rank(*pair))


def crossed(table) -> tuple[list[str], list[str]]:
    """The distinct autoencoders and samplers of a tidy table, each in the fixed order."""
    pairs = in_order(table)
    samplers_alone = sorted({sampler for _, sampler in pairs}, key=lambda name: rank("", name))
    return list(dict.fromkeys(autoencoder for autoencoder, _ in pairs)), samplers_alone


def _has_own_name(autoencoder: str, sampler: str) -> bool:
    """Whether a pair is listed, of an autoencoder that is written by its name."""
    return _pair(autoencoder, sampler) in METHODS and naming.now().title(autoencoder) is None


def _pair(autoencoder: str, sampler: str) -> str:
    """The name of a method, whatever setting of the autoencoder is turned."""
    return f"{option_sweeps.parts(autoencoder)[0]}/{sampler}"


def _turned(look: Method, name: str) -> Method:
    """The look of what a name with an option is made of, and the option in words."""
    _, option, value = option_sweeps.parts(name)
    if not option:
        return look
    label = f"{look.label}, {naming.name_of_option(option)} {value}"
    return replace(look, label=label, tag=f"{look.tag} {value}")


def _colour(name: str) -> str:
    """A colour that depends on the name alone, dark enough to be seen on white."""
    number = seeding.seed("colour", name)
    parts = colorsys.hsv_to_rgb(number % 360 / 360, 0.8, (0.55, 0.7)[number // 360 % 2])
    return "#" + "".join(f"{round(255 * part):02X}" for part in parts)
