"""Whatever a list, a result or the ledger says, it is read, or refused by name."""

import json

import yaml
from claiming import load_ledger
from damage import NOISE, damaged, edited, stringed
from expost.datasets import celeba_lists
from expost.provenance import integrity, stamp
from fuzzing import cases, survives
from hypothesis import example, given
from planning import STUDIES

ATTRIBUTES = b"2\nBald Eyeglasses\n000001.jpg  1 -1\n000002.jpg -1 -1\n"
PARTITION = b"000001.jpg 0\n000002.jpg 1\n000003.jpg 2\n"


def read_attributes(path):
    names, rows = celeba_lists.read_attributes(path)
    assert all(row.shape == names.shape for row in rows.values())


def read_partition(path):
    assert set(celeba_lists.read_partition(path).values()) <= {0, 1, 2}


@cases(0.05)
@given(damaged(ATTRIBUTES) | damaged(PARTITION) | NOISE)
def test_lists_of_faces(folder, content):
    survives(folder / "list.txt", content, read_attributes)
    survives(folder / "list.txt", content, read_partition)


RECORD = {
    "made_by": {"commit": None, "config": "0" * 64},
    "files": {"a/b.npz": {"sha256": "0" * 64, "bytes": 1, "changed_ns": 1}},
}


def read_record(path):
    found = integrity.load(path.parent)
    integrity.check(path.parent, lambda name, entry: False)
    integrity.differences(path.parent)
    integrity.write(path.parent, {}, lambda name, entry: True)
    assert len(found["files"]) <= 3


@cases(0.05)
@given(
    damaged(json.dumps(RECORD).encode())
    | edited(RECORD).map(lambda change: json.dumps(stringed(change.tree), default=str).encode())
    | NOISE
)
def test_records(folder, content):
    (folder / "results").mkdir(exist_ok=True)
    survives(folder / "results/provenance.json", content, read_record)


ROWS = {"made_by": {}, "rows": [{"space": "pixels", "metric": "emd", "value": 0.5}]}


@cases(0.02)
@given(
    damaged(json.dumps(ROWS).encode())
    | edited(ROWS).map(lambda change: json.dumps(stringed(change.tree), default=str).encode())
)
def test_rows(folder, content):
    survives(folder / "scores.json", content, stamp.rows)


LEDGER = yaml.safe_load((STUDIES / "ebcae/claims.yaml").read_text())[:6]


def dumped(change):
    try:
        return yaml.safe_dump(change.tree).encode()
    except yaml.YAMLError:  # of what YAML does not have
        return yaml.safe_dump(stringed(change.tree) and str(change.tree)).encode("utf-8", "replace")


@cases(0.1)
@given(edited(LEDGER).map(dumped) | damaged(yaml.safe_dump(LEDGER[:2]).encode()) | NOISE)
@example(b"- {id: a, tests: [")
def test_ledgers(folder, content):
    survives(folder / "claims.yaml", content, load_ledger)
