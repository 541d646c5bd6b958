"""The Chromium that the browser tests drive: one that is there, else one that can be had.

`python -m tests.browser.chromium` gets one where there is none and prints its path.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SHELL = "chromium-headless-shell"  # without windows: the same pages for three quarters of the work
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NONE_FOUND = (
    f"No Chromium was found. Get one with `apt-get install {SHELL}` or "
    "`python -m playwright install chromium`, or name one in the variable CHROMIUM."
)


def find() -> str | None:
    """The path of the one CHROMIUM names, of an installed one, or of Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    if installed:
        return installed
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def get() -> str:
    """The path of a Chromium, downloaded or installed where there is none.

    Raises:
        SystemExit: none can be had; it says how to get one.
    """
    found = find()
    for commands in (playwrights_own(), debians_package()):
        if found:
            break
        for command in commands:
            quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            ended = subprocess.run(command, stdout=sys.stderr, check=False, env=quietly)
            if ended.returncode != 0:
                break
        found = find()
    if not found:
        raise SystemExit(NONE_FOUND)
    return found


def playwrights_own() -> list[list[str]]:
    """Playwright's download, with the system libraries it needs where that is allowed."""
    return [[sys.executable, "-m", "playwright", "install", "chromium"]]


def debians_package() -> list[list[str]]:
    """The package of the system, where there is a package manager and the right to use it."""
    if not shutil.which("apt-get"):
        return []
    allowed = [] if os.geteuid() == 0 else ["sudo", "-n"]
    return [
        [*allowed, "apt-get", "update", "-qq"],
        [*allowed, "apt-get", "install", "-y", "-qq", "--no-install-recommends", SHELL],
    ]


if __name__ == "__main__":
    print(get())  # noqa: T201 - the path is what this command is for
