"""What a sampler keeps, its options and what a fit has learned, and the file of both."""

import inspect
from pathlib import Path
from typing import Self

import numpy as np

from ..runtime import extras
from . import load, saving


class Keeping:
    """Options, which the constructor stores under their own names, and fitted attributes.

    The names of fitted attributes end in `_`; each is an array, a number or a string. A leaf names
    in `shown` those that its text shows.
    """

    shown: tuple[str, ...] = ()

    def save(self, path: str | Path) -> None:
        """Write options and fitted state to one file, `path` (.npz); no pickle in it.

        Raises:
            RuntimeError: not fitted yet.
            TypeError: `load` could not find this class by name, or options or fitted attributes
                are of types that no file without a pickle keeps.
            ValueError: `path` does not end in .npz.
            OSError: it cannot be written; an earlier file there is left as it was.
        """
        self._check_fitted()
        saving.write(path, self.recipe(), self._state())

    def recipe(self) -> dict:
        """What makes this sampler again, but not its fit: `sampler`, a name, and `options`.

        Raises:
            TypeError: `load` could not find this class by name.
        """
        package, _, name = type(self).__module__.rpartition(".")
        if package != __package__:
            raise TypeError(
                f"{type(self).__name__} is no module of {__package__}, where load would look for "
                "it; make it one, or keep get_params() and the attributes that end in _ yourself"
            )
        return {"sampler": name, "options": self.get_params()}

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """The fitted sampler in `path`, of its own class.

        Raises:
            FileNotFoundError: there is no such file.
            ValueError: the file is broken, no sampler, or not one of this class.
        """
        sampler = load(path)
        if not isinstance(sampler, cls):
            raise ValueError(
                f"{path} holds a {type(sampler).__name__}, not a {cls.__name__}; load it with "
                f"{type(sampler).__name__}.load or samplers.load"
            )
        return sampler

    def get_params(self, deep: bool = True) -> dict:
        """The options by name, as scikit-learn's `clone` asks for them."""
        return {name: getattr(self, name) for name in inspect.signature(type(self)).parameters}

    def in_effect(self, n: int, d: int) -> dict:
        """What this sampler comes to for codes of shape (n, d): equal for samplers of one law.

        Returns:
            `sampler`, whose module names the law, and its options but those of no effect.
        """
        name = type(self).__module__.rpartition(".")[2]
        return self._in_effect({"sampler": name} | self.get_params(), n, d)

    def _in_effect(self, options: dict, n: int, d: int) -> dict:
        """The same options without those of no effect, and the others as what they come to."""
        return options

    def __repr__(self) -> str:
        options = ", ".join(f"{name}={value!r}" for name, value in self.get_params().items())
        found = ", ".join(
            f"{name}={vars(self)[name]!r}" for name in self.shown if name in vars(self)
        )
        return f"{type(self).__name__}({options})" + (f", fitted: {found}" if found else "")

    def _prepare(self) -> None:
        """Derive from the fitted state what drawing needs."""

    def restore(self, state: dict) -> None:
        """Become what was fitted: set the attributes in `state`, and derive the others from them.

        Args:
            state: fitted attributes by name, arrays each.

        Raises:
            ModuleNotFoundError: a package that it needs is not installed.
        """
        extras.check(type(self).__name__, getattr(self, "libraries", ()))
        for name, value in state.items():
            setattr(self, name, value if value.ndim else value.item())
        self._prepare()

    def _forget(self) -> None:
        """Drop what was fitted, once the options are as the constructor would have them."""
        type(self)(**self.get_params())
        for name in list(self._state()):
            delattr(self, name)

    def _keep_names(self, codes) -> None:
        """Remember the names of a data frame's columns, as scikit-learn does."""
        if (names := _names(codes)) is not None:
            self.feature_names_in_ = names

    def _check_names(self, codes) -> None:
        """Refuse a data frame with other columns than were fitted, or in another order.

        Raises:
            ValueError: which there are, and which were fitted.
        """
        fitted, got = getattr(self, "feature_names_in_", None), _names(codes)
        if fitted is not None and got is not None and list(fitted) != list(got):
            raise ValueError(
                f"got the columns {', '.join(got)}; fitted were {', '.join(fitted)}: take these, "
                "in this order"
            )

    def _state(self) -> dict:
        return {name: value for name, value in vars(self).items() if name.endswith("_")}

    def _check_fitted(self) -> None:
        if not hasattr(self, "n_features_in_"):
            raise RuntimeError(f"{type(self).__name__} must be fitted first: call fit(codes)")


def _names(codes) -> np.ndarray | None:
    """Of a data frame's columns, where all are texts."""
    names = list(getattr(codes, "columns", ()))
    return np.array(names) if names and all(isinstance(name, str) for name in names) else None
