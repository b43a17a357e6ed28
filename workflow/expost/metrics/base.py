"""What a metric says of itself, and where it is best."""

from dataclasses import dataclass

ARROWS = {"lower": " ↓", "higher": " ↑", "zero": " → 0", "half": " → 0.5", "one": " → 1"}
# Where a metric is best -> what is smallest there.
LOSSES = {
    "lower": lambda x: x,
    "higher": lambda x: -x,
    "zero": abs,
    "half": lambda x: abs(x - 0.5),
    "one": lambda x: abs(x - 1),
}


@dataclass(frozen=True, kw_only=True)
class Metric:
    """How a metric is shown, and what its function is called with.

    Attributes:
        title: its name in tables and figures.
        best: where it is best: "lower", "higher", "zero", "half", "one", or "" for nowhere.
        family: metrics of one family are scored together: "two_sample", "classes", "moments",
            "copying", "c_t_authors", "prd" or "likelihood"; "time" for seconds, which nothing here
            measures.
        given: the arguments of its function, which `scoring.score` hands in by these names.
    """

    title: str
    best: str = ""
    family: str = ""
    given: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The title with an arrow to where the metric is best."""
        return self.title + ARROWS.get(self.best, "")
