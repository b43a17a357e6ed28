"""The digest of a script's code changes with what the code does, and with nothing else."""

import pytest
from expost.study import code_identity

SCRIPT = """
import json
import numpy as np
from expost import samplers
from expost.io import files
from expost.metrics.scoring import score

sampler = samplers.build(snakemake.params.name)
files.save_npz(score(sampler.sample(np.ones(3))), json)
"""
LIBRARY = {
    "__init__": "",
    "io.__init__": "",
    "io.files": "def save_npz(*arrays, suffix='.npz'):\n    return suffix, arrays\n",
    "samplers.__init__": """
from importlib import import_module
from .base import Sampler

SAMPLERS = {"kde": ("KDE", 1), "vine": ("Vine", 2)}
PREFIX = "."
UNUSED = 3


def build(name):
    return getattr(import_module(PREFIX + name, __name__), SAMPLERS[name][0])()


def __getattr__(name):
    return import_module(name)
""",
    "samplers.base": "class Sampler:\n    pass\n",
    "samplers.kde": """
from .base import Sampler


class KDE(Sampler):
    \"\"\"A density.\"\"\"

    def __init__(self, bandwidth=0.1):
        self.bandwidth = bandwidth

    def sample(self, n):
        from .numerics import kernels
        return kernels.draw(n, self.bandwidth)
""",
    "samplers.vine": "from .base import Sampler\n\n\nclass Vine(Sampler):\n    trees = 3\n",
    "samplers.numerics.__init__": "",
    "samplers.numerics.kernels": "WIDTH = 1.0\n\n\ndef draw(n, h):\n    return n * h * WIDTH\n",
    "features.__init__": "NAMES = ('pixels',)\n",
    "features.pixels": "",
    "metrics.__init__": "METRICS = {'emd': ('pairs',)}\n",
    "metrics.scoring": """
from importlib import import_module
from .. import features
from . import METRICS
from .pairs import sweep


def score(x):
    found = sweep(x), features.NAMES
    return {name: import_module(name)(found) for name in METRICS}
""",
    "metrics.pairs": "def sweep(x):\n    return x\n",
    "metrics.emd": "def emd(pairs):\n    return pairs\n",
}


@pytest.fixture
def digest(tmp_path):
    """Of a library and a script, written to a folder of their own; files are read only once."""
    folders = (tmp_path / str(number) for number in range(100))

    def of(*components, script=SCRIPT, ask=code_identity.digest, **changes):
        folder = next(folders)
        for name, text in (LIBRARY | changes).items():
            if text is not None:
                path = folder.joinpath("expost", *name.split(".")).with_suffix(".py")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
        (folder / "script.py").write_text(script)
        return ask(folder / "script.py", *components, package=folder / "expost")

    return of


def edited(name, old, new):
    """One module with other text."""
    assert old in LIBRARY[name]
    return {name: LIBRARY[name].replace(old, new)}


KDE = ("samplers/kde", "metrics/emd")
WIDER = edited("samplers.numerics.kernels", "1.0", "2.0")
SAME = {
    "a comment": edited("io.files", "    return", "    # what follows\n    return"),
    "formatting": edited(
        "io.files", "(*arrays, suffix='.npz')", '(\n    *arrays, suffix=".npz"\n)'
    ),
    "a docstring of a module": {"io.files": '"""Words."""\n' + LIBRARY["io.files"]},
    "a docstring of a class": edited("samplers.kde", "A density.", "Another text."),
    "no docstring of a class": edited("samplers.kde", '"""A density."""', ""),
    "a docstring of a function": edited("metrics.pairs", "(x):\n", '(x):\n    """Words."""\n'),
    "the order of imports": edited(
        "metrics.scoring",
        "from . import METRICS\nfrom .pairs import sweep",
        "from .pairs import sweep\nfrom . import METRICS",
    ),
    "a moved module": {
        "metrics.pairs": None,
        "metrics.numerics.__init__": "",
        "metrics.numerics.sweep": LIBRARY["metrics.pairs"],
    }
    | edited("metrics.scoring", ".pairs", ".numerics.sweep"),
    "a renamed module behind a name": {
        "samplers.numerics.kernels": None,
        "samplers.numerics.tiles": LIBRARY["samplers.numerics.kernels"],
    }
    | {"samplers.kde": LIBRARY["samplers.kde"].replace("kernels", "tiles")},
    "another sampler": {"samplers.gmm": "class GMM:\n    pass\n"}
    | edited("samplers.__init__", '"vine"', '"gmm": ("GMM", 1), "vine"'),
    "another metric": {"metrics.mmd": "mmd = abs\n"}
    | edited("metrics.__init__", "}", ", 'mmd': ('pairs',)}"),
    "another feature": {"features.net": ""}
    | {"features.__init__": LIBRARY["features.__init__"].replace("(", "('net', ")},
    "the entry of another sampler": edited("samplers.__init__", '("Vine", 2)', '("Vine", 3)'),
    "what an __init__ has and nobody uses": edited("samplers.__init__", "= 3", "= 4"),
    "what only type checkers read": {
        "metrics.pairs": "if TYPE_CHECKING:\n    from ..io import files\n"
        + LIBRARY["metrics.pairs"]
    },
    "another component": edited("samplers.vine", "3", "4"),
    "a new module": {"samplers.new": "import sys\n"},
}


@pytest.mark.parametrize("change", SAME)
def test_what_changes_no_result_changes_no_digest(digest, change):
    assert digest(*KDE, **SAME[change]) == digest(*KDE)


OTHER = {
    "a constant behind an import in a function": edited("samplers.numerics.kernels", "1.0", "2.0"),
    "the type of a constant": edited("samplers.numerics.kernels", "1.0", "1"),
    "a default": edited("samplers.kde", "=0.1", "=0.2"),
    "an operator": edited("samplers.numerics.kernels", "n * h", "n + h"),
    "the component's registry entry": edited("samplers.__init__", '("KDE", 1)', '("KDE", 2)'),
    "what a metric is called with": edited("metrics.__init__", "('pairs',)", "('nearest',)"),
    "a function of an __init__": edited("samplers.__init__", "[0])()", "[1])()"),
    "a constant behind a function of an __init__": edited("samplers.__init__", '= "."', '= ".x"'),
    "a statement of an __init__ that binds nothing": {
        "samplers.__init__": LIBRARY["samplers.__init__"] + "print()\n"
    },
    "which name is imported": edited("metrics.scoring", "import sweep", "import swap as sweep"),
    "which module is imported": {"metrics.others": "def sweep(x):\n    return -x\n"}
    | edited("metrics.scoring", ".pairs", ".others"),
    "another package": edited("metrics.scoring", "import import_module", "import reload"),
    "an annotation": edited("metrics.pairs", "(x)", "(x: int)"),
    "a base class": edited("samplers.base", "    pass", "    size = 1"),
}


@pytest.mark.parametrize("change", OTHER)
def test_what_may_change_a_result_changes_the_digest(digest, change):
    assert digest(*KDE, **OTHER[change]) != digest(*KDE)


def test_a_change_in_the_script_changes_the_digest(digest):
    assert digest(*KDE, script=SCRIPT.replace("ones(3)", "ones(4)")) != digest(*KDE)
    assert digest(*KDE, script=SCRIPT.replace("save_npz", "save_npy")) != digest(*KDE)
    reordered = SCRIPT.replace("import json\nimport numpy as np", "import numpy as np\nimport json")
    assert digest(*KDE, script='"""Words."""' + reordered) == digest(*KDE)


def test_a_module_counts_as_itself_whatever_it_is_called(digest):
    other = SCRIPT.replace("import files", "import files as store").replace(
        "files.save", "store.save"
    )
    dotted = SCRIPT.replace("from expost.io import files", "import expost.io.files").replace(
        "files.save", "expost.io.files.save"
    )
    assert digest(script=SCRIPT) == digest(script=other) == digest(script=dotted)


def test_components_differ_and_have_to_exist(digest):
    assert len({digest(), digest("samplers/kde"), digest("samplers/vine")}) == 3
    with pytest.raises(ValueError, match=r"'samplers/kdee'; wanted a module"):
        digest("samplers/kdee")


def test_a_name_that_a_package_finds_when_asked_is_a_component(digest):
    script = "from expost.samplers import KDE\nKDE()\n"
    assert digest(script=script) != digest(script=script, **WIDER)
    assert digest(script=script) == digest(script=script, **edited("samplers.vine", "3", "4"))


def test_a_re_export_is_followed(digest):
    script = "from expost.io import save_npz\nsave_npz()\n"
    exported = {"io.__init__": "from .files import save_npz\nfrom .files import other\n"}
    assert digest(script=script, **exported) != digest(
        script=script, **exported, **edited("io.files", "suffix, arrays", "arrays")
    )
    renamed = {"io.__init__": "from .files import save_npy as save_npz\nfrom .files import other\n"}
    assert digest(script=script, **exported) != digest(script=script, **renamed)


def test_circular_imports_end(digest):
    circle = edited("samplers.base", "class", "from . import build\nfrom .kde import KDE\nclass")
    assert digest(*KDE, **circle) == digest(*KDE, **circle)
    assert digest(*KDE, **circle, **WIDER) != digest(*KDE, **circle)


def test_modules_behind_a_script_are_named(digest):
    assert digest("samplers/kde", ask=code_identity.modules) == [
        *("features", "io.files", "metrics", "metrics.pairs", "metrics.scoring"),
        *("samplers", "samplers.base", "samplers.kde", "samplers.numerics.kernels"),
    ]
