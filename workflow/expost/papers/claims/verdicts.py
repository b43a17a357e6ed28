"""Claims and scores to verdicts with their evidence."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from ...io.escaping import in_rst
from .identity import Identity
from .ledger import Claim
from .predicates import FAILS, HOLDS, Test
from .rows import Rows
from .scores import Scores, Untestable

SUPPORTED, NOT_SUPPORTED, NOT_TESTED = "supported", "not supported", "not tested here"
CONTRADICTED, OPEN = "contradicted", "undecided"  # the two ways of not being supported


def judge(
    claims: list[Claim],
    tables: dict[str, pd.DataFrame],
    size: int,
    same: dict[str, dict[str, Identity]] | None = None,
    doubts: dict[str, dict[str, str]] | None = None,
) -> pd.DataFrame:
    """Every comparison of every claim on every data set, with the claim's verdict.

    A claim is supported on a data set if in each of its tests the share of comparisons that hold
    is as large as the test asks; undecided ones do not hold. It is not tested where anything it
    needs was not scored, or was with one seed only; where anything would be compared with itself,
    or at fewer places than the claim speaks of; or where it rests on a space that says nothing.
    Features that know attributes and no classes lack the measures that want class probabilities:
    such a test goes by its others.

    Args:
        claims: see `ledger.load`.
        tables: tidy scores of each figure of the study that is drawn, or its `Rows`.
        size: codes that the paper's samplers were fitted to; see `Scores`.
        same: data set -> method -> what it is; see `Scores`.
        doubts: data set -> space -> why its scores say nothing.

    Returns:
        The columns id, section, claim, dataset ("" where none was scored), verdict, reason (why
        it is not tested; of what is not supported, whether it is "contradicted", or "undecided" as
        the undecided comparisons could still bear it out), test, share, left_out (measures that
        the features cannot have, after commas), and those of `Test.comparisons`; a row a
        comparison, one without any for a claim that is not tested.
    """
    rows, same, doubts = [], same or {}, doubts or {}
    for claim in claims:
        said = {"id": claim.id, "section": claim.section, "claim": claim.claim}
        for dataset, table in _datasets(claim, tables):
            known = size, same.get(dataset), doubts.get(dataset)
            verdict, reason, comparisons = _judge(claim, table, *known)
            if claim.datasets and dataset not in claim.datasets:
                where = ", ".join(claim.datasets)
                verdict, reason, comparisons = NOT_TESTED, f"the claim is about {where}", []
            head = said | {"dataset": dataset, "verdict": verdict, "reason": reason}
            rows += [head | row for row in comparisons or [{}]]
    return pd.DataFrame(rows)


def read(path: str | Path) -> pd.DataFrame:
    """What `judge` gave, from the csv file of a table of claims."""
    text = dict.fromkeys(("id", "section", "claim", "dataset", "verdict", "reason"), str)
    return pd.read_csv(path, dtype=text, keep_default_na=False)


def count(judged: pd.DataFrame) -> pd.DataFrame:
    """How many claims came out how, a row a data set; what no data set tests counts in each.

    Args:
        judged: what `judge` gives.
    """
    judged = judged.drop_duplicates(["id", "dataset"])
    how = _ways(judged)
    words = (SUPPORTED, *(f"{NOT_SUPPORTED}: {way}" for way in (CONTRADICTED, OPEN)), NOT_TESTED)
    rows = []
    for dataset in [name for name in judged["dataset"].unique() if name] or [""]:
        counts = how[judged["dataset"].isin([dataset, ""])].value_counts()
        rows.append({"data set": dataset} | {word: int(counts.get(word, 0)) for word in words})
    return pd.DataFrame(rows)


def overview(judged: pd.DataFrame) -> pd.DataFrame:
    """Each claim with its verdict, a row a claim and data set, in reStructuredText for the report.

    Args:
        judged: what `judge` gives.
    """
    judged = judged.drop_duplicates(["id", "dataset"])
    parts = {"data set": judged["dataset"], "verdict": _ways(judged), "claim": judged["claim"]}
    return pd.DataFrame({title: texts.map(in_rst) for title, texts in parts.items()})


def _ways(judged: pd.DataFrame) -> pd.Series:
    """The verdicts, with the way in which what is not supported is not."""
    which = NOT_SUPPORTED + ": " + judged["reason"]
    return judged["verdict"].where(judged["verdict"] != NOT_SUPPORTED, which)


def _datasets(claim: Claim, tables: dict) -> list[tuple[str, pd.DataFrame | None]]:
    """The data sets that a claim's figure has scores of, or one without a name or a table."""
    table = tables.get(claim.figure)
    return [("", None)] if table is None else list(table.groupby("dataset", sort=False))


def _judge(claim: Claim, table: pd.DataFrame | None, *known) -> tuple[str, str, list[dict]]:
    if claim.untested:
        return NOT_TESTED, claim.untested, []
    if table is None:
        return NOT_TESTED, f"there is no figure {claim.figure} in this run", []
    rows, supported, possible = [], True, True
    of_methods = {"space", "sampler"} <= set(table.columns)
    scores = Scores(table, *known) if of_methods else Rows(table)
    try:
        for number, test in enumerate(claim.tests, start=1):
            left_out = [measure for measure in test.by if measure in scores.impossible]
            by = [measure for measure in test.by if measure not in scores.impossible]
            compared = _compared(replace(test, by=by or test.by), scores)
            outcomes = [row["outcome"] for row in compared]
            supported &= outcomes.count(HOLDS) >= test.share * len(compared)
            possible &= len(compared) - outcomes.count(FAILS) >= test.share * len(compared)
            head = {"test": number, "share": test.share, "left_out": ", ".join(left_out)}
            rows += [head | row for row in compared]
    except Untestable as reason:
        return NOT_TESTED, str(reason), []
    if supported:
        return SUPPORTED, "", rows
    return NOT_SUPPORTED, OPEN if possible else CONTRADICTED, rows


def _compared(test: Test, scores: Scores) -> list[dict]:
    """The comparisons of a test, of which there is one, and each over two seeds or more."""
    if not (found := test.comparisons(scores)):
        raise Untestable("a test names nothing to compare")
    if all(row["seeds"] == 1 for row in found):
        raise Untestable("one seed, and so no interval")
    if alone := [row for row in found if row["seeds"] == 1]:
        which = " and ".join(dict.fromkeys(alone[0][k] for k in ("left", "right") if k in alone[0]))
        raise Untestable(f"one seed of {which}, and so no interval")
    return found
