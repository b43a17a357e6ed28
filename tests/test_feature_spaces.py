"""What is known of feature spaces before any network is there: titles, weights, which is shown."""

import subprocess
import sys

from expost import features
from expost.features.resnet34 import WEIGHTS as RESNET34


def test_the_space_shown_is_the_papers_where_scored_else_the_first():
    assert features.shown(["pixels", "classifier", "resnet34", "codes"]) == "resnet34"
    assert features.shown(["codes", "pixels", "resnet34_bfloat16", "classifier"]) == (
        "resnet34_bfloat16"
    )
    assert features.shown(["pixels", "codes", "time"]) is None


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
        "['pixels', 'classifier features', 'ResNet-34 features', 'mine']",
        f"[None, None, '{RESNET34.name}']",
    ], run.stderr
