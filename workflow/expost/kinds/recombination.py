"""The dependence of one group of images with the margins of another: glasses removed, say."""

from ..analyses import soundness
from ..figures import gallery, group_rows, pictures
from ..io import files
from ..study.kinds import Kind, Page
from ..tables import shares_table

CATEGORY = "5 What else can be done?"
KIND = Kind(
    figure=Page(
        CATEGORY,
        "Images of {dataset} from the codes of one group ({dependence_of}), from the same points "
        "of its copula with the margins of the other group ({margins_of}), the training codes "
        "nearest to these with their originals, and images of the other group. In a column the "
        "first two rows of a copula differ in their margins only, so one can see what dependence "
        "keeps and what margins change; the rows of independent margins, which have no dependence "
        "to keep, show what margins do alone.",
    ),
    table=Page(
        CATEGORY,
        "What the data set's classifier takes {draws} images for before and after their margins "
        "were exchanged for another group's: mean ± half-width of the 95 % t-interval over seeds. "
        "If the group whose margins were taken wins, margins decide what an image shows; if the "
        "group whose dependence was kept wins, dependence does.",
    ),
    files=("group_draws", "group_images"),
    numbers="shares",
    data=True,
    capabilities=("images", "groups"),
    only=lambda sampler: sampler.recombines(),
    cannot="has no margins to exchange",
    one_seed=True,
)


def draw(given: dict, about: dict):
    """Two groups, and one with the margins of the other, of the first seed."""
    training = files.load_npz(given["data"][0], "images_train")["images_train"]
    draws = [files.load_npz(path, "drawn", "rows_nearest") for path in given["group_draws"]]
    nearest = [training[arrays["rows_nearest"]] for arrays in draws]
    blocks = group_rows.recombined(
        about["runs"],
        [files.load_npy(path) for path in given["group_images"]],
        [arrays["drawn"] for arrays in draws],
        [pictures.shown(images, about["hide_originals"]) for images in nearest],
        *about["groups"],
    )  # each: label -> (n, c, h, w)
    return gallery.sample_grid(*blocks)


def tabulate(given: dict, about: dict):
    """What a classifier takes images for, before and after their margins were exchanged."""
    means = shares_table.summarise_shares(shares_table.read(given["numbers"][0]))
    sound = soundness.look(given.get("accuracies", ()))
    return means, *shares_table.recombination_tables(means, sound)
