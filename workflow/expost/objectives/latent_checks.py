"""What some objectives ask of the length of a code; read without torch."""

from ..runtime.option_values import count


def check(latent: int, items: int | None, classes: int | None, options: dict) -> None:
    """Refuse codes of one dimension, in which none can go by another, and far too long ones.

    Args:
        latent: length of a code.
        items: to train on; makes no difference.
        classes: of the data; nor do these.
        options: of the objective; nor do these.

    Raises:
        ValueError: what was got, what was wanted.
    """
    what = "latent, of whose dimensions a flow makes each go by those before it,"
    count(what, latent, least=2, most=1024)
