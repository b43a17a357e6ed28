"""Claims and made-up scores to judge them by."""

import pandas as pd
import yaml
from expost.papers.claims import ledger, verdicts

FIGURES, AUTOENCODERS = ("scores", "recombination"), ("ae", "vae")
AXES = ["dataset", "autoencoder", "sampler", "epoch", "size", "seed", "space", "metric", "value"]


def tidy(values, measure="classifier/emd", epoch=40, size=2000, dataset="digits"):
    """Scores of {method: values over seeds}."""
    space, metric = measure.split("/")
    rows = [
        (dataset, *method.split("/"), epoch, size, seed, space, metric, value)
        for method, over_seeds in values.items()
        for seed, value in enumerate(over_seeds)
    ]
    return pd.DataFrame(rows, columns=AXES)


def entry(**changes):
    test = {"kind": "better", "by": ["features/emd"], "left": ["ae/kde"], "right": ["ae/vine"]}
    claim = {"id": "a", "section": "3", "claim": "It is so.", "figure": "scores"}
    return claim | {"tests": [test | changes.pop("test", {})]} | changes


def load(tmp_path, *entries):
    path = tmp_path / "claims.yaml"
    path.write_text(yaml.safe_dump(list(entries)))
    return load_ledger(path)


def load_ledger(path):
    """The claims in a file, of a study with a few figures."""
    return ledger.load(path, FIGURES, AUTOENCODERS)


def judged(tmp_path, table, **changes):
    return verdicts.judge(load(tmp_path, entry(**changes)), {"scores": table}, 2000)


def verdict(*arguments, **changes):
    (word,) = judged(*arguments, **changes)["verdict"].unique()
    return word
