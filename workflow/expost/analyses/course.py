"""How codes come to follow their target while an autoencoder is trained, and whether they do."""

import numpy as np
import pandas as pd

COLUMNS = ["dataset", "autoencoder", "epoch", "seed", "metric", "value"]
TOLD = ("ratio", "variance_of_codes", "longest_code")  # of an epoch, by the objective `gen`
LAST = "last_"  # before what is told of the last epoch


def records(history: pd.DataFrame, codes: np.ndarray, bandwidth: float | None) -> list[dict]:
    """What a training tells of its codes, epoch by epoch, and what they are like after it.

    Args:
        history: of the training, a row an epoch; columns of `TOLD` that it lacks are left out.
        codes: of test images, (n, d).
        bandwidth: h of its kernels; None where it has none, and so no law N(0, (1 - h²) I).

    Returns:
        Of each epoch its `metric` and `value`; without an epoch `last_ratio` and so on, of the
        last one; `variance_of_test_codes`, the mean over dimensions; and of an autoencoder with
        kernels `law`, which is 1 - h², and `variance_over_law`.
    """
    found = [
        {"epoch": epoch, "metric": name, "value": value}
        for name in TOLD
        if name in history
        for epoch, value in zip(history["epoch"], history[name], strict=True)
    ]
    last = [{"metric": LAST + n, "value": history[n].iloc[-1]} for n in TOLD if n in history]
    variance = float(np.var(codes, axis=0, ddof=1, dtype=np.float64).mean())
    last.append({"metric": "variance_of_test_codes", "value": variance})
    if bandwidth is not None:
        law = 1 - bandwidth**2
        last.append({"metric": "law", "value": law})
        last.append({"metric": "variance_over_law", "value": variance / law})
    return found + last
