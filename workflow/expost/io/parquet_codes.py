"""Tables of numbers in .parquet files."""

from pathlib import Path
from typing import TYPE_CHECKING

from . import column_names, memory
from .escaping import name_shown
from .untrusted import named

if TYPE_CHECKING:
    import pandas as pd

ADVICE = "make or copy it again"


def read(path: Path) -> "pd.DataFrame":
    """The columns of a file but what it says is an index.

    Raises:
        ValueError: the file is damaged, or memory cannot hold it.
    """
    import pandas as pd

    n, d = shape(path)
    advice = "hand in fewer rows, or use a larger machine"
    memory.check(8 * n * d, f"reading {name_shown(path)}", advice)
    with named(path, ADVICE):
        return pd.read_parquet(path)


def shape(path: Path) -> tuple[int, int]:
    """Rows and columns of what `read` gives, by what the file says of itself.

    Raises:
        ValueError: the file is damaged.
    """
    from pyarrow import parquet

    with named(path, ADVICE):
        file = parquet.ParquetFile(path)
        said = (file.schema_arrow.pandas_metadata or {}).get("index_columns", ())
        indices = {name for name in said if isinstance(name, str)}  # others are no columns
        columns = [name for name in file.schema_arrow.names if name not in indices]
    column_names.check(columns, name_shown(path))
    return file.metadata.num_rows, len(columns)
