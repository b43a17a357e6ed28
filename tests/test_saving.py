"""Where samplers are saved, what is refused, and that nothing is left and nothing lost then."""

import copy

import numpy as np
import pandas as pd
import pytest
from expost import KDE, Gaussian, Sampler, load
from expost.io import files

CODES = np.random.default_rng(0).normal(size=(50, 2))


@pytest.fixture
def fitted():
    return Gaussian().fit(CODES)


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize("name", ["model.pkl", "model.npy", "model.pt", "model", ".npz", ""])
def test_another_suffix_is_refused_before_anything_is_written(name, fitted, tmp_path):
    with pytest.raises(ValueError, match=r"wanted a path that ends in \.npz for a sampler, got"):
        fitted.save(tmp_path / "new" / name)
    (tmp_path / "model.pkl").write_text("old")
    with pytest.raises(ValueError, match="ends in .npz"):
        fitted.save(str(tmp_path / "model.pkl"))
    assert names(tmp_path) == ["model.pkl"]
    assert (tmp_path / "model.pkl").read_text() == "old"


@pytest.mark.parametrize("name", ["a.npz", "b.NPZ", "c.tar.npz", "deep/er/ü d.npz"])
def test_what_is_saved_is_the_one_file_there_and_loads(name, fitted, tmp_path):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("old")
    before = names(tmp_path)
    fitted.save(path)
    assert names(tmp_path) == before
    np.testing.assert_array_equal(load(path).sample(3, 0), fitted.sample(3, 0))


def test_a_folder_or_a_file_in_the_way_stays(fitted, tmp_path):
    (tmp_path / "folder.npz").mkdir()
    (tmp_path / "file").touch()
    for path in ("folder.npz", "file/x.npz"):
        with pytest.raises(OSError, match=f"could not write .*{path}: .*; nothing was left there"):
            fitted.save(tmp_path / path)
    assert names(tmp_path) == ["file", "folder.npz"]


@pytest.mark.parametrize("name", ["x.pkl", "x", "x.npz.old", "x.npy", "x.npz"])
def test_arrays_go_to_the_very_path_and_leave_no_other(name, tmp_path):
    for path, write, read in (
        (tmp_path / name, lambda path: files.save_npz(path, a=CODES), files.load_npz),
        (tmp_path / "one" / name, lambda path: files.save_npy(path, CODES), files.load_npy),
    ):
        write(path)
        assert [other.name for other in path.parent.iterdir() if other.is_file()] == [name]
        found = read(path)
        np.testing.assert_array_equal(found["a"] if isinstance(found, dict) else found, CODES)


def test_a_folder_is_no_sampler_and_what_is_in_it_is_named(fitted, tmp_path):
    fitted.save(tmp_path / "gaussian.npz")
    with pytest.raises(ValueError, match=r"is a folder; wanted a file .*in it are gaussian\.npz$"):
        load(tmp_path)


class Bootstrap(Sampler):
    def _fit(self, codes, rng):
        self.codes_ = codes

    def _sample(self, n, rng):
        return self.codes_[self._pick(n, rng)]


class Gaussian2(Gaussian):
    pass


@pytest.mark.parametrize("kind", [Bootstrap, Gaussian2])
def test_a_class_that_load_would_not_find_is_not_saved(kind, tmp_path):
    with pytest.raises(TypeError, match=f"{kind.__name__} is no module of expost.samplers, where"):
        kind().fit(CODES).save(tmp_path / "x.npz")
    assert not names(tmp_path)


def test_what_only_a_pickle_could_keep_is_not_saved(fitted, tmp_path):
    fitted.save(tmp_path / "x.npz")
    before = (tmp_path / "x.npz").read_bytes()
    fitted.note_ = {"a": 1}
    with pytest.raises(TypeError, match="got objects in note_, .*must be arrays, numbers"):
        fitted.save(tmp_path / "x.npz")
    density = KDE(bandwidth=0.5).fit(CODES)
    density.bandwidth = {0.5}
    with pytest.raises(TypeError, match=r"options must be numbers, strings or .*, got \{0.5\}"):
        density.save(tmp_path / "x.npz")
    assert (tmp_path / "x.npz").read_bytes() == before
    assert names(tmp_path) == ["x.npz"]


@pytest.mark.parametrize("bandwidth", [np.float32(0.5), np.int64(2), 0.5])
def test_numbers_of_numpy_are_kept_as_numbers(bandwidth, tmp_path):
    KDE(bandwidth=bandwidth).fit(CODES).save(tmp_path / "x.npz")
    assert load(tmp_path / "x.npz").get_params()["bandwidth"] == bandwidth


def test_a_tilde_is_the_home_folder(fitted, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    fitted.save("~/x.npz")
    assert names(tmp_path) == ["home", "home/x.npz"]
    np.testing.assert_array_equal(load("~/x.npz").sample(3, 0), fitted.sample(3, 0))


def test_columns_are_known_by_their_names(tmp_path):
    table = pd.DataFrame(CODES, columns=["a", "ü"])
    sampler, turned = KDE(bandwidth=0.5).fit(table), table[["ü", "a"]]
    sampler.save(tmp_path / "x.npz")
    for one in (sampler, copy.deepcopy(sampler), load(tmp_path / "x.npz")):
        assert np.isfinite(one.score_samples(table)).all()
        np.testing.assert_array_equal(one.score_samples(CODES), one.score_samples(table))
        with pytest.raises(ValueError, match="take these, in this order"):
            one.score_samples(turned)
    sampler.fit(CODES)
    assert np.isfinite(sampler.score_samples(turned)).all()
