"""The choice by scores and times of the pipeline's jobs."""

import pandas as pd
import pytest
from expost.comparing import of_runs
from expost.io import files

COLUMNS = ["dataset", "autoencoder", "sampler", "epoch", "size", "seed"]
METRICS = ("emd", "mmd", "coverage", "density", "held_out_likelihood", "c_t", "authenticity")


@pytest.fixture
def measured(tmp_path):
    """Scores, runs and files of times of two samplers and a control, GMM twice as near."""
    emd = {"gmm": 1.0, "empirical_beta": 2.0, "held_out": 1.0}
    runs = [("my", "given", name, 0, 99, seed) for name in emd for seed in (0, 1, 2)]
    rows, times = [], []
    for i, run in enumerate(runs):
        for metric in METRICS:
            value = emd[run[2]] if metric == "emd" else 0.5
            rows += [(*run, "codes", metric, value), (*run, "pixels", metric, 7.0)]
        times.append(str(tmp_path / f"{i}.json"))
        seconds = [{"phase": "fit", "seconds": 3.0}, {"phase": "sample", "seconds": 0.5}]
        files.save_json(times[-1], {"made_by": {}, "rows": seconds})
    return pd.DataFrame(rows, columns=[*COLUMNS, "space", "metric", "value"]), runs, times


def test_the_sentence_is_that_of_the_rule_in_names_of_tables_with_seconds_by_the_clock(measured):
    scores, runs, times = measured
    (said,) = of_runs.sentences(scores, COLUMNS, runs, times)
    assert said.startswith(
        "Which to take: GMM alone is not dominated in quality; it copies no more than held-out "
        "codes do, and takes 3.5 s by the clock to fit and draw. Dominated"
    )
    assert said.endswith(": EBC by GMM in EMD.")


def test_each_number_of_codes_has_a_sentence_and_what_lacks_a_measure_none(measured):
    scores, runs, times = measured
    both = pd.concat([scores, scores.assign(size=50)])
    more = [(*run[:4], 50, run[5]) for run in runs]
    found = of_runs.sentences(both, COLUMNS, runs + more, times * 2)
    assert [said[:30] for said in found] == [
        "Which to take: 99 codes: GMM a",
        "Which to take: 50 codes: GMM a",
    ]
    lacking = scores[scores["metric"] != "c_t"]
    assert of_runs.sentences(lacking, COLUMNS, runs, times) == []
