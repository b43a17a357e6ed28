"""Images held out for validation: who gets them, who must not, and what plans refuse."""

import re

import numpy as np
import pytest
import yaml
from expost import samplers
from expost.datasets import row_choice
from expost.samplers import fit_and_pool
from expost.study import sampler_checks
from planning import figure, planned

CODES = {"train": np.arange(60.0).reshape(30, 2), "test": np.zeros((9, 2))}
DRAWN = {"samplers": {"reconstruction": {"source": "validation"}}}


def refusal(overrides):
    with pytest.raises(ValueError, match="^got ") as refused:
        planned(overrides)
    return str(refused.value).splitlines()


def written(remedy):
    return yaml.safe_load(re.search("`(.*?)`", remedy)[1])["overrides"]["ebcae"]


@pytest.mark.parametrize("name", ["reconstruction", "interpolation"])
def test_those_of_validation_images_are_fitted_to_all_of_them_and_no_other(name):
    sampler = samplers.build(name, source="validation")
    part, rows = row_choice.pool(sampler.source, "digits", 0, CODES, 10, 12)
    assert part == "train"
    np.testing.assert_array_equal(rows, row_choice.validation("digits", 0, 30, 12))
    assert sampler_checks.steady(sampler) == ("size",)


def test_others_get_none_of_them_also_where_fits_begin_again():
    _, rows = row_choice.pool("train", "digits", 0, CODES, 40, 12)
    drawn = fit_and_pool.pooled(
        samplers.build("copy"), CODES["train"][rows], 12, 40, np.random.default_rng(0)
    )
    shown = set(rows[drawn.rows])
    assert shown == set(row_choice.fitted("digits", 0, 30, 12, 40, 12))
    assert shown == set(row_choice.trained("digits", 0, 30, 12))
    np.testing.assert_array_equal(
        row_choice.fitted_once("digits", 0, 30, 18, 12), row_choice.training("digits", 0, 30)[:18]
    )


def test_jobs_refuse_what_no_plan_could_know():
    with pytest.raises(ValueError, match=r"holds out 9 images of digits .* wants 10.*`validation`"):
        row_choice.pool("validation", "digits", 0, CODES, 10, 9)
    with pytest.raises(ValueError, match="30 training images, of which 12 .* set it to 18 or"):
        row_choice.fitted_once("digits", 0, 30, 19, 12)


def test_each_autoencoder_and_data_set_holds_out_its_own():
    held = {"training": {"validation": 9}, "size": 100, "sizes": [100]}
    ours = {"autoencoders": {"ae": {"on": {"digits": {"validation": 400}}}}}
    planned(DRAWN | held | ours)
    refusal(DRAWN | held | {"autoencoders": {"vae": ours["autoencoders"]["ae"]}})
    np.testing.assert_array_equal(
        row_choice.training("digits", 0, 30, 0), row_choice.training("digits", 0, 30)
    )


@pytest.mark.parametrize("held", [0, 9, 150])
def test_fewer_of_them_than_draws_are_refused_with_what_to_write(held):
    few = DRAWN | {"training": {"validation": held}, "size": 100, "sizes": [100]}
    *said, remedy = refusal(few)
    assert said[0].startswith("got draws 400 in figures 'scores', ")
    assert f"hold out, which are {held}: set `validation` to 400 or more" in said[0]
    assert ("or draws to 150" in said[0]) == (held == 150)
    fewer = written(remedy)
    assert fewer == ({"draws": 150} if held == 150 else {"training": {"validation": 400}})
    planned(few | fewer)
    planned(few | {"draws": held} if held == 150 else few | {"training": {"validation": 400}})


def test_pairs_are_drawn_of_validation_images_unless_the_study_says_otherwise():
    methods = ["ae/interpolation", "ae/copy", "ae/held_out"]
    own = figure("scores", methods=methods)
    said, _ = refusal(own)
    assert said.startswith("got draws 400 in figure 'scores' of study 'ebcae'; interpolation wants")
    planned(own | {"samplers": {"interpolation": {"source": "train"}}})
    alias = {"samplers": {"middles": {"sampler": "interpolation"}}}
    said, _ = refusal(alias | figure("scores", methods=["ae/middles", *methods[1:]]))
    assert "middles wants that many" in said


def test_a_size_that_reaches_into_them_is_refused():
    count = planned().data_sets["digits"].counts[0]
    held = {"training": {"validation": 300}}
    most = count - 300
    *said, remedy = refusal(held | {"size": most + 1, "sizes": [100]})
    assert said == [line for line in said if f"got size {most + 1} in " in line]
    assert f"digits has {count} training images, of which 300 are held out" in said[0]
    assert written(remedy) == {"size": most}
    planned(held | {"size": most, "sizes": [100]})


def test_a_file_of_a_run_is_counted_too():
    path = "results/runs/digits/ebcae.ae/seed0/epoch40/{}/n{}m{}/scores.json"
    with pytest.raises(ValueError, match=r"got draws 400 in results/.*; reconstruction wants"):
        planned(DRAWN, wanted=[path.format("reconstruction", 100, 400)])
    held = {"training": {"validation": 300}}
    with pytest.raises(ValueError, match=r"got size 1000 in results/.* 300 are held out"):
        planned(held, wanted=[path.format("gmm", 1000, 40)])
