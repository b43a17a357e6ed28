"""What a finished run cost beside the work in its jobs: `python -m benchmarks.overhead [log ...]`.

Reads Snakemake's log of a run (default: the newest in `.snakemake/log`; several add up), which must
not have been made with `--quiet rules`, and the benchmark file and log of each job in it. Seconds
are wall time from a job's first moment to its last. CPU time is what jobs log: how much passed
before their first line ran, in starting Python and importing, and how much in all.
"""

import argparse
import os
import re
from collections import defaultdict
from pathlib import Path

import numpy as np

JOB = re.compile(r"^(?:local)?rule (\w+):\n((?:    .*\n)+)", re.MULTILINE)
ELAPSED = re.compile(r"^Elapsed time: (?:(\d+) days?, )?(\d+):(\d+):([\d.]+)", re.MULTILINE)
CORES = re.compile(r"^Provided cores: (\d+)", re.MULTILINE)
CPU = re.compile(r"(start-up|the job) took ([\d.]+) s of CPU")


def main() -> None:
    """Print a row a rule, and what the whole run took against the sum of its jobs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.overhead", description=__doc__)
    parser.add_argument("log", nargs="*", type=Path, help="default: the newest of .snakemake/log")
    given = parser.parse_args().log
    logs = given or sorted(Path(".snakemake/log").glob("*.log"), reverse=True)
    texts = [text for path in logs if ELAPSED.search(text := path.read_text()) and JOB.search(text)]
    if not texts:
        raise SystemExit("got no log of a run that ended and says what it ran; see --help")
    texts = texts if given else texts[:1]

    rules = defaultdict(list)
    for rule, body in (job for text in texts for job in JOB.findall(text)):
        job = dict(re.findall(r"^    (\w+): (.+)$", body, re.MULTILINE))
        if Path(job.get("benchmark", "")).is_file():
            rules[rule].append(measured(job))

    rows = {rule: np.sum(jobs, axis=0) for rule, jobs in rules.items()}
    rows = dict(sorted(rows.items(), key=lambda item: -item[1][1]))
    rows["all"] = count, jobs, _, start_up = sum(rows.values())
    print("| rule | jobs | s | CPU, s | of it start-up |\n| --- | --: | --: | --: | --: |")
    for rule, (number, *seconds) in rows.items():
        print(f"| {rule} | {number:.0f} | {' | '.join(f'{s:.1f}' for s in seconds)} |")

    wall = sum(seconds_of(ELAPSED.search(text)) for text in texts)
    cores = min(max(int(n) for text in texts for n in CORES.findall(text)), os.cpu_count())
    print(f"\nwall {wall:.0f} s on {cores} cores, sum of {count:.0f} jobs {jobs:.0f} s")
    for of, work in (("jobs", jobs), ("jobs less start-up", jobs - start_up)):
        print(f"wall / {of} {wall / work:.2f}, core-seconds / {of} {cores * wall / work:.2f}")


def measured(job: dict[str, str]) -> tuple[float, float, float, float]:
    """1, and seconds, CPU seconds and those of start-up, of a job with these log and benchmark."""
    names, values = (row.split("\t") for row in Path(job["benchmark"]).read_text().splitlines()[:2])
    cpu = dict(CPU.findall(Path(job["log"]).read_text(errors="replace")))
    seconds = float(values[names.index("s")])
    return 1, seconds, float(cpu.get("the job", 0)), float(cpu.get("start-up", 0))


def seconds_of(elapsed: re.Match) -> float:
    """A time such as 0:01:08.4, after days where there were some, in seconds."""
    days, hours, minutes, seconds = (float(part or 0) for part in elapsed.groups())
    return ((24 * days + hours) * 60 + minutes) * 60 + seconds


if __name__ == "__main__":
    main()
