"""A config is plain values, not too many; on the command line, also none that a shell obeys."""

import string
import subprocess
from contextlib import suppress

import pytest
import yaml
from conftest import ROOT, snakemake
from expost.io import plain_yaml
from expost.study import yaml_safety
from snakemake.common.configfile import load_configfile
from snakemake_interface_executor_plugins.utils import format_cli_arg

LAUGHS = "[&a0 [x]" + "".join(f", &a{i + 1} [{', '.join([f'*a{i}'] * 9)}]" for i in range(6)) + "]"
SELF = "&a [*a]"


def refused(run, *words):
    assert run.returncode != 0, run.stdout
    for word in words:
        assert word in run.stdout, run.stdout


def overlay(folder, text):
    (folder / "overlay.yaml").write_text(text)
    return "--configfile=overlay.yaml"


def test_the_number_of_values_is_bounded():
    yaml_safety.check(
        {"draws": [1] * (yaml_safety.MOST - 2)}
    )  # beside the list and the config itself
    with pytest.raises(ValueError, match="got more than 10000 values up to draws"):
        yaml_safety.check({"draws": [1] * (yaml_safety.MOST - 1)})
    with pytest.raises(ValueError, match=r"10000 values up to samplers\.kde, .*; wanted fewer"):
        yaml_safety.check({"samplers": {"kde": yaml.safe_load(LAUGHS)}})


def test_an_alias_counts_wherever_it_stands():
    rate = {"learning_rate": 1.0, "batch": 2.0}
    yaml_safety.check({"samplers": {"kde": rate}})
    with pytest.raises(ValueError, match=r"got 2\.0 for datasets\.digits\.batch"):
        yaml_safety.check({"samplers": {"kde": rate}, "datasets": {"digits": rate}})


def nested(levels):
    return [nested(levels - 1)] if levels else 1


@pytest.mark.parametrize("text", [SELF, "&a {x: *a}", "&a [{x: [*a]}]"])
def test_the_number_of_levels_is_bounded(text):
    yaml_safety.check({"draws": nested(yaml_safety.DEEPEST - 1)})
    with pytest.raises(ValueError, match="got more than 20 levels at draws, as what holds itself"):
        yaml_safety.check({"draws": nested(yaml_safety.DEEPEST)})
    with pytest.raises(ValueError, match=r"got more than 20 levels at samplers\.kde"):
        yaml_safety.check({"samplers": {"kde": yaml.safe_load(text)}})


def test_what_is_no_value_is_shown_in_short():
    laughs = tuple(yaml.safe_load(LAUGHS))
    with pytest.raises(ValueError, match="for draws, which YAML takes for a tuple") as error:
        yaml_safety.check({"draws": laughs})
    assert len(str(error.value)) < 300


@pytest.mark.parametrize(("value", "words"), [(LAUGHS, "10000 values"), (SELF, "20 levels")])
def test_aliases_without_end_are_refused_before_anything_runs(value, words, project):
    text = f"overrides: {{ebcae: {{samplers: {{kde: {{low: {value}}}}}}}}}"
    run = snakemake(project, overlay(project, text), "-n", "all")
    refused(run, f"got more than {words}", "overrides.ebcae.samplers.kde.low")


def test_a_config_is_code_to_snakemake(tmp_path):
    """Should this fail, Snakemake has changed: CONTRIBUTING.md and the schema warn of it."""
    (tmp_path / "a.yaml").write_text("__use_yte__: true\ndraws: ?6 * 7\n")
    assert load_configfile(str(tmp_path / "a.yaml")) == {"draws": 42}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("on: [a]", {"on": ["a"]}),
        ("x: [{on: {on: 1}}]", {"x": [{"on": {"on": 1}}]}),
        ("'on': 1", {"on": 1}),
        ("{on: 1, 'on': 2}", {"on": 2}),
        ("{'on': 2, on: 1}", {"on": 2}),
        ("x: on", {"x": True}),  # a value is what YAML takes it for
    ],
)
def test_an_unquoted_key_on_is_text(text, read):
    part = yaml.safe_load(text)
    yaml_safety.check(part)
    assert yaml_safety.read_on(part) == read


@pytest.mark.parametrize("key", [False, 1, None, 1.5])
def test_other_keys_that_are_no_text_are_refused(key):
    with pytest.raises(ValueError, match=f"got the key {key} in samplers; wanted text"):
        yaml_safety.check({"samplers": {key: 1}})


def test_data_sets_are_chosen_without_quotes_or_on_the_command_line(project):
    text = "on: [mine]\ndatasets: {mine: {kind: digits, size: 16, test: 850}}"
    run = snakemake(project, overlay(project, text), "-n", "tsne")
    assert "results/figures/tsne/mine.png" in run.stdout
    run = snakemake(project, overlay(project, text), "-n", "tsne", "--config", "on=[digits]")
    assert "results/figures/tsne/digits.png" in run.stdout
    assert "results/figures/tsne/mine.png" not in run.stdout


def through_shells(argument):
    """What comes out of the two shells that read it when a job is sent to SLURM."""
    job = f"printf %s {format_cli_arg('', [argument])}".replace('"', '\\"')
    submitted = subprocess.run(f'printf %s "{job}"', shell=True, capture_output=True, text=True)
    return subprocess.run(submitted.stdout, shell=True, capture_output=True, text=True).stdout


ODD = "\"'`$\\\t\r\n\v\f\x1b\u200b"
EVEN = sorted(set(string.punctuation + " é") - set(ODD))


@pytest.mark.parametrize("character", EVEN)
def test_arguments_come_through_a_shell_as_they_are(character):
    argument = f"data_dir=a{character}(b){character}c"
    yaml_safety.check_arguments([argument])
    assert through_shells(argument) == argument


@pytest.mark.parametrize("character", ODD, ids=ascii)
def test_arguments_that_would_not_are_refused(character):
    argument = f"data_dir=a{character}(b){character}c"
    with pytest.raises(ValueError, match="which a shell .* by --configfile") as error:
        yaml_safety.check_arguments(["draws=10", argument])
    assert f"got {character!r} in --config {argument!r}" in str(error.value)


def test_a_command_line_with_code_for_a_shell_is_refused(project):
    run = snakemake(project, "-n", "all", "--config", "data_dir=/data/$(echo x)")
    refused(run, "got '$' in --config 'data_dir=/data/$(echo x)'", "--configfile")
    (project / "my data").mkdir()
    run = snakemake(project, "-n", "sample_grid", "--config", "data_dir=my data")
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_numbers_are_finite(value):
    with pytest.raises(ValueError, match="for draws; wanted a number that is finite"):
        yaml_safety.check({"draws": value})


def test_a_key_stands_in_a_mapping_once():
    assert plain_yaml.load("a: {b: 1}\nc: {b: 2}") == {"a": {"b": 1}, "c": {"b": 2}}
    with pytest.raises(ValueError, match="got b twice in the mapping of line 2"):
        plain_yaml.load("a:\n  b: 1\n  b: 2\n")


def test_the_fast_reader_reads_what_the_other_does_and_does_not_crash():
    for path in (ROOT / "workflow/studies").glob("*/*.yaml"):
        assert plain_yaml.read_shallow(path.read_text()) == plain_yaml.load(path.read_text()), path
    for begin in "[", "{a: ", "- ", "? ":
        for times in (plain_yaml.SHALLOW - 1, 200_000):
            with suppress(ValueError, RecursionError):
                plain_yaml.read_shallow(begin * times)


def test_numbers_are_what_is_written():
    text = "[10, 1_000, 0, 00, -3, 0x10, 0.5, 1.0e-4, '0200', '12:30', 08]"
    assert plain_yaml.load(text) == [10, 1000, 0, 0, -3, 16, 0.5, 1e-4, "0200", "12:30", "08"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 010", "line 1, column 4: got 010, which YAML reads as 8; .* 10 if that is"),
        ("a: -0_20", "got -0_20, which YAML reads as -16; .* -20 if that is"),
        ("a: [1, 12:30]", "column 8: got 12:30, which YAML reads as 750; .*quotes around a text"),
        ("a: 1:30.5", "got 1:30.5, which YAML reads as 90.5"),
        ("a: 1\nb: [1\n", "line 3, column 1: expected ',' or ']'"),
        ("a:\n\t- b\n", r"line 2, column 1: found character '\\t' .*indent by spaces, not by tabs"),
        ("a: 1\nb: c: d\n", "line 2, column 5: mapping values are not allowed here"),
        ("a: 1\nb: 2\na: 3\n", "got a twice in the mapping of line 1, again in line 3"),
        ("a: &x 1\nb: *y\n", "line 2, column 4: found undefined alias"),
        ("a: !!python/name:os.system\n", "line 1, column 4: could not determine a constructor"),
        ("a: \0", "special characters are not allowed"),
    ],
)
def test_broken_yaml_says_where(text, said, tmp_path):
    """Of configs, studies and claims alike; the file is named by who reads it."""
    from expost.papers.claims import entries

    with pytest.raises(ValueError, match=said):
        plain_yaml.load(text)
    path = tmp_path / "claims.yaml"
    path.write_text(text)
    with pytest.raises(ValueError, match=f"claims.yaml .*{said}"):
        entries.read(path)
    with pytest.raises(ValueError, match=f"claims.yaml is no YAML: .*{said}"):
        plain_yaml.check_config(path)
