"""Figures that want every sampler on every autoencoder are refused where some lack."""

import pytest
from planning import planned


def of_methods(*names, **keys):
    entry = {"kind": "two_way", "title": "T.", "methods": [*names, "ae/copy", "ae/held_out"]}
    return {"figures": {"both": entry | keys}}


FOUR = ("ae/gmm", "ae/kde", "vae/gmm", "vae/kde")


@pytest.mark.parametrize(
    ("names", "keys", "message"),
    [
        (
            FOUR[:3],
            {},
            "got no vae/kde in figure 'both' of study 'ebcae'; .*each sampler, controls",
        ),
        ((*FOUR, "ae/vine"), {}, "got no vae/vine in"),
        (FOUR[:2], {}, "got the autoencoders ae in figure 'both'.*wants two or more"),
        (("ae/gmm", "vae/gmm"), {}, "got the samplers gmm in figure 'both'"),
        (("ae/prior", "vae/prior"), {}, "got the autoencoders none in"),
        (FOUR, {"knobs": {"ae/kde": {"bandwidth": [2.0]}}}, "got no vae/kde-bandwidth-2.0 in"),
        (FOUR, {"epochs": "all"}, "got epoch 5, 15, 40 in figure 'both'.*wants one"),
        (FOUR, {"panels": {"codes": ["c_t"]}}, "got panels in codes in .*units differ"),
        (FOUR, {"panels": {"features": ["fid"]}}, r"got panels \['fid'\] of features"),
    ],
)
def test_methods_that_make_no_two_way_table_are_refused_when_planning(names, keys, message):
    with pytest.raises(ValueError, match=message):
        planned(of_methods(*names, **keys))


def test_controls_need_not_be_on_every_autoencoder():
    figure = planned(of_methods(*FOUR, "vae/prior", "ae/reconstruction")).figures["both"]
    assert len(figure.runs) == 8 * 3
