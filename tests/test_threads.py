"""Threads, read inside jobs of a Snakemake of their own: as many as asked for, and no more at work.

How many are at work is the number of a process's threads that the kernel would run, looked at
every other millisecond by another process; unlike times, it is the same on a busy machine.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, snakemake
from expost.runtime import threads

SNAKEFILE = f"""
import sys
sys.path.insert(0, "{ROOT}/workflow")
from expost.runtime import threads
threads.wait_asleep()

rule probe:
    output: "{{imports}}{{threads}}.json"
    log: "{{imports}}{{threads}}.log"
    wildcard_constraints: imports="early|late"
    threads: lambda w: int(w.threads)
    params: threads=lambda w: int(w.threads)
    script: "probe.py"
"""

PROBE = """
import json, os, subprocess, sys, time
from pathlib import Path

def libraries():
    import numpy, pyvinecopulib, scipy.linalg, sklearn.cluster, torch

from expost.runtime import job
if snakemake.wildcards.imports == "early":
    libraries()
environment = os.environ["OMP_NUM_THREADS"]
job.start(snakemake.log[0], snakemake.params.threads)
libraries()

import numpy as np, scipy.linalg, torch
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_info
from expost.samplers import GMM, KDE, Vine

WATCHER = '''
import os, sys, time
tasks = f"/proc/{sys.argv[1]}/task"
def running(task):
    try:
        with open(f"{tasks}/{task}/stat") as stat:
            return stat.read().rpartition(") ")[2][0] == "R"
    except OSError:  # it has just ended
        return False
seen = []
print("ready", flush=True)
end = time.monotonic() + 0.3
while time.monotonic() < end:
    seen.append(sum(map(running, os.listdir(tasks))))
    time.sleep(0.002)
print(*seen)
'''

def at_work(work):
    work()  # starts its threads
    command = [sys.executable, "-S", "-c", WATCHER, str(os.getpid())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as watcher:
        watcher.stdout.readline()
        end = time.monotonic() + 0.3
        while time.monotonic() < end:
            work()
        return [int(count) for count in watcher.stdout.read().split()]

rng = np.random.default_rng(0)
square, codes = rng.random((700, 700)), rng.standard_normal((20_000, 20))
tensor = torch.from_numpy(square)
work = {
    "numpy": lambda: square @ square,
    "scipy": lambda: scipy.linalg.blas.dgemm(1.0, square, square),
    "scikit_learn": lambda: KMeans(10, n_init=1, max_iter=20).fit(codes),
    "torch": lambda: tensor @ tensor,
    "pyvinecopulib": lambda: Vine(truncation=3).fit(codes[:1000, :8]).sample(1000),
    "kde": lambda: KDE(high=1.0, count=4).fit(codes[:2000]),
    "gmm": lambda: GMM(max_iter=5).fit(codes),
    "in turn": lambda: [square @ square, tensor @ tensor],
}
before = len(os.listdir("/proc/self/task"))
found = {
    "environment": environment,
    "counts": {name: at_work(function) for name, function in work.items()},
    "started": len(os.listdir("/proc/self/task")) - before,
    "pools": {pool["filepath"]: pool["num_threads"] for pool in threadpool_info()},
    "torch": torch.get_num_threads(),
}
Path(snakemake.output[0]).write_text(json.dumps(found))
"""

# --cores 1 makes Snakemake tell jobs of two threads that they have one.
JOBS = [("early", 1, 4), ("late", 1, 4), ("early", 2, 1), ("late", 2, 1)]


@pytest.fixture(scope="module")
def probes(tmp_path_factory):
    """What each job found, by when it imported the libraries, its threads and `--cores`."""
    folder = tmp_path_factory.mktemp("threads")
    (folder / "Snakefile").write_text(SNAKEFILE)
    (folder / "probe.py").write_text(PROBE)
    found = {}
    for cores in (1, 4):
        jobs = [job for job in JOBS if job[2] == cores]
        targets = [f"{imports}{threads}.json" for imports, threads, _ in jobs]
        run = snakemake(folder, "--quiet", "all", "--", *targets, cores=cores)
        logs = "".join(path.read_text() for path in folder.glob("*.log"))
        assert run.returncode == 0, run.stdout + logs
        for job, target in zip(jobs, targets, strict=True):
            found[job] = json.loads((folder / target).read_text())
    return found


@pytest.fixture(params=JOBS, ids=lambda job: "{}-threads{}-cores{}".format(*job))
def probe(request, probes):
    """Threads asked for, and what the job found."""
    return request.param[1], probes[request.param]


def test_every_pool_has_the_threads_asked_for(probe):
    asked, found = probe
    pools = " ".join(found["pools"])
    for library in ("numpy", "scipy", "scikit_learn", "torch"):
        assert f"/{library}" in pools
    assert set(found["pools"].values()) == {asked}
    assert found["torch"] == asked
    assert found["environment"] == "1"  # for two threads, Snakemake said otherwise


def test_no_more_threads_are_at_work_than_asked_for(probe):
    asked, found = probe
    for library, counts in found["counts"].items():
        most = 1 if library == "gmm" else asked  # which gains nothing from a second one
        # Threads are looked at one after the other: one may wake while another falls asleep.
        # With one thread too many, all looks find it.
        assert sum(count > most for count in counts) <= 0.5 * len(counts), library


def test_two_threads_are_both_at_work(probes):
    for job in (job for job in JOBS if job[1] == 2):
        for library in ("numpy", "scipy", "scikit_learn", "torch", "pyvinecopulib"):
            counts = probes[job]["counts"][library]
            assert sum(count >= 2 for count in counts) > 0.05 * len(counts), (job, library)


def test_one_thread_starts_no_other(probe):
    """Neither for PyTorch's operators side by side, nor of joblib's or of a vine's own."""
    asked, found = probe
    if asked == 1:
        assert found["started"] == 0


def test_a_limit_below_one_is_refused():
    with pytest.raises(ValueError, match="threads must be at least 1, got 0"):
        threads.limit(0)


ALONE = """if True:
    import sys
    sys.path.insert(0, {workflow!r})
    import numpy as np, torch
    from concurrent.futures import ThreadPoolExecutor
    from threadpoolctl import threadpool_info, threadpool_limits
    from expost import Sampler, samplers
    from expost.runtime import threads

    def numbers():
        return [torch.get_num_threads(), *(pool["num_threads"] for pool in threadpool_info())]

    class Looking(Sampler):
        def _fit(self, codes, rng):
            self.seen_ = numbers()
        def _sample(self, n, rng):
            self.seen_ += numbers()
            return np.zeros((n, 2))
        def _score_samples(self, codes):
            self.seen_ += numbers()
            raise ArithmeticError

    import sklearn.mixture, zuko.flows
    torch.set_num_threads(3)
    threadpool_limits(3)
    before = numbers()
    assert min(before) == 3, before
    looking = Looking().fit(np.eye(4, 2))
    looking.sample(2)
    try:
        looking.score_samples(np.eye(2))
    except ArithmeticError:
        pass
    assert len(looking.seen_) == 3 * len(before) and set(looking.seen_) == {{1}}, looking.seen_
    with threads.held(), threads.held():
        pass
    assert numbers() == before, numbers()  # also after a failure
    samplers.build("real_nvp", steps=2, hidden=4).fit(np.eye(20, 2), 0).sample(3, 0)
    assert numbers() == before
    with ThreadPoolExecutor(8) as pool:  # the last one to leave is another than the first one in
        list(pool.map(lambda codes: Looking().fit(codes), 40 * [np.eye(4, 2)]))
        assert numbers() == before, numbers()
    threads.limit(2)
    assert set(Looking().fit(np.eye(4, 2)).seen_) == {{2}}
"""


def test_a_program_of_ones_own_keeps_its_threads_but_while_samplers_work():
    program = ALONE.format(workflow=str(ROOT / "workflow"))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_what_the_user_says_of_waiting_is_kept(monkeypatch):
    monkeypatch.setattr(os, "environ", {"OMP_WAIT_POLICY": "ACTIVE"})
    threads.wait_asleep()
    assert os.environ == {"OMP_WAIT_POLICY": "ACTIVE", "OPENBLAS_THREAD_TIMEOUT": "4"}


def test_every_rule_tells_its_script_the_threads_it_asks_for():
    text = "".join(path.read_text() for path in Path(ROOT, "workflow/rules").glob("*.smk"))
    rules = re.findall(r"^rule (\w+):\n((?:(?:    .*)?\n)*)", text, re.MULTILINE)
    threaded = 0
    for rule, body in rules:
        if "script:" not in body:
            continue
        script = re.search(r"scripts/(\w+)\.py", body).group(1)
        source = (ROOT / f"workflow/scripts/{script}.py").read_text()
        asks = bool(re.search(r'    threads: (config\["threads"\]|alone)\n', body))
        threaded += asks
        assert ("    threads: 1" in body) == (not asks), rule
        assert ('threads=config["threads"]' in body) == asks, rule
        started = re.search(r"job\.start\((.*)\)", source).group(1)
        assert started.endswith(", snakemake.params.threads") == asks, rule
    assert threaded >= 7
    assert "threads.wait_asleep()" in text
