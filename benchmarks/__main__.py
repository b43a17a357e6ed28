"""`python -m benchmarks [item ...]`: one table of every item, or of the modules named.

A whole run also writes `benchmarks/table.md`. Ends with an error if results disagree by more than
their tolerance; times are only reported.
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from expost.runtime import threads

threads.wait_asleep()
threads.limit(1)  # before anything is loaded; items that want another number say so

HERE = Path(__file__).parent
ITEMS = sorted(path.stem for path in (HERE / "items").glob("[a-z]*.py"))


def main() -> int:
    """Run the items and print their rows as they come."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("item", nargs="*", choices=[*ITEMS, []], help="default: all")
    chosen = parser.parse_args().item or ITEMS
    from .compare import HEADER, machine

    lines = [machine(), "", *HEADER]
    print("\n".join(lines), flush=True)
    wrong = 0
    for name in chosen:
        for row in import_module(f".items.{name}", __package__).rows():
            lines.append(str(row))
            wrong += not row.agrees
            print(row, flush=True)
    if chosen == ITEMS:
        (HERE / "table.md").write_text("\n".join(lines) + "\n")
    if wrong:
        print(f"{wrong} items disagree by more than their tolerance", file=sys.stderr)
    return int(wrong > 0)


sys.exit(main())
