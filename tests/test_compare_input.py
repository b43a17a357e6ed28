"""What may be handed to a comparison: refused with what to do, or compared with a note."""

import expost
import numpy as np
import pandas as pd
import pytest
from expost import Comparison, samplers
from expost.comparing import codes_given, parts, suited
from expost.runtime import extras

CODES = np.random.default_rng(0).normal(size=(200, 3)).cumsum(axis=1)
OTHERS = np.random.default_rng(1).normal(size=(50, 3)).cumsum(axis=1)
KINDS = [n for n in samplers.names() if n not in (*samplers.CONTROLS, *suited.OF_TRAININGS)]


def compare(*given, **options):
    usual = {"samplers": ["gaussian"], "seeds": 2, "progress": False, "processes": 1}
    return expost.compare(*given, **(usual | options))


def changed(where, value, codes=CODES):
    codes = codes.copy()
    codes[where] = value
    return codes


def emd(found):
    return found.frame.query("metric == 'emd'")


FRAME = pd.DataFrame(CODES, columns=["a", "b", "c"])
REFUSED = {
    "NaN": ([changed((3, 1), np.nan)], {}, ValueError, "1 of 600 values of codes are not finite"),
    "infinite": ([changed((3, 1), -np.inf)], {}, ValueError, "in the columns 1; leave these rows"),
    "NaN in test": ([CODES, changed((3, 1), np.nan, OTHERS)], {}, ValueError, "values of test"),
    "missing": ([FRAME.where(FRAME > -2)], {}, ValueError, r"missing \(NA or NaN\).*\.dropna\(\)"),
    "constant": ([changed((slice(None), 1), 2)], {}, ValueError, r"columns.*constant \(1\)"),
    "constant, named": ([FRAME.assign(b=2.0)], {}, ValueError, r"columns.*constant \(b\)"),
    "infinite, named": ([FRAME.assign(b=np.inf)], {}, ValueError, "in the columns b; leave these"),
    "objects": ([FRAME.assign(d="x")], {}, TypeError, "got the columns 'd'"),
    "text": ([CODES.astype(str)], {}, TypeError, r"convert them by .astype\(float\)"),
    "an index": ([FRAME.reset_index()], {}, ValueError, "column 'index' of codes counts the rows"),
    "from 1": ([np.c_[1:201, CODES]], {}, ValueError, "column 0 of codes counts the rows"),
    "few": ([CODES[:47]], {}, ValueError, "got 47 codes; wanted at least 48"),
    "few in test": ([CODES, OTHERS[:11]], {}, ValueError, "got 11 test codes; wanted at least 12"),
    "none": ([CODES[:0]], {}, ValueError, "got 0 codes"),
    "one column": ([CODES[:, 0]], {}, ValueError, r"got \(200,\).* is codes\[:, None\]"),
    "maps": ([CODES.reshape(200, 3, 1, 1)], {}, ValueError, r"codes.reshape\(len\(codes\), -1\)"),
    "other d": ([CODES, OTHERS[:, :2]], {}, ValueError, "test has 2 columns, codes have 3"),
    "other names": (
        [FRAME, FRAME[["b", "a", "c"]]],
        {},
        ValueError,
        "columns b, a, c, codes have a",
    ),
    "all in test": ([CODES, CODES[:50]], {}, ValueError, "all test codes are among the codes"),
    "repeated": ([np.repeat(CODES[:50], 8, axis=0)], {}, ValueError, "take each once"),
    "misspelt": ([CODES], {"samplers": ["guassian"]}, ValueError, "did you mean 'gaussian'"),
    "a control": ([CODES], {"samplers": ["copy"]}, ValueError, "'copy' stands in every"),
    "no samplers": ([CODES], {"samplers": []}, ValueError, "got no samplers"),
    "a class": ([CODES], {"samplers": [expost.GMM]}, TypeError, "with its brackets"),
    "no sampler": ([CODES], {"samplers": {"a": 3}}, TypeError, "got 3 for a sampler"),
    "a number": ([CODES], {"samplers": 3}, TypeError, "got 3 for a sampler; wanted a name"),
    "a file": (["my.npy"], {}, TypeError, r"got the path 'my\.npy'; read it by numpy\.load"),
    "a test file": ([CODES, "my.npy"], {}, TypeError, "test must be an array, got the path"),
    "twice": ([CODES], {"samplers": ["kde", expost.KDE(1)]}, ValueError, "two samplers called"),
    "a path": ([CODES], {"samplers": {"../a": "kde"}}, ValueError, r"name '\.\./a'"),
    "seeds": ([CODES], {"seeds": 0}, ValueError, "got seeds 0"),
    "seed twice": ([CODES], {"seeds": [1, 1]}, ValueError, r"got seeds \[1, 1\]"),
    "size": ([CODES], {"size": 151}, ValueError, "wanted 2 to 150"),
    "draws": ([CODES], {"draws": 26}, ValueError, "wanted 6 to 25"),
    "processes": ([CODES], {"processes": 0}, ValueError, "got processes 0"),
}


@pytest.mark.parametrize(("given", "options", "kind", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_compared_is_refused_before_anything_is(given, options, kind, message):
    with pytest.raises(kind, match=message):
        compare(*given, **options)


def test_too_much_for_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr("expost.io.memory.available", lambda: 2**16)
    with pytest.raises(ValueError, match="comparing samplers of 150 codes a fit would take"):
        compare(CODES)


@pytest.mark.parametrize(
    "kind",
    [pd.DataFrame, np.ndarray.tolist, lambda codes: np.asarray(codes, order="F"), list],
    ids=["frame", "lists", "Fortran", "rows"],
)
def test_the_same_numbers_give_the_same_scores(kind):
    assert emd(compare(kind(CODES))).equals(emd(compare(CODES)))


def test_whole_numbers_are_codes_and_said_to_be_such():
    found = compare((CODES * 40).astype(int))
    assert [note for note in found.notes if "whole numbers" in note]
    floats = compare((CODES * 40).astype(int).astype(float))
    assert emd(found).equals(emd(floats))


def test_truth_values_are_codes():
    codes = np.random.default_rng(0).random((400, 20)) < 0.5
    assert not compare(codes).failures


def test_fewer_codes_than_columns_are_compared_by_what_can_fit_them():
    codes = np.random.default_rng(0).normal(size=(60, 80))
    found = compare(codes, samplers=["independent", "kde", expost.GMM(60)], seeds=1)
    assert "45 codes of 80 dimensions lie in a plane: few samplers can fit these." in found.notes
    assert found.failures.keys() == {"gmm"}
    assert "a mixture of 60 needs at least 60" in found.failures["gmm"]


def test_test_codes_that_are_codes_too_are_counted():
    found = compare(CODES, np.concatenate([CODES[:10], OTHERS]))
    assert [note for note in found.notes if note.startswith("16.67% of the test codes are equal")]
    assert not [note for note in compare(CODES, OTHERS).notes if "equal" in note]


def test_rows_are_the_same_whatever_the_sign_of_a_zero():
    some = np.array([[0.0, 1.0], [2.0, -0.0], [3.0, 3.0]])
    others = np.array([[-0.0, 1.0], [2.0, 0.0], [3.0, -3.0]])
    assert codes_given.shared(some, others).tolist() == [True, True, False]


def test_a_column_that_decides_every_distance_is_named():
    for codes, name in ((CODES * [1, 100, 1], "1"), (FRAME * [1, 100, 1], "'b'")):
        found = compare(codes)
        assert f"Column {name} has 100% of the variance, and distances are its" in found.notes[0]
        mind = f"Mind: column {name} has 100% of the variance, and distances are its alone."
        assert found.best().sentence.endswith(mind)
    assert "Mind" not in compare(CODES).best().sentence


def test_one_seed_names_none():
    assert compare(CODES, seeds=1).best().name is None


def test_ten_million_codes_are_sampled_and_it_says_what_that_takes(caplog):
    """A view of 40 MB, that as an array would have 20 GB."""
    numbers = np.random.default_rng(0).standard_normal(10_000_511, dtype=np.float32)
    codes = np.lib.stride_tricks.sliding_window_view(numbers, 512)
    found = compare(codes, size=800, draws=60, seeds=1)
    first, second = found.notes[:2]
    assert first.startswith("Of 10,000,000 codes 7,500,000 are left to fit to, and each seed fits ")
    assert "s of CPU, and" in second
    assert "GiB of memory" in second
    assert [record.getMessage() for record in caplog.records][:2] == [first, second]
    assert found["gaussian"].n_samples_fit_ == 800


# Which samplers are compared


SHAPES = [(9, 1), (36, 2), (1500, 16), (10_000, 64), (10_000, 512)]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_every_sampler_is_compared_or_said_not_to_be(shape):
    chosen, notes = suited.chosen(None, *shape, 100)
    assert set(chosen) | {note.partition(" ")[0] for note in notes} == set(KINDS)
    assert len(chosen) + len(notes) == len(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_it_is_known_how_long_every_sampler_takes(name):
    """One that is added wants a line in `suited.reckoned`."""
    assert 0 < suited.reckoned(name, 1500, 16, 250) < suited.reckoned(name, 6000, 64, 250)


def test_what_suits_depends_on_codes_and_dimensions():
    (asked_for,) = suited.chosen(None, 1500, 16, 250)[1]
    assert asked_for.startswith("second_vae is left out, as flow_matching takes as long")
    assert "second_vae" in suited.chosen(["second_vae"], 1500, 16, 250)[0]
    (slow,) = [note for note in suited.chosen(None, 10_000, 512, 9)[1] if note.startswith("vine")]
    assert "a fit to 10000 codes of 512 dimensions would take about" in slow
    assert "real_nvp" not in suited.chosen(None, 1500, 1, 250)[0]  # has nothing to couple
    assert "vine" in suited.chosen(["vine"], 10_000, 512, 9)[0]  # as it was asked for


def test_a_package_that_is_not_there_leaves_its_sampler_out(monkeypatch):
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == "zuko" else name)
    chosen, notes = suited.chosen(None, 1500, 16, 250)
    assert "real_nvp" not in chosen
    assert [note for note in notes if "real_nvp" in note] == [
        "real_nvp is left out, as it needs the package zuko; install that."
    ]
    table = Comparison(compare(CODES).frame, notes)
    assert str(table.best()).endswith("Left out for missing packages: real_nvp (zuko).")
    with pytest.raises(ModuleNotFoundError, match=r"'real_nvp' needs the package zuko"):
        suited.chosen(["real_nvp"], 1500, 16, 250)


@pytest.mark.parametrize(("n", "n_test"), [(48, None), (100_000, None), (48, 12), (9, 90_000)])
def test_sizes_are_never_more_than_there_are(n, n_test):
    size, draws, left, most = parts.sizes(n, n_test, None, None)
    assert 2 <= size <= min(left, parts.MOST_FITTED)
    assert parts.FEWEST <= draws <= min(most, parts.MOST_DRAWS)
    codes, test = (
        None if rows is None else np.linspace(0, 1, rows)[:, None] for rows in (n, n_test)
    )
    (part,) = parts.split(codes, test, [0], size, draws)
    assert (len(part.fitted), len(part.reference), len(part.other)) == (size, draws, draws)
