"""A full disk is told, costs no result, and what is run again ends as if nothing had been."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from conftest import SMOKE
from test_faults import SAME

# Runs in a mount namespace of its own: the file system is seen by nobody else, and gone in the end.
ON_A_FULL_DISK = """
set -eu
mount -t tmpfs -o size=300m tmpfs results
cp -a kept/. results
dd if=/dev/zero of=results/ballast bs=4k status=none 2>/dev/null || true
truncate -s -8k results/ballast
df --output=avail results | tail -n 1
rc=0
"$@" > full.log 2>&1 || rc=$?
echo "failed with $rc"
find results/runs -newer full.start -type f
rm results/ballast
"$@" > after.log 2>&1
cp -a results/. after
"""


def unshare():
    """The command that gives a process a mount namespace; None where that is not allowed."""
    command = ["unshare", "--user", "--map-root-user", "--mount"]
    try:
        probe = subprocess.run([*command, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], check=False)
    except FileNotFoundError:
        return None
    return command if probe.returncode == 0 else None


@pytest.mark.parametrize("outputs", [SAME[1:2], SAME[3:5]], ids=["codes", "images"])
def test_a_full_disk_is_told_and_loses_nothing(outputs, smoke, project):
    if not (command := unshare()):
        reason = "this user may not mount a small disk to fill"
        pytest.fail(reason) if os.environ.get("EXPOST_REQUIRE_MOUNT") else pytest.skip(reason)
    seed0 = "runs/digits/ebcae.ae/seed0"
    shutil.copytree(smoke / "results" / seed0, project / "kept" / seed0)
    shutil.copytree(smoke / "results/data", project / "kept/data")
    shutil.copytree(smoke / ".snakemake/metadata", project / ".snakemake/metadata")
    for path in outputs:
        (project / "kept" / path.removeprefix("results/")).unlink()
    (project / "after").mkdir()
    (project / "full.start").touch()
    command += ["bash", "-c", ON_A_FULL_DISK, "full", sys.executable, "-m", "snakemake"]
    options = ["--cores", "1", SMOKE, outputs[0]]
    run = subprocess.run([*command, *options], cwd=project, capture_output=True, text=True)
    told = (project / "full.log").read_text()
    assert run.returncode == 0, run.stderr + told
    available, failed, *written = run.stdout.split("\n")
    assert int(available) <= 8
    assert failed == "failed with 1"
    assert [path for path in written if path] == []
    told = re.search(rf"OSError: .*could not write {outputs[0]}: (.*); nothing was left", told)[1]
    assert "No space left on device" in told or "is the disk full?" in told
    for path in outputs:
        after = project / "after" / path.removeprefix("results/")
        assert after.read_bytes() == (smoke / path).read_bytes(), path


def test_the_disk_is_smaller_than_what_it_shall_hold(smoke):
    """Or the test above would fill nothing."""
    for path in SAME[1], SAME[3]:
        assert (smoke / path).stat().st_size > 8 * 1024, path
