"""Thousands of jobs without work, on this machine: `python -m benchmarks.load [seeds]`.

The default studies with more seeds, in every figure that has several, in a copy of the project in
which every script only writes its outputs and a line in a journal. Fails if a job was lost or ran
twice.
"""

import argparse
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .planning import ROOT, more_seeds

SCRIPT = """\
from pathlib import Path

for path in snakemake.output:
    Path(path).write_text(snakemake.rule)
with open("journal", "a") as journal:
    journal.write(snakemake.output[0] + "\\n")
"""


def main() -> None:
    """Print how many jobs ran, how fast, and how much memory Snakemake took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("seeds", nargs="?", type=int, default=27, help="default: %(default)s")
    parser.add_argument("--cores", type=int, default=2, help="default: %(default)s")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for name in ("Snakefile", "config.yaml"):
            shutil.copy(ROOT / name, project)
        for name in ("workflow", "envs"):  # not profiles: no report is made of what holds nothing
            shutil.copytree(ROOT / name, project / name)
        for path in (project / "workflow/scripts").glob("*.py"):
            path.write_text(SCRIPT)
        more_seeds(project / "more.yaml", options.seeds)
        command = f"snakemake --cores {options.cores} --configfile more.yaml -- all"
        with open(project / "log", "w") as log:
            began = time.perf_counter()
            run = subprocess.run(
                [sys.executable, "-m", *command.split()], cwd=project, stdout=log, stderr=log
            )
            wall = time.perf_counter() - began
        log = (project / "log").read_text()
        if run.returncode:
            raise SystemExit(log[-5000:])
        written = (project / "journal").read_text().splitlines()
    planned = int(re.search(r"^total +(\d+)$", log, re.MULTILINE)[1])
    scripts = planned - 1  # all has none
    if len(written) != scripts or len(set(written)) != scripts:
        raise SystemExit(f"{len(set(written))} of {scripts} jobs ran, {len(written)} times")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{planned} jobs in {wall:.0f} s, {planned / wall:.1f} a second, each ran once; Snakemake "
        f"took {used.ru_maxrss / 1024:.0f} MB; {(used.ru_utime + used.ru_stime) / planned:.2f} s "
        "of CPU a job"
    )


if __name__ == "__main__":
    main()
