"""What is known of feature spaces before any network is there: titles, weights, which is shown."""

import subprocess
import sys

import pytest
from expost import features
from expost.features.inception import WEIGHTS as INCEPTION
from expost.features.resnet34 import WEIGHTS as RESNET34


@pytest.mark.parametrize(
    ("spaces", "shown"),
    [
        (["pixels", "classifier", "resnet34", "codes"], "resnet34"),
        (["pixels", "classifier", "inception", "codes"], "inception"),
        (["classifier", "resnet34", "inception"], "resnet34"),
        (["classifier", "inception", "resnet34"], "inception"),
        (["classifier_bfloat16", "resnet34_bfloat16"], "resnet34_bfloat16"),
        (["codes", "pixels", "mine", "classifier"], "mine"),
        (["pixels", "codes", "time"], None),
    ],
)
def test_the_space_shown_is_the_first_of_a_published_network_else_the_first(spaces, shown):
    assert features.shown(spaces) == shown


def test_spaces_stand_as_they_are_listed_between_pixels_and_codes():
    rows = ["pixels", "classifier", "resnet34", "inception_bfloat16", "codes"]
    listed = ["inception", "classifier", "resnet34"]
    assert sorted(rows, key=lambda space: features.place(space, listed)) == [
        *("pixels", "inception_bfloat16", "classifier", "resnet34", "codes")
    ]


def test_titles_and_weights_are_known_without_torch():
    program = """if True:
        import sys
        from expost import features
        print([features.title(space) for space in (*features.FEATURES, "mine")])
        print([getattr(features.weights(space), "name", None) for space in features.FEATURES])
        assert "torch" not in sys.modules
    """
    path = {"PYTHONPATH": features.__path__[0].rpartition("/expost/")[0]}
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=path)
    assert run.stdout.splitlines() == [
        "['pixels', 'classifier features', 'ResNet-34 features', 'Inception features', 'mine']",
        f"[None, None, '{RESNET34.name}', '{INCEPTION.name}']",
    ], run.stderr
