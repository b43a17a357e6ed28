"""Real numbers in arrays, out of whatever callers keep them in; no library of theirs is imported.

What NumPy reads as objects, or whose mask it drops without a word, is told by what it can do.
So neither PyTorch nor pandas need be there.
"""

import numpy as np

REMEDIES = {  # kind of a dtype -> what to do about it
    "c": "give real and imaginary parts as columns of their own",
    "m": "divide by a unit, np.timedelta64(1, 's') say",
    "M": "subtract a first moment and divide by a unit, np.timedelta64(1, 's') say",
    "V": "make one column of each field: numpy.lib.recfunctions.structured_to_unstructured",
}
FRAMES = {"b": np.bool_, "i": np.int64, "u": np.uint64, "f": np.float64}  # whose columns are alike


def real(values, what: str) -> np.ndarray:
    """Any array of real numbers as one of NumPy, whose type is kept where NumPy has it.

    Tensors come to the CPU without their gradients; bfloat16 and its like become float64, as do
    columns of several types in a data frame. Nullable types are as good as others.

    Args:
        values: an array, a tensor, a data frame, or lists of numbers or of any of these.
        what: they are, a plural, for errors.

    Returns:
        Of any shape; `values` itself if that is an array of numbers.

    Raises:
        TypeError: they are not real numbers, or cannot be read; says what to do.
        ValueError: some are masked or missing, or rows differ in length.
    """
    array = _plain(values, what)
    kind = array.dtype.kind
    if kind == "V" and array.dtype.names is None and np.can_cast(array.dtype, np.float64):
        return array.astype(np.float64)  # a type that another package has added to NumPy
    if kind not in "fiub":
        remedy = REMEDIES.get(kind, "if all are numbers, convert them by .astype(float)")
        raise TypeError(f"{what} must be real numbers, got dtype {array.dtype}; {remedy}")
    return array


def floating(values, what: str) -> np.ndarray:
    """As `real`, in float32 if that holds every number of the type, otherwise in float64.

    Arrays of these two types are returned as they are.
    """
    array = real(values, what)
    single = np.can_cast(array.dtype, np.float32)
    with np.errstate(over="ignore"):  # of a longer type: infinite, which no caller lets pass
        return array.astype(np.float32 if single else np.float64, copy=False)


def _plain(values, what) -> np.ndarray:
    """An array of any type; what loses something by that is refused."""
    if isinstance(values, list | tuple):
        values = [v if np.isscalar(v) else _plain(v, what) for v in values]
    elif np.ma.is_masked(values):
        raise ValueError(
            f"{np.ma.count_masked(values)} of {values.size} {what} are masked; leave out the rows "
            "in which some are, or give them values: .filled(value)"
        )
    elif hasattr(values, "toarray"):
        kind = type(values).__name__
        raise TypeError(f"{what} must be an array, got a sparse {kind}; hand in its .toarray()")
    elif hasattr(values, "isna") and hasattr(values, "to_numpy"):
        return _of_frame(values, what)
    try:
        return _of_tensor(values) if hasattr(values, "detach") else np.asarray(values)
    except Exception as error:  # of the library that they are from: any at all
        kind = ValueError if isinstance(error, ValueError) else TypeError
        raise kind(f"{what} cannot be read as an array of numbers: {error}") from error


def _of_tensor(tensor) -> np.ndarray:
    tensor = tensor.detach().cpu()
    try:
        return np.asarray(tensor)
    except TypeError:  # bfloat16, say
        return np.asarray(tensor.double())


def _of_frame(frame, what) -> np.ndarray:
    """Of a table, a column or an index of pandas, whose types NumPy may know as objects only."""
    columns = getattr(frame, "columns", [getattr(frame, "name", None)])
    types = frame.dtypes if hasattr(frame, "columns") else [frame.dtype]
    other = [
        f"{column!r} ({dtype})"
        for column, dtype in zip(columns, types, strict=True)
        if dtype.kind not in "fiub"
    ]
    if other:
        raise TypeError(
            f"{what} must be real numbers, got the columns {', '.join(other[:8])}; leave these "
            "out, .drop(columns=[...]), or if they hold numbers, convert them by .astype(float)"
        )
    missing = np.asarray(frame.isna())
    if missing.any():
        raise ValueError(
            f"{missing.sum()} of {missing.size} {what} are missing (NA or NaN); leave out the "
            "rows in which some are, .dropna(), or give them values, .fillna(value)"
        )
    kinds = {dtype.kind for dtype in types}
    return frame.to_numpy(dtype=FRAMES[kinds.pop()] if len(kinds) == 1 else np.float64)
