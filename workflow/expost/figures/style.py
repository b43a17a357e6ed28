"""One look for all: names, order and colours of methods, names of metrics, and saving."""

import colorsys
import io
from dataclasses import dataclass, replace
from pathlib import Path

from ..io import files
from ..runtime import seeding
from ..study import option_sweeps

OURS = {
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same letters on every machine
    "font.size": 8,
    "axes.titlesize": 8,
    "axes.labelsize": 8,
    "xtick.labelsize": 7,
    "ytick.labelsize": 7,
    "axes.linewidth": 0.6,
    "axes.edgecolor": "#777777",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": "#444444",
    "ytick.color": "#444444",
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "lines.linewidth": 1.1,
    "lines.markersize": 2.8,
    "pdf.fonttype": 42,  # TrueType: text in the pdf can be searched and edited
}
TEXT_WIDTH = 7.0  # inches, both columns of a page
PNG_BYTES = 300_000


def context():
    """A context in which matplotlib draws in our style: seaborn's for papers, and `OURS`."""
    import matplotlib
    import seaborn

    ticks, paper = seaborn.axes_style("ticks"), seaborn.plotting_context("paper")
    return matplotlib.rc_context(ticks | paper | OURS)


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
# also as seen with deuteranopia and protanopia; the controls are grey.
METHODS = {
    "gaussian": Method("Gaussian", "Gaussian", "#33BBEE", marker="s"),
    "independent": Method("Independent", "Indep.", "#E69F00", marker="D"),
    "kde": Method("KDE", "KDE", "#4EB265", marker="^"),
    "gmm": Method("GMM", "GMM", "#882E72", marker="v"),
    "vine": Method("Vine copula", "Vine", "#0072B2", marker="P"),
    "empirical_beta": Method("EBC", "EBC", "#D55E00"),
    "real_nvp": Method("Real NVP", "Real NVP", "#7A4A1E", marker="X"),
    "vae/prior": Method("VAE", "VAE", "#1B1F6B", marker="d"),
}
CONTROLS = {
    "prior": Method("Prior", "Prior", "#A0A0A0", marker="<"),
    "reconstruction": Method("Reconstruction", "Reconstr.", "#707070", marker=">"),
    "copy": Method("Training copies", "Copies", "#606060", ":", ""),
    "held_out": Method("Held-out images", "Held out", "#222222", "--", ""),
}


@dataclass(frozen=True)
class Metric:
    """How a metric is shown: its title, and where it is best.

    That is "lower", "higher", "zero", "half", "one", or nowhere.
    """

    title: str
    best: str = ""

    @property
    def heading(self) -> str:
        """The title with an arrow to where the metric is best."""
        arrows = {
            "lower": " ↓",
            "higher": " ↑",
            "zero": " → 0",
            "half": " → 0.5",
            "one": " → 1",
        }
        return self.title + arrows.get(self.best, "")


# Where a metric is best -> what is smallest there.
LOSSES = {
    "lower": lambda x: x,
    "higher": lambda x: -x,
    "zero": abs,
    "half": lambda x: abs(x - 0.5),
    "one": lambda x: abs(x - 1),
}
METRICS = {
    "emd": Metric("EMD", "lower"),
    "mmd": Metric("MMD", "lower"),
    "one_nn": Metric("1NN accuracy", "half"),
    "precision": Metric("Precision", "higher"),
    "recall": Metric("Recall", "higher"),
    "density": Metric("Density", "one"),  # more is crowding: held-out images have about 1
    "coverage": Metric("Coverage", "higher"),
    "inception_score": Metric("Inception Score", "higher"),
    "fid_softmax": Metric("Softmax FID", "lower"),
    "frechet": Metric("Fréchet distance", "lower"),
    "kid": Metric("KID", "lower"),
    "c_t": Metric("Copying C_T", "zero"),
    "authenticity": Metric("Authenticity"),  # best where held-out images are: noise has more
    "nearest_training": Metric("Distance to training", "one"),
    "vendi": Metric("Vendi Score"),  # likewise
}
SPACES = {
    "pixels": "pixels",
    "codes": "codes",
    "classifier": "classifier features",
    "resnet34": "ResNet-34 features",
}


def method(autoencoder: str, sampler: str) -> Method:
    """How to show a sampler on an autoencoder; one that is not listed gets a colour by its name.

    A name in brackets is the autoencoder's, unless that is the plain `ae`. A sampler with a knob in
    its name looks like the sampler itself.
    """
    if (pair := f"{autoencoder}/{sampler}") in METHODS:
        return METHODS[pair]
    base, option, value = option_sweeps.parts(sampler)
    shown = (METHODS | CONTROLS).get(base) or Method(base, base, _colour(base), marker="*")
    if option:
        label = f"{shown.label}, {name_of_option(option)} {value}"
        shown = replace(shown, label=label, tag=f"{shown.tag} {value}")
    if autoencoder == "ae":
        return shown
    suffix = f" ({autoencoder})"
    return replace(shown, label=shown.label + suffix, tag=shown.tag + suffix, line="-.")


def name_of_option(option: str) -> str:
    """A sampler's option in words."""
    return option.removeprefix("n_").replace("_", " ")


def is_control(autoencoder: str, sampler: str) -> bool:
    """Whether a run bounds the metrics instead of competing, as a pair with its own name does."""
    return sampler in CONTROLS and f"{autoencoder}/{sampler}" not in METHODS


def rank(autoencoder: str, sampler: str) -> tuple:
    """A key that sorts methods into their fixed order: listed ones, others by name, controls."""
    control = is_control(autoencoder, sampler)
    order = list(CONTROLS if control else METHODS)
    pair = f"{autoencoder}/{sampler}"
    base, option, value = option_sweeps.parts(sampler)
    key = pair if pair in order else base
    place = order.index(key) if key in order else len(order)
    return control, place, base, option or "", _number(value), sampler, autoencoder


def in_order(table) -> list[tuple[str, str]]:
    """The distinct (autoencoder, sampler) of a tidy table, in the fixed order."""
    pairs = zip(table["autoencoder"], table["sampler"], strict=True)
    return sorted(set(pairs), key=lambda pair: rank(*pair))


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


def save(figure, *paths: str | Path) -> None:
    """Write a figure to each path, whole or not at all, the same bytes every time.

    Args:
        figure: a matplotlib figure.
        paths: where to; the suffix says how. A png has 200 dots an inch, and a palette of 256
            colours if it would be larger than 300 KB otherwise, of 128, 64 or 32 if it still is; a
            pdf keeps everything.

    Raises:
        ValueError: a suffix that is neither .png nor .pdf.
        OSError: a path cannot be written.
    """
    for path in map(Path, paths):
        if path.suffix not in (".png", ".pdf"):
            raise ValueError(f"got the figure path {path}; wanted one that ends in .png or .pdf")
        with files.whole(path) as temporary, context():
            if path.suffix == ".pdf":
                undated = {"CreationDate": None, "Creator": None, "Producer": None}
                figure.savefig(temporary, metadata=undated)
            else:
                temporary.write_bytes(_png(figure))


def _png(figure) -> bytes:
    from PIL import Image

    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=200)
    image = Image.open(drawn).convert("RGB")
    # k-means until few dots change: without it, faces come out blotched and greys tinted.
    means = image.width * image.height // 200
    for colours in (None, 256, 128, 64, 32):
        small = io.BytesIO()
        shown = image if colours is None else image.quantize(colours, kmeans=means)
        shown.save(small, "png", optimize=True, dpi=(200, 200))
        if small.tell() <= PNG_BYTES:
            break
    return small.getvalue()
