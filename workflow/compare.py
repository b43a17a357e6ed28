"""Say how far the numbers of two folders of results are apart: scores and shares."""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

FOLDERS = ("scores", "shares")
VALUE = "value"
ADDED = "collapsed"  # says nothing of which number a row has


def main() -> int:
    """Print a line a table; 1 if any number differs by more than the tolerance, or is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path, help="a folder of results")
    parser.add_argument("new", type=Path, help="another one, made by another commit, say")
    parser.add_argument("--tolerance", type=float, default=1e-6, help="of max(1, |number|) (1e-6)")
    parser.add_argument("--show", type=int, default=3, help="rows shown that differ most (3)")
    options = parser.parse_args()
    names = sorted(
        {
            path.relative_to(results)
            for results in (options.old, options.new)
            for folder in FOLDERS
            for path in Path(results, folder).glob("*.csv")
        }
    )
    if not names:
        print(f"there are no tables in {', '.join(FOLDERS)} of either folder", file=sys.stderr)
        return 2
    apart = [_compare(options, name) for name in names]
    return int(any(apart))


def _compare(options: argparse.Namespace, name: Path) -> bool:
    """Print how one table differs; whether it does."""
    there = [folder for folder in (options.old, options.new) if (folder / name).exists()]
    if len(there) == 1:
        print(f"{name}: only in {there[0]}")
        return True
    old, new = (
        pd.read_csv(
            folder / name,
            dtype={"drawn": str, "group": str},
            keep_default_na=False,  # a class may be called NA
            na_values={VALUE: ""},
        )
        for folder in (options.old, options.new)
    )
    if alone := set(old.columns) ^ set(new.columns):
        print(f"{name}: only one has the columns {', '.join(sorted(alone))}")
        if alone != {ADDED}:
            return True
    keys = [column for column in old.columns if column not in {VALUE, *alone}]
    both = old.merge(new, on=keys, how="outer", suffixes=("_old", "_new"), indicator=True)
    one = both["_merge"].value_counts()
    shared = both[both["_merge"] == "both"].copy()
    scale = np.maximum(1, shared[f"{VALUE}_old"].abs())
    shared["apart"] = (shared[f"{VALUE}_new"] - shared[f"{VALUE}_old"]).abs() / scale
    nothing = shared[[f"{VALUE}_old", f"{VALUE}_new"]].isna()
    shared.loc[nothing.all(axis=1), "apart"] = 0
    shared.loc[nothing.sum(axis=1) == 1, "apart"] = np.inf
    beyond = int((shared["apart"] > options.tolerance).sum())
    print(
        f"{name}: {len(shared)} numbers in both, {(shared['apart'] == 0).sum()} equal, {beyond} "
        f"further apart than {options.tolerance:g}, at most {shared['apart'].max():.3g}; "
        f"{one['left_only']} only in the old, {one['right_only']} only in the new"
    )
    if beyond:
        print(shared.nlargest(options.show, "apart").drop(columns="_merge").to_string(index=False))
    return bool(beyond or one["left_only"] or one["right_only"])


if __name__ == "__main__":
    sys.exit(main())
