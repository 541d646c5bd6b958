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
