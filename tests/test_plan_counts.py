"""More codes, draws or pairs than there are images: refused when planning, with what to write."""

import re

import numpy as np
import pytest
import yaml
from planning import figure, planned
from test_plan_data_sets import NPZ

PARTS = ("train", "test")
FEW = {"size": 384, "sizes": [100, 384], "draws": 48}


def save(folder, train, test):
    arrays = {
        f"images_{part}": np.zeros((n, 1, 16, 16), np.uint8)
        for part, n in (("train", train), ("test", test))
    }
    labels = {f"labels_{part}": np.arange(len(arrays[f"images_{part}"])) % 4 for part in PARTS}
    np.savez(folder / "mine.npz", **arrays, **labels)


def plan(folder, overrides=None, **config):
    config = {"on": ["mine"], "datasets": {"mine": NPZ}, "data_dir": str(folder)} | config
    return planned(overrides, config)


def refusal(folder, overrides=None):
    with pytest.raises(ValueError, match="^got ") as refused:
        plan(folder, overrides)
    lines = str(refused.value).splitlines()
    assert len(lines) < 7
    return lines


def test_all_that_is_too_much_is_said_at_once_with_what_can_be_run(tmp_path):
    save(tmp_path, 384, 96)
    *said, remedy = refusal(tmp_path)
    assert [re.match("got (.*?) in figure", line)[1] for line in said] == [
        *("draws 400", "draws 400", "size 800", "size 400")
    ]
    assert "'sample_grid', 'scores', 'metrics_over_epochs' and" in said[0]
    assert "mine has 96 test images, of which the reference and the control held_out" in said[0]
    assert "mine has 384 training images" in said[2]
    written = yaml.safe_load(re.search("`(.*)`", remedy)[1])
    assert written == {"overrides": {"ebcae": FEW}}
    assert plan(tmp_path, written["overrides"]["ebcae"]).figures["scores"].draws == 48


@pytest.mark.parametrize(
    ("key", "own", "written"),
    [
        ("scores", {"draws": 49}, {"draws": 48}),
        ("scores", {"sizes": [50, 400, 500]}, {"sizes": [50, 384]}),
        ("interpolation", {"pairs": 49}, {"pairs": 48}),
    ],
)
def test_what_a_figure_says_itself_is_refused_and_lowered_there(key, own, written, tmp_path):
    save(tmp_path, 384, 96)
    plan(tmp_path, FEW)
    (name,) = own
    said, remedy = refusal(tmp_path, FEW | figure(key, **own))[-2:]
    assert f"{name.removesuffix('s')}" in said
    assert f"in figure '{key}' of study 'ebcae'; mine has" in said
    found = yaml.safe_load(re.search("`(.*)`", remedy)[1])
    assert found == {"overrides": {"ebcae": {"figures": {key: written}}}}
    plan(tmp_path, FEW | found["overrides"]["ebcae"])


def test_draws_without_the_control_may_be_all_test_images(tmp_path):
    save(tmp_path, 384, 96)
    recombined = figure("recombination", draws=96)
    assert plan(tmp_path, FEW | recombined).figures["recombination"].draws == 96
    said, _ = refusal(tmp_path, FEW | figure("recombination", draws=97))
    assert "of which the reference wants that many: at most 96" in said


def test_knobs_are_counted_too(tmp_path):
    save(tmp_path, 384, 96)
    said, _ = refusal(tmp_path, FEW | figure("trade_off", draws=60))
    assert "figure 'trade_off' of" in said
    assert "at most 48" in said


def test_too_few_for_any_figure_says_so(tmp_path):
    save(tmp_path, 384, 19)
    assert refusal(tmp_path)[-1] == ("That is too few for any figure: give mine more test data")


def test_counts_of_downloads_are_known(tmp_path):
    with pytest.raises(ValueError, match="size 60001 in .* mnist has 60000 training images"):
        planned({"size": 60001}, {"on": ["mnist"], "datasets": {"mnist": {"kind": "mnist"}}})
