"""Whatever a config says, it is accepted, or refused by name: nothing else ever happens."""

import datetime

import pytest
import snakemake.utils
import yaml
from conftest import ROOT
from damage import edited
from expost import kinds
from expost.study import config_checks, definitions, overlays, schemas, yaml_safety
from expost.study.plan import Plan
from fuzzing import cases
from hypothesis import given
from hypothesis import strategies as st
from planning import CONFIG, STUDIES

KINDS = kinds.every()
SCHEMAS = ROOT / "workflow/schemas"
STUDY = ["overrides", "ebcae"]


def yaml_copy(tree):
    """A copy of mappings and lists."""
    if isinstance(tree, dict):
        return {key: yaml_copy(part) for key, part in tree.items()}
    return [yaml_copy(part) for part in tree] if isinstance(tree, list) else tree


def overlaid(name):
    """config.yaml with a preset on top, as Snakemake makes it; it overrides all of its study."""
    config = yaml_copy(CONFIG)
    if name:
        preset = yaml_safety.read_on(yaml.safe_load((ROOT / name).read_text()))
        snakemake.utils.update_config(config, preset)
    own = definitions.read(STUDIES, "ebcae")
    study = overlays.merged(own, config["overrides"].get("ebcae", {}))
    return config | {"overrides": {"ebcae": study}}


CONFIGS = [overlaid(name) for name in ("", "tests/smoke.yaml", "workflow/presets/paper.yaml")]


def check(config):
    """What rules/common.smk does with a config."""
    yaml_safety.check(config)
    config = yaml_safety.read_on(config)
    schemas.check(config, SCHEMAS, "config")
    config_checks.check_data_dir(config["data_dir"])
    return Plan(config, KINDS, STUDIES, lambda study: schemas.check(study, SCHEMAS, "study"))


@pytest.mark.parametrize("config", CONFIGS, ids=["default", "smoke", "paper"])
def test_the_configs_that_are_damaged_are_good(config):
    assert check(yaml_copy(config)).figures


def words(value):
    """What a message may call a key or a value."""
    read = {"on"} if value is True else set()  # as a key, see yaml_safety
    return read | {str(value)[:20], repr(value).strip("'")[:20]}


@cases(0.1)
@given(st.sampled_from(range(len(CONFIGS))).flatmap(lambda i: edited(CONFIGS[i])))
def test_a_config_is_accepted_or_refused_by_name(change):
    message = None
    try:
        check(change.tree)
    except ValueError as error:
        message = str(error)
        assert len(message) < 20_000  # without all of the schema and the config
    touched = [part for part in change.touched if isinstance(part, str | int | None)]
    touched = [part for part in touched if part != "ebcae"] or touched  # which many messages say
    assert message is None or any(word in message for part in touched for word in words(part))


@pytest.mark.parametrize(
    ("keys", "value", "word"),
    [
        (["datasets", "digits"], [1], r"\[1\] is not of type 'object'"),
        (["datasets", "digits", "classifier"], None, "None is not of type 'object'"),
        ([*STUDY, "figures", "scores"], "x", "'x' is not of type 'object'"),
        (["datasets", "di/gits"], {"kind": "digits"}, "'di/gits' does not match"),
        (["datasets", "digits\n"], {"kind": "digits"}, "does not match"),
        (["datasets", "digits_"], {"kind": "digits"}, "'digits_' does not match"),
        (["datasets", 1], {"kind": "digits"}, "got the key 1 in datasets; wanted text"),
        ([*STUDY, "samplers", 1], {}, r"got the key 1 in overrides\.ebcae\.samplers"),
        (["datasets", "digits", "kind"], "../npz", "unknown kind of data set '../npz'"),
        ([*STUDY, "samplers", "kde", "name"], "gmm", "sampler 'kde' has no option 'name'"),
        ([*STUDY, "training", "epochs"], [0], "0 is less than the minimum"),
        ([*STUDY, "samplers", "smooth"], {"sampler": ["kde"]}, r"\['kde'\] is not of type"),
        ([*STUDY, "samplers", "kde", "low"], datetime.date(2020, 1, 1), r"kde\.low.* a date"),
        ([*STUDY, "draws"], 400.0, r"400\.0 for overrides\.ebcae\.draws; write whole numbers"),
        ([*STUDY, "figures", "scores", "epochs"], [40.0], r"got 40\.0 for .*\.scores\.epochs"),
        ([*STUDY, "figures", "scores", "knobs"], {"ae/kde": {"low": ["1\n"]}}, "does not match"),
        (["data_dir"], "a" * 5000, "got data_dir 'aaa"),
        (["data_dir"], "a\0b", "got data_dir 'a.*which is no folder"),
    ],
)
def test_what_fuzzing_found_in_configs_is_refused(keys, value, word):
    config = yaml_copy(CONFIGS[0])
    part = config
    for key in keys[:-1]:
        part = part[key]
    part[keys[-1]] = value
    with pytest.raises(ValueError, match=word):
        check(config)
