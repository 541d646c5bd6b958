"""The environment of a worker process: nothing of the studio's settings, and nothing secret.

A worker decodes media that strangers send. What it does not have cannot be taken from it, so its
variables are those listed here and no others.
"""

import os
from collections.abc import Mapping

ALLOWED = frozenset(
    {
        # programs, libraries, folders
        "PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "HOME", "TMPDIR", "TEMP", "TMP",
        "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "SYSTEMROOT", "USERPROFILE",
        # language and time
        "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ",
        # Python
        "PYTHONPATH", "PYTHONHOME", "PYTHONUTF8", "PYTHONIOENCODING", "PYTHONDONTWRITEBYTECODE",
        "PYTHONPYCACHEPREFIX", "PYTHONHASHSEED", "VIRTUAL_ENV",
        # how many threads a library uses
        "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "MALLOC_ARENA_MAX",
    }
)  # fmt: skip


def worker_environment(variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what a worker process may have of these variables, by default of our own."""
    variables = os.environ if variables is None else variables
    return {name: value for name, value in variables.items() if name.upper() in ALLOWED}
