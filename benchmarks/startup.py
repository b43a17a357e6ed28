"""How much of a run is jobs starting up rather than working: reads `logs/` of a finished run.

python benchmarks/startup.py
"""

import re
from collections import defaultdict
from pathlib import Path

LINE = re.compile(r"(start-up|the job) took ([\d.]+) s of CPU")

seconds = defaultdict(list)  # rule -> (start-up, all) of each job
for log in Path("logs").rglob("*.log"):
    found = dict(LINE.findall(log.read_text(errors="replace")))
    if len(found) == 2:
        seconds[log.parts[1].removesuffix(".log")].append(tuple(map(float, found.values())))

print(
    "| rule | jobs | start-up, s of CPU | all, s of CPU | share |\n| --- | --: | --: | --: | --: |"
)
rows = sorted(seconds.items(), key=lambda item: -sum(total for _, total in item[1]))
rows.append(("all", [job for _, jobs in rows for job in jobs]))
for rule, jobs in rows:
    start, total = (sum(part) for part in zip(*jobs, strict=True))
    print(f"| {rule} | {len(jobs)} | {start:.1f} | {total:.1f} | {start / total:.0%} |")
