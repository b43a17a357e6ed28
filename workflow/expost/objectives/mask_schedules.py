"""How a mask is learnt over a training: when it moves, and how much its numbers must be 0 or 1.

And what its options want of the codes; nothing here imports torch.
"""

from ..runtime.option_values import count, number

OPEN, HALF, CLOSED = 0.9, 0.5, 0.1  # of a mask's numbers: from where on a dimension is which
FROZEN, DOUBLED = 0.2, 0.65  # shares of a careful training: the mask moves from, is pressed from
DOUBLINGS = 45  # of its whole length


def pressure(schedule: str, latent: int, done: int, batches: int) -> float:
    """The weight of `sum |mu (1 - mu)|` at a batch, at first 2 / latent.

        faithful   it stays, as in the paper
        official   it doubles every 4 I batches up to 2,048, with I = 75 of at most 20 dimensions,
                   else the lesser of 10,000 and 112.5 latent, as in the official code
        careful    it doubles every 45th part of the training, once 65 % of it are done

    Args:
        schedule: one of these.
        latent: length of a code.
        done: batches before this one.
        batches: of the whole training.
    """
    if schedule == "official":
        every = 4 * (75 if latent <= 20 else min(10_000, int(112.5 * latent)))
        return min(2 / latent * 2.0 ** min(done // every, 100), 2048.0)
    past = done - DOUBLED * batches
    if schedule == "careful" and past > 0:
        return 2 / latent * 2 ** int(past * DOUBLINGS / batches)
    return 2 / latent


def moves(schedule: str, done: int, batches: int) -> bool:
    """Whether the mask moves at a batch: always, or in a careful training after its first fifth."""
    return schedule != "careful" or done >= FROZEN * batches


def frozen_epochs(schedule: str, epochs: int) -> int:
    """Whole epochs, of so many, in which the mask does not move."""
    return int(FROZEN * epochs) if schedule == "careful" else 0


def check(latent: int, items: int | None, classes: int | None, options: dict) -> None:
    """Refuse a capacity that leaves nothing to mask, and levels without a range.

    Args:
        latent: length of a code.
        items: to train on; makes no difference.
        classes: of the data; nor do these.
        options: of the objective, all of them.

    Raises:
        ValueError: what was got, what was wanted.
    """
    count("latent, the capacity that a mask chooses from,", latent, least=2)
    low = options["start_low"]
    number("options.start_high, above options.start_low,", options["start_high"], above=low)
