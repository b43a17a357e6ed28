"""How many images a classifier assigns to a group, and how sure it is."""

import numpy as np

from ..datasets import image_groups


def probabilities(
    group: int | str,
    features: dict[str, np.ndarray],
    names: np.ndarray | None = None,
    classes: np.ndarray | None = None,
) -> np.ndarray:
    """The classifier's probability that each image belongs to a group, shape (n,).

    Args:
        group: a class or an attribute.
        features: with "classifier/probabilities", (n, classes), or "classifier/attributes", (n, k)
            in [0, 1]; of any precision.
        names: of the attributes, (k,).
        classes: names of the classes, (classes,), if they have some.

    Raises:
        ValueError: the classifier knows no such class or attribute.
    """
    what, wanted = image_groups.parse(group, classes)
    if isinstance(what, int):
        of_classes = _told(features, "probabilities", group)
        if what >= of_classes.shape[1]:
            raise ValueError(
                f"got the group {group!r}; the classifier knows 0..{of_classes.shape[1] - 1}"
            )
        column = of_classes[:, what]
    else:
        column = _told(features, "attributes", group)[:, image_groups.column(what, names)]
    return column if wanted else 1 - column


def assigned(
    group: int | str,
    features: dict[str, np.ndarray],
    names: np.ndarray | None = None,
    classes: np.ndarray | None = None,
) -> np.ndarray:
    """Whether the classifier assigns each image to a group, a boolean mask (n,).

    To a class that is the likeliest of all, to an attribute of probability above 1/2; arguments and
    errors as of `probabilities`.
    """
    what, wanted = image_groups.parse(group, classes)
    if isinstance(what, int):
        return (_told(features, "probabilities", group).argmax(axis=1) == what) == wanted
    return (probabilities(what, features, names) > 0.5) == wanted


def shares(
    drawn: np.ndarray,
    groups: list,
    features: dict[str, np.ndarray],
    names: np.ndarray | None = None,
    classes: np.ndarray | None = None,
) -> list[dict]:
    """How many of the images drawn the classifier assigns to each group, and its mean probability.

    Args:
        drawn: what each image was drawn as, (n,) strings.
        groups: the groups that are asked about.
        features: of the images, as in `probabilities`.
        names: of the attributes, (k,).
        classes: names of the classes, (classes,), if they have some.

    Returns:
        A record for each value of `drawn`, group and metric, `share` or `probability`: with the
        keys drawn, group, metric, value.
    """
    records = []
    for group in groups:
        told = {
            "share": assigned(group, features, names, classes),
            "probability": probabilities(group, features, names, classes),
        }
        records += [
            {
                "drawn": part,
                "group": str(group),
                "metric": metric,
                "value": float(values[drawn == part].mean(dtype=float)),
            }
            for part in dict.fromkeys(drawn.tolist())
            for metric, values in told.items()
        ]
    return records


def _told(features: dict[str, np.ndarray], kind: str, group: int | str) -> np.ndarray:
    for name, array in features.items():
        if name.startswith("classifier") and name.endswith(f"/{kind}"):
            return array
    raise ValueError(
        f"got the group {group!r}, but the classifier gives no {kind}; it was trained on the data "
        "set's " + ("attributes" if kind == "probabilities" else "classes")
    )
