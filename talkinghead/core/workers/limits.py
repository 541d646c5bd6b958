"""What a worker process may take of the machine, and the watch over it.

The parent watches resident memory and wall time and kills the process that exceeds them. The
kernel holds the size of a file, the address space as a far stop (libraries reserve much more of it
than they use), and that no memory is written to a core file. On a system without `prlimit` and
`/proc`, that is, anything but Linux, only the wall time is held.
"""

import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_MB = 1024 * 1024
IN_THE_BACKGROUND = 10
"""Niceness of work that somebody waits for in minutes: pages and uploads go first."""
WATCH_INTERVAL = 0.2  # seconds between two looks at a process


@dataclass(frozen=True)
class WorkerLimits:
    """Limits of one worker process.

    Attributes:
        memory_mb: resident memory.
        seconds: wall time from the start of the process.
        file_mb: size of each file that it writes.
        address_space_mb: the far stop behind `memory_mb`.
        niceness: how far it stands back where the processor is wanted by others, 0 to 19.
    """

    memory_mb: int = 2048
    seconds: float = 2 * 3600
    file_mb: int = 2048
    address_space_mb: int = 16 * 1024
    niceness: int = 0


class LimitWatch:
    """Knows whether a process exceeds its limits.

    Args:
        pid: a process of ours that was just started.
        limits: the kernel is told to hold those that it can.
    """

    def __init__(self, pid: int, limits: WorkerLimits) -> None:
        self._pid = pid
        self._limits = limits
        self._began = time.monotonic()
        self.excess: str | None = None
        hold_limits(pid, limits)

    def look(self) -> str | None:
        """Return the sentence on what is exceeded, or None; it stays in `excess`."""
        if self.excess is None:
            if time.monotonic() - self._began > self._limits.seconds:
                self.excess = _stopped(f"it took longer than {_duration(self._limits.seconds)}")
            elif resident_mb(self._pid) > self._limits.memory_mb:
                self.excess = _stopped(f"it took more than {self._limits.memory_mb:,} MB of memory")
        return self.excess


def file_too_large() -> str:
    """Return the sentence on a file that reached the limit; for the worker, which is refused it."""
    return _stopped("its file became too large")


def out_of_address_space() -> str:
    """Return the sentence on memory that the worker was refused."""
    return _stopped("it took too much memory")


def _stopped(why: str) -> str:
    return f"This stopped because {why}. Try something shorter or smaller."


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"


def hold_limits(pid: int, limits: WorkerLimits) -> None:
    """Give the process its limits; it does nothing with a stranger's file before its first order,
    which comes later."""
    if sys.platform != "linux":
        return
    import resource

    wanted = {
        resource.RLIMIT_FSIZE: limits.file_mb * _MB,
        resource.RLIMIT_AS: limits.address_space_mb * _MB,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in wanted.items():
        with suppress(ProcessLookupError):  # it ended at once
            _, hard = resource.prlimit(pid, kind)
            if hard != resource.RLIM_INFINITY:
                most = min(most, hard)
            resource.prlimit(pid, kind, (most, most))
    with suppress(ProcessLookupError):
        os.setpriority(
            os.PRIO_PROCESS, pid, max(limits.niceness, os.getpriority(os.PRIO_PROCESS, pid))
        )


def resident_mb(pid: int) -> float:
    """Return the resident memory; 0 for a process that ended or where the system does not say."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return float(line.split()[1]) / 1024
    return 0.0
