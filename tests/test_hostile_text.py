"""YAML and JSON that go too deep, grow too large or say odd things are refused by name."""

import json

import pytest
import yaml
from claiming import load_ledger as load
from expost.io import files
from expost.provenance import integrity, stamp
from hostile import DEEP, refused

LAUGHS = "- &a0 [ha]\n" + "".join(f"- &a{i + 1} [{', '.join([f'*a{i}'] * 9)}]\n" for i in range(9))
MERGES = "- &a0 {x: y}\n" + "".join(
    f"- &a{i + 1} {{<<: [{', '.join([f'*a{i}'] * 9)}]}}\n" for i in range(9)
)


@pytest.mark.parametrize(
    "text",
    [
        *("", "a", "1", "{}", "- a", "- {id: a}", "- {id: [a]}", "- {[a]: b}", "- {1: a}"),
        *("[" * 100_000, "{a: " * 100_000, "\0", "- 2020-13-45", "*a", "&a [*a]", "\x1b[2J"),
        *(LAUGHS, MERGES),
        "- {id: a, section: '1', claim: b, figure: scores, tests: [c]}",
        "- {id: a, section: '1', claim: b, figure: [d], tests: [{kind: less}]}",
        "- {id: a, section: '1', claim: b, figure: scores, tests: [{kind: [less]}]}",
        "- {id: a, section: 1, claim: b, untested: c}",
        "- {id: a, section: '1', claim: b, untested: {}, datasets: 3}",
    ],
    ids=lambda text: ascii(text[:40]),
)
def test_odd_yaml_is_refused(text, tmp_path):
    (tmp_path / "claims.yaml").write_text(text)
    with pytest.raises(ValueError, match=r"claims\.yaml") as error:
        load(tmp_path / "claims.yaml")
    assert len(str(error.value)) < 1000


def test_odd_values_of_a_test_are_refused(tmp_path):
    good = {"kind": "less", "by": ["features/emd"], "left": ["ae/kde"]}
    claim = {"id": "a", "section": "3", "claim": "So.", "figure": "scores"}
    path = tmp_path / "claims.yaml"
    for key, value in (
        *(("by", "features/emd"), ("by", [1]), ("left", [["ae/kde"]]), ("left_at", ["epoch"])),
        *(("left_at", {"epoch": [1]}), ("share", "all"), ("share", True)),
    ):
        path.write_text(yaml.safe_dump([claim | {"tests": [good | {key: value}]}]))
        refused(path, load, "claim 'a', test 1: got")
    path.write_text(yaml.safe_dump([claim | {"tests": [good]}]))
    assert load(path)


DIGEST = "0" * 64


@pytest.mark.parametrize("text", [DEEP, '{"a": ' * 100_000, "{", "\0", "[" + "9" * 5000 + "]"])
def test_odd_json_is_refused(text, tmp_path):
    path = tmp_path / "provenance.json"
    path.write_text(text)
    refused(path, files.load_json)
    refused(path, stamp.rows)
    refused(path, lambda path: integrity.load(path.parent), "delete it")


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b"])
def test_a_record_of_files_elsewhere_is_refused(name, tmp_path):
    content = {"made_by": {"commit": None}, "files": {name: {"sha256": DIGEST}}}
    (tmp_path / "provenance.json").write_text(json.dumps(content))
    read = {"before": files.sha256}
    refused(tmp_path / "provenance.json", lambda path: integrity.load(path.parent), "outside")
    assert read["before"] is files.sha256


@pytest.mark.parametrize(
    "rows", [None, {}, "text", [1], [{"value": None}], [{"value": [1]}], [{"value": {}}]]
)
def test_results_with_other_rows_are_refused(rows, tmp_path):
    (tmp_path / "scores.json").write_text(json.dumps({"rows": rows}))
    refused(tmp_path / "scores.json", stamp.rows, "no rows of text and numbers")
    (tmp_path / "scores.json").write_text(json.dumps(rows))
    refused(tmp_path / "scores.json", stamp.rows)
