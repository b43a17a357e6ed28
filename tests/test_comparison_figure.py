"""The figure of a comparison where not all is scored."""

import pandas as pd
from expost.comparing import plotting


def test_without_c_t_the_panel_of_authenticity_is_named_so():
    rows = [
        (name, seed, metric, 1 + seed + len(name))
        for name in ("gmm", "held_out")
        for seed in (0, 1)
        for metric in ("emd", "authenticity")
    ]
    frame = pd.DataFrame(rows, columns=["sampler", "seed", "metric", "value"])
    (panel,) = plotting.plot(frame).axes
    assert panel.get_ylabel().startswith("Authenticity")
