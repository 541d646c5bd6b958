"""Peak memory use of this process."""

import sys
from pathlib import Path


def peak_memory_mb() -> float:
    """Return the peak resident memory in MB; 0 if the system does not report it."""
    status = Path("/proc/self/status")
    if status.exists():
        # The kernel's getrusage would count what the parent held before it started this process.
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return float(line.split()[1]) / 1024
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return 0.0


def available_memory_mb() -> float | None:
    """Megabytes that programs can still take, by the container's limit where there is one; None
    where the system does not tell."""
    known = [each for each in (_machine_has(), _container_leaves()) if each is not None]
    return min(known) if known else None


def _machine_has() -> float | None:
    facts = Path("/proc/meminfo")
    if not facts.exists():
        return None
    for line in facts.read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("MemAvailable:"):
            return float(line.split()[1]) / 1024
    return None


def _container_leaves() -> float | None:
    most, now = (Path(f"/sys/fs/cgroup/memory.{name}") for name in ("max", "current"))
    try:
        return (int(most.read_text()) - int(now.read_text())) / 1024**2
    except (OSError, ValueError):  # no such file, or "max": no limit
        return None
