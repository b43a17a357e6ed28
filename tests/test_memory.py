"""No more memory is there than the least of the machine's, the control groups' and the job's."""

import pytest
from expost.io import memory

V1 = "4:memory:/slurm/job\n3:cpuset:/other\n0::/\n"
V2 = "0::/slurm/job\n"
UNLIMITED = "9223372036854771712"  # as version 1 says it


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Lays out a machine of 10 MiB: a process's control groups, and what their files say."""
    monkeypatch.setattr(memory, "physical", lambda: 10 << 20)
    monkeypatch.setattr(memory, "GROUPS", tmp_path / "groups")
    monkeypatch.setattr(memory, "LIMITS", tmp_path)
    monkeypatch.delenv("SLURM_MEM_PER_NODE", raising=False)

    def make(groups, limits):
        (tmp_path / "groups").write_text(groups)
        for name, text in limits.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(f"{text}\n")

    return make


def test_without_limits_it_is_the_machines(machine):
    assert memory.available() == 10 << 20  # without control groups at all
    machine(V2 + V1, {})
    assert memory.available() == 10 << 20


@pytest.mark.parametrize(
    ("limits", "least"),
    [
        ({"slurm/job/memory.max": 700}, 700),
        ({"slurm/memory.max": 500, "slurm/job/memory.max": 700}, 500),
        ({"slurm/memory.max": 700, "slurm/job/memory.max": "max"}, 700),
        ({"memory.max": 300}, 300),  # of a container, which does not see the groups around it
        ({"slurm/job/memory.max": 11 << 20}, 10 << 20),
    ],
)
def test_a_control_group_limits_those_inside(limits, least, machine):
    machine(V2, limits)
    assert memory.available() == least


@pytest.mark.parametrize(
    ("limits", "least"),
    [
        ({"memory/slurm/job/memory.limit_in_bytes": 700}, 700),
        ({"memory/memory.limit_in_bytes": 600, "memory/slurm/memory.limit_in_bytes": 700}, 600),
        ({"memory/slurm/job/memory.limit_in_bytes": UNLIMITED}, 10 << 20),
        ({"memory/other/memory.limit_in_bytes": 1, "other/memory.max": 1}, 10 << 20),
    ],
)
def test_so_do_those_of_the_first_version(limits, least, machine):
    machine(V1, limits)
    assert memory.available() == least


@pytest.mark.parametrize(("megabytes", "least"), [("4", 4), ("11", 10), ("0", 10), ("", 10)])
def test_slurm_says_what_a_job_has(megabytes, least, machine, monkeypatch):
    monkeypatch.setenv("SLURM_MEM_PER_NODE", megabytes)
    assert memory.available() == least << 20


def test_more_than_there_is_is_refused(machine, monkeypatch):
    memory.check(10 << 20, "all of it", "go on")
    monkeypatch.setenv("SLURM_MEM_PER_NODE", "4")
    memory.check(4 << 20, "all of it", "go on")
    with pytest.raises(ValueError, match="reading x would take .* has 0.003906 for this job; stop"):
        memory.check((4 << 20) + 1, "reading x", "stop")
