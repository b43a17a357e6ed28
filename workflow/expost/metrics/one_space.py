"""Real, generated and training images as features that metrics can compare, checked."""

from dataclasses import replace

from ..features.base import Features
from .points import checked, laws


def same(
    real, generated, training=None, what: str = "images"
) -> tuple[Features, Features, Features | None]:
    """The three, in arrays that metrics can use; what is of several spaces is refused.

    Args:
        real: `Features` of real images.
        generated: of generated ones.
        training: of those that a sampler was fitted to, or None.
        what: they are of, for errors.

    Raises:
        TypeError: these are no `Features`, or not of real numbers; says which side.
        ValueError: too few rows, non-finite values, probabilities that are none, or samples that
            are not of one space; says which side.
    """
    real = _checked(f"real {what}", real)
    generated = _checked(f"generated {what}", generated)
    advice = f"compute both in one space, from {what} of one shape"
    if real.vectors.shape[1] != generated.vectors.shape[1] or _classes(real) != _classes(generated):
        raise ValueError(
            f"real features have (width, classes) {real.vectors.shape[1], _classes(real)}, "
            f"generated {generated.vectors.shape[1], _classes(generated)}; {advice}"
        )
    if training is not None:
        training = _checked(f"training {what}", training)
        if training.vectors.shape[1] != real.vectors.shape[1]:
            raise ValueError(
                f"training features have width {training.vectors.shape[1]}, real ones "
                f"{real.vectors.shape[1]}; {advice}"
            )
    return real, generated, training


def _classes(features: Features) -> int:
    return 0 if features.probabilities is None else features.probabilities.shape[-1]


def _checked(side: str, features: Features) -> Features:
    """Arrays of what metrics can use; anything else is refused."""
    if not isinstance(features, Features):
        raise TypeError(
            f"the {side} must come as Features, got {type(features).__name__}; "
            "write score(Features(vectors), ...)"
        )
    advice = f"look at the {side} that they come from"
    vectors = checked(features.vectors, f"vectors of the {side}", 2, advice)
    if features.probabilities is None:
        return replace(features, vectors=vectors)
    name = f"probabilities of the {side}"
    of_classes = laws(features.probabilities, name, 2, advice)
    if len(of_classes) != len(vectors):
        raise ValueError(f"got {len(of_classes)} {name}, wanted {len(vectors)}")
    return replace(features, vectors=vectors, probabilities=of_classes)
