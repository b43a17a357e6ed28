"""A private SLURM cluster on the loopback of one machine, for the tests of the SLURM profile.

with SlurmCluster(folder) as cluster:
    subprocess.run(["sinfo"], env=cluster.env)

Needs the binaries of the Debian packages slurm-wlm and munge; no root, no service manager, no
file outside its folder. Daemons run in the foreground as children and are ended by their ids.
"""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from contextlib import ExitStack, suppress
from pathlib import Path

BINARIES = ("munged", "slurmctld", "slurmd", "sbatch", "srun", "squeue", "sinfo", "scontrol")
NODES = ("cpu1", "cpu2", "gpu1")
FOLDERS = ("etc", "bin", "run", "log", "state", *(f"spool/{node}" for node in NODES))

# proctrack/linuxproc and task/none ask nothing of cgroups; config_overrides believes CPUs and
# memory below, whatever the machine has; squeue must still know jobs that ended (MinJobAge). Jobs
# that take more memory than they asked for are killed; a node that is silent for 10 s is down, and
# its jobs wait for their credentials to expire before they go to another.
SLURM_CONF = """\
ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={root}/run/munge.socket,cred_expire=5
StateSaveLocation={root}/state
SlurmdSpoolDir={root}/spool/%n
SlurmctldPidFile={root}/run/slurmctld.pid
SlurmdPidFile={root}/run/slurmd.%n.pid
SlurmctldLogFile={root}/log/slurmctld.log
SlurmdLogFile={root}/log/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmdParameters=config_overrides
SchedulerParameters=sched_min_interval=0,bf_interval=1,batch_sched_delay=0
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=1
JobAcctGatherParams=OverMemoryKill
AccountingStorageType=accounting_storage/none
MinJobAge=3600
KillWait=2
ReturnToService=2
SlurmdTimeout=10
GresTypes=gpu
NodeName=cpu1 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[1]} CPUs=2 RealMemory=64000
NodeName=cpu2 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[2]} CPUs=2 RealMemory=64000
NodeName=gpu1 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[3]} CPUs=2 RealMemory=64000 \
Gres=gpu:2
PartitionName=cpu Nodes=cpu1,cpu2 MaxTime=INFINITE State=UP Default=YES
PartitionName=gpu Nodes=gpu1 MaxTime=INFINITE State=UP
"""
# SLURM hands out GPUs only if each is a character device of its own; any two will do.
GRES_CONF = "NodeName=gpu1 Name=gpu File=/dev/null\nNodeName=gpu1 Name=gpu File=/dev/zero\n"


def missing() -> list[str]:
    """Binaries that a cluster needs and this machine lacks."""
    return [name for name in BINARIES if not _binary(name)]


def _binary(name):
    return shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")


class SlurmCluster:
    """Nodes cpu1, cpu2 and gpu1 (two pretended GPUs), in the partitions cpu and gpu.

    Args:
        root: an empty folder with a short path (names of sockets end at 107 characters).
    """

    def __init__(self, root: Path):
        self.root = root
        self.daemons = []
        self.nodes = {}
        outer = {k: v for k, v in os.environ.items() if not k.startswith(("SLURM_", "SBATCH_"))}
        self.env = outer | {
            "SLURM_CONF": f"{root}/etc/slurm.conf",
            "PATH": f"{root}/bin:{outer['PATH']}",
        }

    def __enter__(self):
        self._configure()
        run, conf = self.root / "run", self.env["SLURM_CONF"]
        try:
            self._start(
                *("munged", "--foreground", "--force", f"--socket={run}/munge.socket"),
                *(f"--key-file={self.root}/etc/munge.key", f"--pid-file={run}/munged.pid"),
                *(f"--log-file={self.root}/log/munged.log", f"--seed-file={run}/munged.seed"),
            )
            self._wait("munged's socket", (run / "munge.socket").exists)
            self._start("slurmctld", "-D", "-f", conf)
            for node in NODES:
                self.start_node(node)
            self._wait("idle nodes", lambda: self.ask("sinfo -hNo %T") == ["idle"] * len(NODES))
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_):
        # Jobs first: their processes belong to no daemon and would outlive them.
        for job in self.ask("squeue -ho %i"):
            self.ask(f"scancel --full {job}")
        try:
            self._wait("the end of all jobs", lambda: not self.ask("squeue -ho %i"))
        finally:
            self._stop()
            self._kill(pid for pid, *_ in self._own())  # what proctrack/linuxproc lost sight of

    def ask(self, command: str) -> list[str]:
        """The lines that a SLURM command prints; none if it fails."""
        done = subprocess.run(
            command.split(), env=self.env, text=True, capture_output=True, timeout=60
        )
        return done.stdout.splitlines()

    def jobs(self) -> list[dict[str, str]]:
        """Every job so far by the names of `scontrol show job`, in order of submission."""
        rows = self.ask("scontrol show job --oneliner")
        jobs = [dict(field.split("=", 1) for field in row.split() if "=" in field) for row in rows]
        return sorted(filter(None, jobs), key=lambda job: int(job["JobId"]))

    def start_node(self, node: str) -> None:
        """Start the daemon of a node."""
        self.nodes[node] = self._start("slurmd", "-D", "-f", self.env["SLURM_CONF"], "-N", node)

    def kill_node(self, node: str) -> None:
        """Kill a node's daemon and all that it runs, as a power cut would."""
        daemon = self.nodes.pop(node)
        self.daemons.remove(daemon)
        pids = [daemon.pid]
        for job in self.ask(f"squeue -h -w {node} -o %i"):
            pids += [pid for pid, command, _ in self._own() if f"slurmstepd: [{job}." in command]
            pids += self.processes(job)
        self._kill(pids)
        daemon.wait()

    def processes(self, job: str) -> list[int]:
        """The processes that a job has started."""
        return [pid for pid, _, variables in self._own() if f"SLURM_JOB_ID={job}" in variables]

    def _own(self):
        """The id, the command line and the environment of every process of this cluster."""
        for pid in map(int, filter(str.isdigit, os.listdir("/proc"))):
            with suppress(OSError):  # ended since
                command = Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
                environment = Path(f"/proc/{pid}/environ").read_text(errors="replace")
                if f"{self.root}/" in environment:
                    yield pid, command, environment.split("\0")

    def _kill(self, pids):
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _configure(self):
        for folder in FOLDERS:
            (self.root / folder).mkdir(parents=True)
        etc, shim = self.root / "etc", self.root / "bin" / "srun"
        with ExitStack() as stack:  # held together, so that all differ
            sockets = [stack.enter_context(socket.create_server(("", 0))) for _ in range(4)]
            ports = [s.getsockname()[1] for s in sockets]
        user, host = pwd.getpwuid(os.getuid()).pw_name, socket.gethostname().split(".")[0]
        conf = SLURM_CONF.format(root=self.root, host=host, user=user, ports=ports)
        (etc / "slurm.conf").write_text(conf)
        (etc / "gres.conf").write_text(GRES_CONF)
        (etc / "munge.key").write_bytes(os.urandom(1024))
        (etc / "munge.key").chmod(0o600)
        # Snakemake drops SLURM_CONF before the srun inside its jobs; on a real cluster that finds
        # /etc/slurm, here it would find nothing.
        shim.write_text(f'#!/bin/sh\nSLURM_CONF={etc}/slurm.conf exec {_binary("srun")} "$@"\n')
        shim.chmod(0o755)

    def _start(self, name, *options):
        with open(self.root / "log" / f"{name}.txt", "ab") as log:
            daemon = subprocess.Popen(
                [_binary(name), *options],
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # spared from a Ctrl-C, so that jobs can be cancelled first
                preexec_fn=_end_with_parent,
            )
        self.daemons.append(daemon)
        return daemon

    def _wait(self, what, reached, seconds=30):
        deadline = time.monotonic() + seconds
        while not reached():
            ended = [daemon.args for daemon in self.daemons if daemon.poll() is not None]
            if ended or time.monotonic() > deadline:
                logs = "\n".join(p.read_text()[-2000:] for p in self.root.glob("log/*.txt"))
                raise RuntimeError(f"no {what} in {seconds} s; ended: {ended}; logs:\n{logs}")
            time.sleep(0.05)

    def _stop(self):
        for daemon in reversed(self.daemons):
            daemon.terminate()
            try:
                daemon.wait(10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()


def _end_with_parent():
    """Have the kernel send SIGTERM when the test process dies, even by SIGKILL."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
