"""Which tests concern a domain, or what was changed since the last commit that was tested whole.

`python -m tests.selection domain captions` prints the tests of one domain with those of its
screens; `python -m tests.selection changed` those of every domain that was touched, and what failed
last.
"""

import ast
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("talkinghead", "components")
ALWAYS = "tests/test_house.py"


class UnknownDomain(Exception):
    """There is no such folder."""


def domains() -> list[str]:
    """Every folder of the core and of the screens."""
    found = (path for package in PACKAGES for path in (ROOT / package).iterdir())
    return sorted({path.name for path in found if (path / "__init__.py").is_file()})


def concerning_domain(domain: str) -> list[str]:
    """The tests of a domain, of its part of the screens, and of the pages that show it.

    Raises:
        UnknownDomain: names those that there are.
    """
    if domain not in domains():
        raise UnknownDomain(f"There is no domain {domain!r}; there are {', '.join(domains())}.")
    return _there([*_folders(domain), *_screens(domain)])


def concerning_changes(changed: Iterable[str], failed: Iterable[str]) -> list[str]:
    """The tests of the domains that these files belong to, and those that failed last.

    Args:
        changed: paths below the project's folder.
        failed: pytest's names of tests.
    """
    paths = sorted({test for path in changed for test in _tests_of_file(path)})
    chosen = _there([ALWAYS, *paths])
    covered = tuple(chosen)
    return [*chosen, *(name for name in failed if not name.startswith(covered) and _defined(name))]


def changed_files(tested: Path) -> list[str]:
    """What differs from the commit that `tested` names, or else from the last commit."""
    since = tested.read_text(encoding="utf-8").strip() if tested.is_file() else "HEAD"
    known = subprocess.run(
        ["git", "cat-file", "-e", f"{since}^{{commit}}"], cwd=ROOT, capture_output=True
    )
    committed = _git("diff", "--name-only", since if known.returncode == 0 else "HEAD")
    return [*committed, *_git("ls-files", "--others", "--exclude-standard")]


def failed_last() -> list[str]:
    """The tests that failed when they were last run, as pytest remembers them."""
    kept = ROOT / ".pytest_cache" / "v" / "cache" / "lastfailed"
    return sorted(json.loads(kept.read_text(encoding="utf-8"))) if kept.is_file() else []


def _folders(domain: str) -> list[str]:
    return [f"tests/{domain}", f"tests/components/{domain}", f"tests/{domain}_tests"]


def _screens(domain: str) -> Iterator[str]:
    """Tests of pages and journeys that bear its name, name its parts, or see a page made of it."""
    shown = {page.stem for page in (ROOT / "pages").glob("*.py") if _names(page, domain)}
    for folder in ("pages", "browser"):
        for test in sorted((ROOT / "tests" / folder).glob("test_*.py")):
            about = test.stem.removeprefix("test_")
            if about == domain or about in shown or _names(test, domain):
                yield test.relative_to(ROOT).as_posix()


def _names(file: Path, domain: str) -> bool:
    """Whether it imports from the domain's part of the screens."""
    return any(name.startswith(f"components.{domain}.") for name in _imports(file))


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _tests_of_file(path: str) -> list[str]:
    top, *rest = Path(path).parts
    if top in PACKAGES and len(rest) > 1:
        return _folders(rest[0])
    if top == "pages":
        return [f"tests/pages/test_{Path(path).name}"]
    if top == "tests" and len(rest) > 1 and rest[0] == "fal_server":
        return _folders("fal_server")
    # Browser journeys take too long here; every other changed test file is selected itself.
    if top == "tests" and rest[0] != "browser":
        return [path] if rest[-1].startswith("test_") else []
    return [f"tests/test_{Path(path).name}"] if top in PACKAGES else []


def _there(paths: Iterable[str]) -> list[str]:
    return [path for path in dict.fromkeys(paths) if (ROOT / path).exists()]


def _defined(name: str) -> bool:
    """Whether a test that failed once is still there."""
    file, _, test = name.partition("::")
    function = test.rpartition("::")[2].partition("[")[0]
    path = ROOT / file
    return path.is_file() and f"def {function}(" in path.read_text(encoding="utf-8")


def _git(*arguments: str) -> list[str]:
    result = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return result.stdout.splitlines()


def main() -> None:
    """Print what is asked for, one a line."""
    match sys.argv[1:]:
        case ["domain", domain]:
            try:
                chosen = concerning_domain(domain)
            except UnknownDomain as error:
                sys.exit(str(error))
        case ["changed", tested]:
            chosen = concerning_changes(changed_files(Path(tested)), failed_last())
        case _:
            sys.exit(__doc__)
    sys.stdout.write("\n".join(chosen) + "\n")


if __name__ == "__main__":
    main()
