"""Samples of one class, or with one attribute, of samplers that were told so."""

from ..analyses import soundness
from ..figures import gallery, group_rows, pictures
from ..io import files
from ..samplers import fit_and_pool
from ..study.kinds import Choice, Kind, Page
from ..tables import shares_table

CATEGORY = "5 What else can be done?"
WAYS = (
    "A sampler that can draw near the codes of a target does so, without further training; others "
    "are fitted to these codes alone, as all are with the option fits: alone (here: {fits})."
)
KIND = Kind(
    figure=Page(
        CATEGORY,
        "Random images of {dataset} drawn for no target, and for one class or attribute "
        "({targets}), a row a method, none of them chosen; held-out images are real ones of that "
        "kind. " + WAYS,
    ),
    table=Page(
        CATEGORY,
        "How many of {draws} images drawn for a target the data set's classifier assigns to it, "
        "beside images drawn for none: mean ± half-width of the 95 % t-interval over seeds. "
        "Held-out images are what the classifier can reach, reconstructions what the decoder can.",
    ),
    files=("group_draws", "group_images"),
    numbers="shares",
    capabilities=("images", "groups"),
    only=fit_and_pool.reaches_groups,
    cannot="cannot be told what to draw",
    one_seed=True,
    options={"fits": Choice(("near", "alone"))},
)


def draw(given: dict, about: dict):
    """Untargeted draws of every method, then each target's, of the first seed."""
    images = zip(given["group_images"], about["hidden"], strict=True)
    blocks = group_rows.targeted_sampling(
        about["runs"],
        [pictures.shown(files.load_npy(path), hidden) for path, hidden in images],
        [files.load_npz(path, "drawn")["drawn"] for path in given["group_draws"]],
    )  # each: label -> (n, c, h, w)
    return gallery.sample_grid(*blocks)


def tabulate(given: dict, about: dict):
    """How many of the images drawn for a target a classifier assigns to it."""
    means = shares_table.summarise_shares(shares_table.read(given["numbers"][0]))
    sound = soundness.look(given.get("accuracies", ()))
    tables, note = shares_table.targeted_tables(means, sound)
    return means, tables, f"{note} {WAYS.format_map(about)}"
