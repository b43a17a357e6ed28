"""Trained networks in ONNX files as functions of arrays, on the CPU and without PyTorch."""

import os
from pathlib import Path

import numpy as np
import onnxruntime

from ..io import memory, onnx_files
from ..io.untrusted import named
from ..runtime.threads import limited

ADVICE = "make it again, or export it with all its weights inside"


class Network:
    """The network of an ONNX file: a function of arrays, the same bytes for as many threads.

    The file is data: it is looked at before it is loaded, and nothing in it is run but ONNX's own
    operations.

    Args:
        path: an ONNX file of one input, float32 (n, *shape), for any n or for one.
        threads: it computes with; None for as many as the job does (`runtime.threads.limited`).

    Attributes:
        shape: of an item of the input; None for a side that may be any.
        rows: so many items at once it computes, whatever it is given; None where it takes any.
        outputs: the names of the outputs, and the shape of an item of each.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is damaged or no such network, or keeps weights in other files.
    """

    def __init__(self, path: str | Path, threads: int | None = None):
        self.path, size = Path(path), os.stat(path).st_size
        with named(path, ADVICE, "is no network that can be used"):
            memory.check(4 * size, f"loading {path}", "use a larger machine")
            content = self.path.read_bytes()
            onnx_files.check(content)
            self._session = onnxruntime.InferenceSession(
                content, _options(threads or limited()), ["CPUExecutionProvider"]
            )
            self.input, self.rows, self.shape = _the_input(self._session)
            self.outputs = {out.name: _item(out) for out in self._session.get_outputs()}

    def __call__(self, data: np.ndarray) -> list[np.ndarray]:
        """All outputs, (n, ...) each, of `data`, float32 (n, *shape).

        Raises:
            ValueError: the data do not have that shape, or the network cannot make numbers of them.
        """
        got, wanted = data.shape[1:], self.shape
        fits = len(got) == len(wanted) and all(
            w in (None, g) for g, w in zip(got, wanted, strict=True)
        )
        if not fits or data.dtype != np.float32:
            sides = ", ".join("any" if side is None else str(side) for side in wanted)
            raise ValueError(
                f"{self.path} got {data.dtype} {data.shape}, wanted float32 (n, {sides}): it is a "
                "network for other data; name that of the same data set and autoencoder"
            )
        if self.rows is None or not len(data):
            return self._run(data)
        parts = [self._filled(data[at : at + self.rows]) for at in range(0, len(data), self.rows)]
        return [np.concatenate(outputs) for outputs in zip(*parts, strict=True)]

    def _filled(self, data: np.ndarray) -> list[np.ndarray]:
        """The outputs of fewer rows than it takes: the last row stands for those that lack."""
        count = len(data)
        filled = np.concatenate([data, np.repeat(data[-1:], self.rows - count, axis=0)])
        return [values[:count] for values in self._run(filled)]

    def _run(self, data: np.ndarray) -> list[np.ndarray]:
        with named(self.path, "make it again", "cannot compute"):
            made = self._session.run(None, {self.input: data})
        for name, values in zip(self.outputs, made, strict=True):
            if not isinstance(values, np.ndarray) or len(values) != len(data):
                raise ValueError(f"{self.path}: its output {name!r} has no row an item")
            if not np.isfinite(values).all():
                raise ValueError(
                    f"{self.path} gives numbers that are not finite in its output {name!r}; its "
                    "weights are no good, or the data are far from what it was trained on"
                )
        return made


def _options(threads: int) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.use_deterministic_compute = True
    options.enable_cpu_mem_arena = False  # memory is given back, and no larger than asked for
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4  # errors are raised, and need not be printed too
    return options


def _the_input(session):
    inputs = session.get_inputs()
    if len(inputs) != 1 or inputs[0].type != "tensor(float)":
        found = ", ".join(f"{x.name}: {x.type}" for x in inputs) or "none"
        raise ValueError(f"it has the inputs {found}; wanted one, tensor(float)")
    if not inputs[0].shape:
        raise ValueError("its input is a number; wanted any number of rows")
    rows = inputs[0].shape[0]
    rows = rows if isinstance(rows, int) and rows > 0 else None
    return inputs[0].name, rows, _item(inputs[0])


def _item(value):
    return tuple(side if isinstance(side, int) else None for side in value.shape[1:])
