"""From one draw to another: what is decoded, what is shown, and what is refused."""

import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from conftest import ROOT
from expost.io import files
from expost.kinds import between_draws
from planning import planned

FIGURE = {"kind": "between_draws", "title": "T.", "methods": ["vae/prior"], "seeds": "first"}


def plan(**figure):
    config = {"studies": ["gens"], "overrides": {"gens": {"figures": {"f": FIGURE | figure}}}}
    return planned(config=config, wanted=["f"])


def test_its_runs_are_methods_and_a_line_the_default():
    figure = plan().figures["f"]
    assert [(run.autoencoder, run.sampler) for run in figure.runs] == [("gens.vae", "prior")]
    assert figure.options == {"pairs": 5, "steps": 10, "path": "linear"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"methods": ["vae/copy"]}, "got the sampler 'copy' .*draws no codes of its own"),
        ({"pairs": 201}, "got pairs 201 .*; each of 400 draws is in one pair: at most 200"),
        ({"steps": 1}, "got steps 1 .*; wanted at least 2"),
        ({"path": "bent"}, "got path 'bent' .*; wanted one of linear, spherical"),
    ],
)
def test_what_has_no_ways_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        plan(**change)


def test_a_row_is_a_pair_and_a_block_a_method(tmp_path):
    ways = []
    for i in range(2):
        decoded = np.full((3, 4, 1, 8, 8), 50 * i, np.uint8)  # (pairs, steps, c, h, w)
        files.save_npz(tmp_path / f"{i}.npz", decoded=decoded)
        ways.append(str(tmp_path / f"{i}.npz"))
    runs = [("d", "ae", name, 1, 10, 0) for name in ("gmm", "prior")]
    figure = between_draws.draw({"draw_ways": ways}, {"runs": runs, "steps": 4})
    labels = [text.get_text() for text in figure.texts]
    assert len(labels) == 6
    assert [label[-1] for label in labels] == ["1", "2", "3"] * 2
    assert len({label[:-1] for label in labels}) == 2


JOB = """
import sys
sys.path.insert(0, {workflow!r})
import numpy as np
from expost.training import encode_decode
encode_decode.network = lambda part, *rest: part
encode_decode.decode = lambda decoder, codes: np.asarray(codes)[:, :, None, None]
from types import SimpleNamespace as Names
snakemake = Names(
    log=[{log!r}],
    input=Names(draws={draws!r}, decoder="", checkpoint=""),
    output=Names(ways={ways!r}),
    params=Names(threads=1, device="cpu", options=dict(pairs=2, steps=3, path="linear")),
)
exec(open({script!r}).read())
"""


def test_the_first_draws_are_the_ends_of_ways_two_by_two(tmp_path):
    codes = np.arange(14, dtype=np.float32).reshape(7, 2) ** 2
    files.save_npz(tmp_path / "draws.npz", codes=codes)
    names = SimpleNamespace(**{n: str(tmp_path / f"{n}.npz") for n in ("draws", "ways")})
    script = ROOT / "workflow/scripts/interpolate_draws.py"
    about = {
        "workflow": str(ROOT / "workflow"),
        "log": str(tmp_path / "log"),
        "script": str(script),
    }
    run = subprocess.run(
        [sys.executable, "-c", JOB.format(**about, **vars(names))], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr + (tmp_path / "log").read_text()
    decoded = files.load_npz(names.ways)["decoded"][..., 0, 0]  # (pairs, steps, d)
    assert decoded.shape == (2, 3, 2)
    assert np.array_equal(decoded[:, 0], codes[[0, 2]])
    assert np.array_equal(decoded[:, 2], codes[[1, 3]])
    assert np.allclose(decoded[:, 1], (codes[[0, 2]] + codes[[1, 3]]) / 2)
