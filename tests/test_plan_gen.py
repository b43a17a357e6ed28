"""What the objective `gen` asks of data is refused when planning, as far as it is known then."""

import numpy as np
import pytest
from expost.divergences import bandwidth
from planning import planned

MIXTURE = {"target": "mixture", "sample": 500}
AE = "autoencoder 'ae' of study 'ebcae' on data set 'digits'"


def plan(options, config=None, **training):
    return planned(
        {"autoencoders": {"ae": {"objective": "gen", "options": options} | training}}, config
    )


@pytest.mark.parametrize(
    ("options", "training", "said"),
    [
        (
            {},
            {},
            "options.sample 10000: got a kernel density of 10,000 codes, and 997 to take them from",
        ),
        ({"sample": 50}, {"latent": 40}, "50 codes of 40 dimensions .* wanted 1,340 codes or more"),
        (
            {"sample": 30000},
            {"latent": 60},
            "got 997 codes to .* 60 dimensions want 20,006 or more",
        ),
        (MIXTURE, {"latent": 1}, "target 'mixture', .* with latent 1; wanted latent 2"),
        (
            MIXTURE,
            {"latent": 40},
            "options.sample 500 for a mixture of 10 .* wanted 13,400 or more",
        ),
        (MIXTURE | {"sample": 9999}, {}, "options.sample 9,999, and 997 items to train on"),
        (MIXTURE | {"labelled": 9999}, {}, "options.labelled 9,999, and 997 items to train on"),
        (
            MIXTURE | {"labelled": 9, "components": 7},
            {},
            "options.labelled 9 of 10 classes for a mixture of 7 components.*components to 10",
        ),
        ({"radius": 3}, {}, "options.radius 3 with target 'normal', .* set target to mixture"),
        ({"labelled": 3}, {}, "options.labelled 3 with target 'normal'"),
        ({"jsd_form": "log"}, {}, "options.jsd_form 'log'; wanted one of paper, log_ratio"),
        ({"spread": 0} | MIXTURE, {}, "options.spread 0; wanted a number above 0"),
        ({"latent": 3}, {}, "'gen' got unknown option latent"),
    ],
)
def test_what_cannot_be_is_refused(options, training, said):
    with pytest.raises(ValueError, match=f"{said}.*{AE}"):
        plan(options, **training)


def test_held_out_images_are_none_to_take_codes_of():
    n = planned().data_sets["digits"].counts[0]
    plan({"sample": n})
    with pytest.raises(ValueError, match=f"and {n - 400:,} to take them from"):
        plan({"sample": n}, validation=400)


def test_what_suits_is_planned():
    plan(MIXTURE | {"labelled": 200})
    plan(MIXTURE | {"components": 7})
    plan({"sample": bandwidth.fewest_codes(8)}, latent=8)


def test_labels_are_missed_where_a_data_set_has_none(tmp_path):
    images = {f"images_{part}": np.zeros((1000, 1, 16, 16), np.uint8) for part in ("train", "test")}
    np.savez(tmp_path / "mine.npz", **images)
    config = {"on": ["mine"], "data_dir": str(tmp_path)}
    config["datasets"] = {"mine": {"kind": "npz", "path": "mine.npz"}}
    plan(MIXTURE, config)
    with pytest.raises(ValueError, match="labelled 20, and data without labels; leave it out"):
        plan(MIXTURE | {"labelled": 20}, config)
    flags = np.zeros((1000, 3), np.uint8)
    names = {"attribute_names": np.array(["a", "b", "c"])}
    both = {"attributes_train": flags, "attributes_test": flags}
    np.savez(tmp_path / "mine.npz", **images | names | both)
    with pytest.raises(ValueError, match="labelled 20, and data without labels; leave it out"):
        plan(MIXTURE | {"labelled": 20}, config)
