"""Plans of the shipped config with single keys of it, or of its study, changed."""

import copy

import yaml
from conftest import ROOT
from expost import kinds
from expost.study import definitions, overlays, yaml_safety
from expost.study.plan import Plan
from jsonschema import Draft202012Validator

STUDIES = ROOT / "workflow/studies"
CONFIG = yaml.safe_load((ROOT / "config.yaml").read_text())
CONFIG["on"] = CONFIG.pop(True)  # as YAML 1.1 reads the key `on`
CONFIG["studies"] = ["ebcae"]
VECTORS = {"kind": "vectors", "path": "codes.npz"}


def schema(name):
    """One of the two, as a mapping."""
    return yaml.safe_load((ROOT / f"workflow/schemas/{name}.schema.yaml").read_text())


VALIDATOR = Draft202012Validator(schema("study"))


def validate(study):
    for error in VALIDATOR.iter_errors(study):
        raise ValueError(error.message)


def planned(overrides=None, config=None, folder=STUDIES, wanted=("",)):
    """The plan of some targets, with changes of the study `ebcae` and of the config."""
    whole = overlays.merged(copy.deepcopy(CONFIG), config or {})
    if overrides:
        whole["overrides"] = {"ebcae": overrides}
    yaml_safety.check(whole)
    return Plan(whole, kinds.every(), folder, validate, wanted)


def write_study(folder, name, **changes):
    """The shipped study with keys replaced, under a name in a folder of studies."""
    (folder / name).mkdir()
    study = definitions.read(STUDIES, "ebcae") | changes
    (folder / name / "study.yaml").write_text(yaml.safe_dump(study))


def figure(name, **keys):
    """A change of one figure."""
    return {"figures": {name: keys}}


def one_figure(name, **keys):
    """The figure of a plan in which it has these keys."""
    return planned(figure(name, **keys)).figures[name]
