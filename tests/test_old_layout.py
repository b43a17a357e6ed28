"""A folder of results from before `results/runs` is refused; what is made now is not."""

import pytest
from expost.provenance import old_layout

NOW = (
    "runs/digits/ae/seed0/epoch40/kde/n997m400",
    "data/digits/training/seed0",
    "reference/mnist",
    "downloads/mnist",
    "figures/scores",
)


def make(results, *folders):
    for folder in folders:
        (results / folder).mkdir(parents=True)


def test_runs_beside_everything_else_are_refused(tmp_path):
    make(tmp_path, *NOW, "digits/ae/seed0/epoch40", "digits/vae/seed12", "mnist/ae/seed0")
    with pytest.raises(ValueError, match="move or delete the former") as refused:
        old_layout.refuse(tmp_path)
    message = str(refused.value)
    assert f"earlier version in {tmp_path}/digits, {tmp_path}/mnist; wanted" in message
    assert f"{tmp_path}/runs" in message
    assert "--directory" in message


def test_many_are_counted(tmp_path):
    make(tmp_path, *(f"set{number}/ae/seed0" for number in range(9)))
    with pytest.raises(ValueError, match=r"set4 and 4 more; wanted"):
        old_layout.refuse(tmp_path)


def test_what_is_made_now_is_not_refused(tmp_path):
    old_layout.refuse(tmp_path / "results")
    make(tmp_path, *NOW)
    (tmp_path / "data/digits/seed0.npy").touch()
    old_layout.refuse(tmp_path)
