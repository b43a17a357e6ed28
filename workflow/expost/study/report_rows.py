"""What the rows of the report's lists say: which figure or table, and of which data set."""

from ..io.escaping import in_one_line

# No data set has a space in its name.
TABLE, SYNTHETIC = "table of all data sets", "synthetic codes"


def labels(plan, name: str, dataset: str | None = None) -> dict[str, str]:
    """The one label of a picture or a table: a line that no other result of the report has.

    Snakemake's page may make a switch of any label but the first, if it takes two values, each in
    half of the results that are listed, and breaks where a result has no counterpart. What is
    listed depends on what was asked for and on what a reader searches for, so a second label is
    never safe. Results with the same labels hide each other, hence a line for each.

    Args:
        plan: the `Plan`.
        name: of the figure or table.
        dataset: of a picture; a table is of all data sets.

    Returns:
        The title and the data set, of several studies also the paper.
    """
    figure = plan.figures[name]
    shown = TABLE if dataset is None else dataset
    if figure.kind.synthetic and dataset is not None:
        shown = SYNTHETIC
    title = _title(plan, figure)
    if [_title(plan, other) for other in plan.figures.values()].count(title) > 1:
        shown = f"{name}, {shown}"
    return {"result": f"{title} – {shown}"}


def _title(plan, figure) -> str:
    title = in_one_line(figure.title).strip().removesuffix(".")
    if len(plan.config["studies"]) > 1:
        return f"{plan.studies[figure.study]['paper']}: {title}"
    return title
