"""How long Snakemake plans thousands of jobs: `python -m benchmarks.planning [seeds]`.

The default studies with more seeds, in every figure that has several, as if nothing were there yet;
nothing is run or written. Quiet about single jobs.
"""

import argparse
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Print how many jobs were planned, and in how many seconds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planning", description=__doc__)
    parser.add_argument("seeds", nargs="?", type=int, default=36, help="default: %(default)s")
    seeds = parser.parse_args().seeds
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as overlay:
        more_seeds(Path(overlay.name), seeds)
        command = "snakemake --dry-run --forceall --cores 2 --quiet rules --configfile"
        started = time.perf_counter()
        run = subprocess.run(
            [sys.executable, "-m", *command.split(), overlay.name, "--", "all"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        wall = time.perf_counter() - started
    if run.returncode:
        raise SystemExit(run.stdout)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    jobs = re.search(r"^total +(\d+)$", run.stdout, re.MULTILINE)[1]
    print(f"{jobs} jobs planned in {wall:.1f} s, {used.ru_utime + used.ru_stime:.1f} s of CPU")


def more_seeds(overlay: Path, seeds: int) -> None:
    """Write an overlay of the default config with so many seeds in each of its studies."""
    studies = yaml.safe_load((ROOT / "config.yaml").read_text())["studies"]
    changes = {"overrides": {study: {"seeds": list(range(seeds))} for study in studies}}
    overlay.write_text(yaml.safe_dump(changes))


if __name__ == "__main__":
    main()
