"""What came of comparing samplers: numbers, a choice, a figure, tables, and the fitted samplers."""

import copy
import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd

from ..io import files
from ..runtime import option_values
from ..samplers.base import Sampler
from ..tables import markup
from . import choice, remarks, saved, sentences, shown


class Comparison:
    """Scores of samplers with several seeds, as `compare` makes it; shows itself as a table.

    `table["gmm"]` is the sampler of that name as the first seed fitted it.

    Args:
        frame: tidy, with the columns sampler, seed, metric and value; seconds of the CPU are the
            metrics `fit` and `sample`, controls the samplers `held_out` and `copy`.
        notes: what is to be known of it, a sentence each.
        failures: sampler -> why it has not been scored in each seed.
        fitted: sampler -> one of its options, and what its fit has learned.
        normality: how far the codes are from normal ones, of `expost.normality`; None where that
            could not be told, which a note says.

    Attributes:
        frame, notes, failures, normality: as given.

    Example:
        >>> import pandas as pd
        >>> from expost import Comparison
        >>> scores = {"gmm": (2.0, 2.1), "kde": (3.0, 3.1), "held_out": (1.9, 2.0)}
        >>> rows = [(k, s, m, v[s]) for k, v in scores.items() for s in (0, 1)
        ...         for m in ("emd", "fit", "sample")]
        >>> table = Comparison(pd.DataFrame(rows, columns=["sampler", "seed", "metric", "value"]))
        >>> table.best().name
        'gmm'
    """

    def __init__(self, frame: pd.DataFrame, notes=(), failures=None, fitted=None, normality=None):
        self.normality = normality
        self.frame = frame
        self.notes = list(notes)
        self.failures = dict(failures or {})
        self._fitted = dict(fitted or {})

    @property
    def summary(self) -> pd.DataFrame:
        """Means, intervals, and differences from the best; see `shown.summary`."""
        return shown.summary(self.frame)

    def best(self) -> choice.Choice:
        """The sampler to take, with a sentence that says why; `.name` is its name.

        Not dominated in quality, copying no more than held-out codes do, and the cheapest among
        equals; the rule is written in `choice.choose`. Where several are left, the sentence says
        that none is clearly better, and `.clear` is False. Where none can be named, `.name` is
        None. At its end stands what the answer depends on: samplers that were left out for missing
        packages or time, a column that decides all distances, codes that are there twice.
        """
        found = choice.choose(self.frame, tuple(self.failures))
        caveats = [note.caveat for note in self.notes if isinstance(note, remarks.Caveat)]
        if not caveats:
            return found
        sentence = f"{found.sentence} {sentences.of_caveats(caveats)}"
        return dataclasses.replace(found, sentence=sentence)

    def plot(self, quality: str = "emd"):
        """A matplotlib figure of copying against quality, a point a sampler; see `plotting.plot`.

        Args:
            quality: the metric on the horizontal axis.
        """
        from ..figures import naming
        from . import plotting

        with naming.of(as_configured=True):
            return plotting.plot(self.frame, quality)

    def to_csv(self, path: str | Path | None = None) -> str | None:
        """The summary with all digits, as text, or written to a file; `frame` has every seed's."""
        return _written(self.summary.to_csv(index=False), path)

    def to_latex(self, path: str | Path | None = None) -> str | None:
        """The table in LaTeX, as text, or written to a file; it wants the package booktabs."""
        note = " ".join([shown.note(self.frame), *self.notes])
        return _written(markup.latex([shown.table(self.frame, self.failures)], note), path)

    def to_html(self, path: str | Path | None = None) -> str | None:
        """Sentence, table and notes as a page of HTML, as text, or written to a file."""
        page = f"<!doctype html><meta charset='utf-8'><title>{shown.TITLE}</title>\n"
        return _written(page + self._repr_html_(), path)

    def save(self, folder: str | Path, overwrite: bool = False) -> None:
        """Write numbers, tables, the choice and every fitted sampler to a folder.

        Those are scores.csv with each seed's, summary.csv, table.tex, table.html, best.txt with the
        sentence and the notes, and {sampler}.npz, which `expost.load` reads. Samplers of classes
        that are not this library's own are left out, which best.txt says.

        Args:
            folder: where to; new, or empty.
            overwrite: whether it need not be empty: what an earlier comparison wrote there is
                removed first, samplers too that this one has not. Other files stay.

        Raises:
            ValueError: the folder is not empty, or is a file.
            OSError: a file cannot be written.
        """
        folder, notes = saved.prepare(folder, overwrite), list(self.notes)
        for name in self._fitted:
            try:
                self[name].save(folder / f"{name}.npz")
            except TypeError as error:
                notes.append(f"{name} is not written: {error}")
        _written(self.frame.to_csv(index=False), folder / saved.SCORES)
        for suffix, write in (("tex", self.to_latex), ("html", self.to_html)):
            write(folder / f"table.{suffix}")
        self.to_csv(folder / "summary.csv")
        _written("\n".join([self.best().sentence, *notes]) + "\n", folder / "best.txt")

    def __getitem__(self, name: str) -> Sampler:
        if name not in self._fitted:
            like = option_values.close(name, self._fitted)
            why = self.failures.get(name) if isinstance(name, str) else None
            raise KeyError(
                f"{name} failed, {why}"
                if why
                else f"no fitted sampler {name!r}; there are {', '.join(self._fitted)}{like}"
            )
        unfitted, state = self._fitted[name]
        sampler = copy.deepcopy(unfitted)
        sampler.restore({key: np.asarray(value) for key, value in state.items()})
        return sampler

    def __repr__(self):
        rows = shown.plain(shown.table(self.frame, self.failures))
        return "\n".join([str(self.best()), "", rows, "", *self.notes])

    def _repr_html_(self):
        return shown.html(self.frame, self.failures, str(self.best()), self.notes)


def _written(text: str, path: str | Path | None) -> str | None:
    """The text itself, or nothing once it is in a file."""
    if path is None:
        return text
    with files.whole(Path(path).expanduser()) as temporary:
        temporary.write_text(text, encoding="utf-8")
    return None
