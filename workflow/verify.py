"""Name what differs in a folder of results from what was recorded when it was made."""

import argparse
import sys

from expost.provenance import integrity


def main() -> int:
    """Print a line a difference; 1 if there is any, 2 if nothing can be compared."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default="results", help="as a run left it (results)")
    folder = parser.parse_args().folder
    try:
        recorded = integrity.load(folder)
        found = integrity.differences(folder)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    for kind, names in found.items():
        for name in names:
            print(f"{kind}: {name}")
    count, commit = sum(map(len, found.values())), recorded["made_by"]["commit"]
    print(
        f"{count} differences from the {len(recorded['files'])} results recorded by commit "
        f"{commit or 'unknown'}"
    )
    return int(count > 0)


if __name__ == "__main__":
    sys.exit(main())
