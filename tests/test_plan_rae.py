"""The RAE study with settings and data that it cannot have, and what its refusals say to write."""

import re

import numpy as np
import pytest
import yaml
from conftest import ROOT
from expost.study import definitions, remedies, summary
from planning import STUDIES, VECTORS, planned

ARCHIVE = {"kind": "npz", "path": "mine.npz"}


def plan(changes=None, **config):
    return planned(None, {"studies": ["rae"], "overrides": {"rae": changes or {}}} | config)


def mine(folder, train, test, entry=ARCHIVE, side=32):
    """Keys of a config in which everything is drawn for images of our own."""
    arrays = {}
    for part, n in (("train", train), ("test", test)):
        arrays |= {f"images_{part}": np.zeros((n, 1, side, side), np.uint8)}
        arrays |= {f"labels_{part}": np.arange(n) % 4}
        arrays |= {f"vectors_{part}": np.zeros((n, 5), np.float32)}
    if entry is ARCHIVE:
        arrays = {key: value for key, value in arrays.items() if "vectors" not in key}
    else:
        arrays = {key: value for key, value in arrays.items() if "vectors" in key}
    np.savez(folder / entry["path"], **arrays)
    return {"on": ["mine"], "datasets": {"mine": entry}, "data_dir": str(folder)}


def refusal(changes=None, **config):
    with pytest.raises(ValueError, match="^got ") as refused:
        plan(changes, **config)
    return str(refused.value)


def written(said):
    return yaml.safe_load(re.search("`(overrides: .*?)`", said)[1])["overrides"]["rae"]


def figure(name, **keys):
    return {"figures": {name: keys}}


def test_figures_that_want_too_much_are_named_once_each():
    said = refusal({"draws": 401}).splitlines()
    assert len(said) == 4
    for line in said[:-1]:
        names = re.findall("'(rae_.*?)'", line)
        assert len(set(names)) == len(names) > 1


@pytest.mark.parametrize("place", [{}, {"on": {"digits": {}}}])
def test_a_number_is_mended_where_it_is_said(place):
    inner = place.get("on", {}).get("digits", place)
    inner["validation"] = 5
    said = refusal({"autoencoders": {"vae": place}})
    assert "trainings of rae.vae hold out, which are 5: set" in said
    inner["validation"] = 400
    assert written(said) == {"autoencoders": {"vae": place}}
    plan(written(said))


def test_turned_numbers_are_not_mended_elsewhere():
    turns = {"vae": {"options.beta": [], "validation": [5, 400]}}
    said = refusal(figure("rae_figure2", turns=turns))
    assert "trainings of rae.vae-validation-5 hold out" in said
    assert said.endswith("Write other values of `validation` into the `turns`")


@pytest.mark.parametrize(("train", "at_once"), [(240, False), (400, False), (410, True)])
def test_what_is_written_for_few_images_can_be_run(train, at_once, tmp_path):
    config = mine(tmp_path, train, 400)
    said = refusal(**config)
    changes, fifth = written(said), train // 5
    assert changes["training"] == {"validation": fifth}
    if not at_once:
        assert f"{train} training images, of which `validation: 400` are to be held out" in said
        assert "data set 'mine'" in said
        changes |= written(refusal(changes, **config))
    assert changes["draws"] <= fifth
    assert changes["size"] == train - fifth
    plan(changes, **config)


def test_too_few_images_for_anything_ask_for_more(tmp_path):
    assert "give it more data" in refusal(**mine(tmp_path, 30, 12))


def test_of_two_studies_the_one_that_wants_too_much_may_be_left_out(tmp_path):
    config = mine(tmp_path, 1000, 240) | {"studies": ["ebcae", "rae"]}
    small = {"draws": 100, "size": 200, "sizes": [200]}
    with pytest.raises(ValueError, match=r"or leave out the study: `studies: \[ebcae\]`$"):
        planned(None, config | {"overrides": {"ebcae": small}})
    with pytest.raises(ValueError, match="^got ") as refused:
        planned(None, config)
    assert "leave out" not in str(refused.value)


def test_sides_that_networks_cannot_halve_are_refused_with_a_size(tmp_path):
    said = refusal(**mine(tmp_path, 1000, 800, side=24))
    assert "got images of 24x24; " in said
    assert "set the data set's `size`, to 32 for example" in said


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ({"draws": 10, "pairs": 6}, "got pairs 6 in .* take 5 pairs or fewer"),
        ({"steps": 1}, "got steps 1 in figure 'rae_figure3'.*at least 2"),
        ({"path": "straight"}, "got path 'straight'"),
    ],
)
def test_models_are_shown_with_what_there_is(own, message):
    assert re.search(message, refusal(figure("rae_figure3", **own)))


def test_models_without_samples_want_no_draws():
    own = {"draws": 10, "pairs": 6}
    plan(figure("rae_figure3", **own, blocks=["reconstructions", "interpolations"]))
    assert written(refusal(figure("rae_figure3", **own)))["figures"]["rae_figure3"] == {"pairs": 5}
    plan(figure("rae_figure3", draws=12, pairs=6))


def test_there_are_no_arcs_between_numbers():
    short = {"training": {"latent": 1}}
    with pytest.raises(ValueError, match="codes of length 1 of rae.vae on digits.*`path: linear`"):
        planned(None, {"studies": ["rae"], "overrides": {"rae": short}}, wanted=["rae_figure3"])
    linear = {"rae": short | figure("rae_figure3", path="linear")}
    planned(None, {"studies": ["rae"], "overrides": linear}, wanted=["rae_figure3"])


def test_an_option_is_about_layers_that_there_are(tmp_path):
    said = refusal({"training": {"networks": "mlp"}})
    assert "options.l2_of 'transposed', but the networks have no transposed convolutions" in said
    assert "set it to parameters or kernels" in said
    assert "'rae_l2'" in said
    plan(**mine(tmp_path, 1000, 800, VECTORS))  # of which the study says `kernels`


def test_a_table_without_numbers_to_compare_is_said_to_be_left_out(tmp_path):
    notes = summary.left_out(plan(**mine(tmp_path, 1000, 800, VECTORS)))
    assert notes[-1] == "rae_published: there are no numbers of rae_table1 to compare with"
    assert not summary.left_out(plan())


def test_curves_of_more_clusters_than_draws_are_left_out():
    """Nearly every point would be a cluster of its own, and any two laws without one in common."""
    notes = summary.left_out(plan({"draws": 19}))
    assert notes[0].startswith(
        "rae_table2, rae_prd: not for digits, as 19 draws are fewer than the"
    )
    assert "20 clusters" in notes[0]
    assert not summary.left_out(plan({"draws": 20}))
    one = figure("rae_prd", draws=12)
    assert [name for name, f in plan(one).figures.items() if f.left_out] == ["rae_prd"]


def test_a_number_that_yaml_takes_for_text_is_written_with_a_point():
    study = definitions.read(STUDIES, "rae")
    study["figures"]["rae_figure2"]["turns"] = {"vae": {"options.beta": ["1e-4"]}}
    said = remedies.of(study, ROOT / "workflow/schemas", "study")
    assert said == "Got value '1e-4'; wanted a number, not text: write 1.0e-4, without quotes"
