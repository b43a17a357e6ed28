"""Samples of one class, or with one attribute: codes near those of training images that have it."""

from ..analyses import soundness
from ..figures import gallery, group_rows, pictures
from ..io import files
from ..samplers import fit_and_pool
from ..study.kinds import Kind, Page
from ..tables import shares_table

CATEGORY = "5 What else can be done?"
KIND = Kind(
    figure=Page(
        CATEGORY,
        "Random images of {dataset} drawn for no target and near training codes of one class or "
        "attribute ({targets}), a row a method, none of them chosen; held-out images are real ones "
        "of that kind. Samplers that draw near given codes can be told what to show without "
        "further training.",
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
    only=fit_and_pool.targets,
    cannot="cannot draw near given codes",
    one_seed=True,
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
    return means, *shares_table.targeted_tables(means, sound)
