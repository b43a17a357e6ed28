"""What callers hand in: tensors, tables and lists are read, what loses something is refused."""

import datetime
import decimal
import subprocess
import sys

import ml_dtypes
import numpy as np
import pandas as pd
import pytest
import scipy.sparse
import torch
from conftest import ROOT
from expost import Features, Gaussian, score
from expost.analyses import interpolation, tsne
from expost.features.base import check_images
from expost.io.real_arrays import floating, real
from expost.metrics import NAMES, describe
from expost.metrics.c_t import c_t
from expost.metrics.copying_search import search
from expost.metrics.distances import euclidean
from expost.metrics.emd import emd
from expost.metrics.frechet import frechet
from expost.metrics.inception_score import inception_score
from expost.metrics.joint_clusters import histograms
from expost.metrics.kid import kid
from expost.metrics.neighbours import nearest
from expost.metrics.pairwise_sweep import K, sweep
from expost.metrics.vendi import vendi
from expost.samplers import KDE, fit_and_pool
from expost.training.encode_decode import decode, encode

CODES = np.random.default_rng(0).integers(-4, 5, (40, 3)).astype(float)  # which all types hold
TABLE = pd.DataFrame(CODES, columns=list("abc"))
TENSOR = torch.tensor(CODES)
TRUTH = pd.DataFrame({"yes": [True, False], "number": [1, 2]})

READ = {
    "lists": CODES.tolist(),
    "a list of arrays": list(CODES),
    "a masked array without a mask": np.ma.masked_array(CODES),
    "big-endian": CODES.astype(">i2"),
    "bfloat16 of NumPy": CODES.astype(ml_dtypes.bfloat16),
    "a table": TABLE,
    "Int64": TABLE.astype("Int64"),
    "Float64": TABLE.astype("Float64"),
    "Float32 and Int8 and float": TABLE.astype({"a": "Float32", "b": "Int8"}),
    "sparse columns": TABLE.astype(pd.SparseDtype("float64", 0)),
    "a tensor that wants gradients": TENSOR.clone().requires_grad_(),
    "a parameter": torch.nn.Parameter(TENSOR),
    "bfloat16": TENSOR.bfloat16().requires_grad_(),
    "float16": TENSOR.half(),
    "int8": TENSOR.to(torch.int8),
    "a list of tensors": list(TENSOR.clone().requires_grad_()),
    "lists of tensors of one number": [list(row) for row in TENSOR.clone().requires_grad_()],
}

MASKED = np.ma.masked_array(CODES, CODES > 3)
ADVICE = "if all are numbers, convert them by .astype"
REFUSED = {
    "masked": (MASKED, ValueError, rf"{MASKED.mask.sum()} of 120 codes are masked; .*\.filled"),
    "a list of masked rows": (list(MASKED[5:]), ValueError, "codes are masked"),
    "NA": (TABLE.astype("Float64").where(TABLE < 4), ValueError, r"of 120 codes are missing"),
    "NA of Int64": (TABLE.astype("Int64").where(TABLE < 4), ValueError, r"dropna.*fillna"),
    "text in a table": (TABLE.assign(d="x"), TypeError, "got the columns 'd' .*leave these out"),
    "objects in a table": (TABLE.astype(object), TypeError, "'a' .object., 'b' .object., 'c'"),
    "categories": (TABLE.astype("category"), TypeError, "'a' .category."),
    "days in a table": (
        TABLE.assign(d=datetime.datetime(2020, 1, 1)),
        TypeError,
        "columns 'd' .datetime",
    ),
    "sparse": (scipy.sparse.csr_matrix(CODES), TypeError, r"a sparse csr_matrix; .*\.toarray"),
    "a sparse array": (scipy.sparse.coo_array(CODES), TypeError, r"a sparse coo_array"),
    "a sparse tensor": (TENSOR.to_sparse(), TypeError, r"to_dense"),
    "no data": (TENSOR.to("meta"), TypeError, "cannot be read as an array of numbers: .*no data"),
    "a complex tensor": (torch.complex(TENSOR, TENSOR), TypeError, "got dtype complex128"),
    "complex": (CODES + 1j, TypeError, "complex128; give real and imaginary parts as columns"),
    "objects": (CODES.astype(object), TypeError, f"got dtype object; {ADVICE}"),
    "decimals": ([[decimal.Decimal(1)]], TypeError, "dtype object"),
    "too big for any integer": ([[10**30]], TypeError, "dtype object"),
    "None": (None, TypeError, "dtype object"),
    "a dictionary": ({"codes": CODES}, TypeError, "dtype object"),
    "days": (CODES.astype("M8[D]"), TypeError, "datetime64.*subtract a first moment"),
    "times": (CODES.astype("m8[s]"), TypeError, "timedelta64.*divide by a unit"),
    "text": (CODES.astype(str), TypeError, f"dtype <U32; {ADVICE}"),
    "bytes": (CODES.astype("S"), TypeError, "dtype .S32"),
    "fields": (np.zeros(9, "f8,f8"), TypeError, "structured_to_unstructured"),
    "ragged lists": ([[1, 2], [3]], ValueError, "cannot be read as an array .*inhomogeneous"),
}


@pytest.mark.parametrize("kind", READ)
def test_what_can_be_read_is(kind):
    np.testing.assert_array_equal(floating(READ[kind], "codes"), CODES)
    np.testing.assert_array_equal(
        Gaussian().fit(READ[kind]).sample(3, 0), Gaussian().fit(CODES).sample(3, 0)
    )
    wanted, found = (Gaussian().fit(CODES).score_samples(x) for x in (CODES, READ[kind]))
    np.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize("kind", REFUSED)
def test_what_loses_something_or_is_none_is_refused(kind):
    codes, error, message = REFUSED[kind]
    for read in (lambda codes: real(codes, "codes"), Gaussian().fit, KDE().fit):
        with pytest.raises(error, match=message):
            read(codes)


def test_truth_is_zeros_and_ones():
    assert real(TRUTH, "x").tolist() == [[1, 1], [0, 2]]
    assert real(TRUTH[["yes"]].astype("boolean"), "x").tolist() == [[True], [False]]
    assert floating(torch.tensor([True, False]), "x").tolist() == [1, 0]


def test_arrays_of_floats_come_back_themselves():
    for dtype in (np.float32, np.float64):
        x = np.asfortranarray(CODES.astype(dtype))[::2]
        assert floating(x, "x") is x


def test_neither_pytorch_nor_pandas_is_imported():
    code = (
        "import sys, numpy as np, expost\n"
        "x = np.random.default_rng(0).normal(size=(9, 2))\n"
        "expost.Gaussian().fit(x), expost.score(*[expost.Features(x)] * 2)\n"
        "print({'torch', 'pandas', 'ml_dtypes'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "workflow", capture_output=True, text=True
    )
    assert run.stdout == "set()\n", run.stderr


def scores(*samples):
    return score(*samples).values()


ENTRIES = {  # what is called with points, and is to give the same for all that can be read
    "euclidean": lambda x: euclidean(x, x),
    "nearest": lambda x: nearest(x, x)[0],
    "frechet": lambda x: frechet(x, CODES + 1),
    "kid": lambda x: kid(CODES + 1, x),
    "histograms": lambda x: histograms(CODES + 1, x)[1],
    "vendi": vendi,
    "sweep": lambda x: sweep(CODES + 1, x).rg,
    "search": lambda x: c_t(search(x, CODES + 1, x)),
    "score": lambda x: list(scores(Features(x), Features(CODES + 1), Features(CODES / 2))),
    "pooled": lambda x: fit_and_pool.pooled(Gaussian(), x, 20, 40, np.random.default_rng(0)).codes,
    "between": lambda x: interpolation.between(x, x, 3),
    "decode": lambda x: decode(lambda part: [2 * part], x),
}


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_reads_the_same(entry):
    call = ENTRIES[entry]
    for kind in ("Int64", "bfloat16", "a tensor that wants gradients", "a list of arrays"):
        np.testing.assert_allclose(call(READ[kind]), call(CODES), rtol=1e-12, err_msg=kind)
    with pytest.raises(ValueError, match="are masked"):
        call(MASKED)
    with pytest.raises(TypeError, match="must be real numbers"):
        call(CODES.astype(str))


def test_distances_and_probabilities_are_read_too():
    distances = euclidean(CODES, CODES + 1)
    assert emd(torch.tensor(distances, requires_grad=True)) == emd(distances)
    with pytest.raises(ValueError, match="distances are masked"):
        emd(np.ma.masked_array(distances, distances > 3))
    p = torch.softmax(TENSOR.clone().requires_grad_(), dim=1)
    rounded = p.bfloat16()  # whose sums are off by some thousandths
    given = [Features(TENSOR + i / 2, q) for i, q in enumerate((p, rounded, rounded))]
    assert list(score(*given)) == [m for m in NAMES if describe(m).family != "likelihood"]
    with pytest.raises(ValueError, match="probabilities of the real images are masked"):
        score(Features(CODES, np.ma.masked_less(p.detach().numpy(), 0.1)), given[0])


@pytest.mark.parametrize("given", [TENSOR, CODES, CODES.tolist()], ids=["tensor", "array", "list"])
def test_score_says_that_it_wants_features(given):
    with pytest.raises(TypeError, match=r"generated images must come as Features, got .*write sco"):
        score(Features(CODES), given)


def test_rows_to_draw_near_are_read():
    sampler = KDE(bandwidth=0.1).fit(CODES)
    wanted = sampler.sample(9, 0, given=[1, 3])
    mask = np.isin(np.arange(40), [1, 3])
    for given in (torch.tensor([1, 3]), pd.Series([1, 3], dtype="Int64"), torch.tensor(mask)):
        np.testing.assert_array_equal(sampler.sample(9, 0, given=given), wanted)
    given = pd.Series(mask, dtype="boolean")
    np.testing.assert_array_equal(sampler.sample(9, 0, given=given), wanted)
    with pytest.raises(ValueError, match="are masked"):
        sampler.sample(9, 0, given=np.ma.masked_array([1, 3], [True, False]))
    with pytest.raises(ValueError, match=r"1 of 40 .* are missing"):
        sampler.sample(9, 0, given=given.where(given.index > 0))


def test_codes_that_are_not_finite_stand_for_no_image():
    holes = CODES.copy()
    holes[2, 1] = np.nan
    with pytest.raises(ValueError, match="1 of 120 codes are not finite; leave out their rows"):
        decode(lambda part: [part], holes)
    with pytest.raises(ValueError, match="1 of 120 data are not finite"):
        encode(lambda part: [part], torch.tensor(holes))


def test_images_are_read():
    images = np.arange(48, dtype=np.uint8).reshape(3, 1, 4, 4)
    np.testing.assert_array_equal(check_images(torch.tensor(images)), images)
    with pytest.raises(ValueError, match="images are masked"):
        check_images(np.ma.masked_greater(images, 40))


def test_an_embedding_wants_numbers():
    with pytest.raises(ValueError, match="of 120 codes of draws/kde are missing"):
        tsne.joint(CODES, {"kde": REFUSED["NA"][0]}, 40)


@pytest.mark.parametrize(
    ("call", "least"),
    [
        (frechet, 2),
        (kid, 2),
        (sweep, K + 1),
        (lambda x, y: search(CODES, x, y), 1),
        (lambda x, y: search(x, CODES, CODES), 2),
        (lambda x, y: vendi(x), 1),
        (lambda x, y: inception_score(np.eye(3)[: len(x)]), 1),
        (lambda x, y: score(Features(x), Features(y), families=["copying"]), 2),
    ],
)
def test_too_few_points_are_an_error_and_no_nan(call, least):
    for few in range(least):
        with pytest.raises(ValueError, match=f"got .*{few}"):
            call(CODES[:few], CODES)
        with pytest.raises(ValueError, match=f"got .*{few}"):
            call(CODES[:few], CODES[:few])
    call(CODES[:least], CODES[1 : 1 + least])
