"""The house stands as its picture says: floors, and who alone may know which outside thing."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORE = sorted((ROOT / "talkinghead").rglob("*.py"))
SCREENS = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]
COMPONENTS = sorted((ROOT / "components").rglob("*.py"))

# Outside package → where alone it may be imported.
KEEPERS = {
    "streamlit": ("app.py", "pages/", "components/"),
    "alembic": ("talkinghead/core/migrations/",),
    "dbos": ("talkinghead/jobs/engine.py",),
    "sqlalchemy": (
        "talkinghead/core/",
        "talkinghead/jobs/",
        "talkinghead/retention/",
        "talkinghead/billing/repository.py",
        "talkinghead/captions/repository.py",
        "talkinghead/comparisons/blind.py",
        "talkinghead/comparisons/repository.py",
        "talkinghead/fal/upload_repository.py",
        "talkinghead/projects/repository.py",
        "talkinghead/speech/on_complete.py",
        "talkinghead/speech/pronunciations/repository.py",
        "talkinghead/speech/repository.py",
        "talkinghead/speech/sentence_repository.py",
        "talkinghead/videos/repository.py",
    ),
    "obstore": ("talkinghead/core/store.py",),
    "fal_client": ("talkinghead/fal/client.py",),
    "httpx": ("talkinghead/fal/",),
}


def imports(path: Path) -> Iterator[str]:
    """The dotted names that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_imports_run_downwards_only() -> None:
    # In a process of its own: it would silence every logger of this one.
    lint = (Path(sys.executable).with_name("lint-imports"), "--no-cache")
    subprocess.run(lint, cwd=ROOT, check=True)


@pytest.mark.parametrize("package", KEEPERS)
def test_only_its_keeper_knows_an_outside_package(package: str) -> None:
    strangers = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (*CORE, *COMPONENTS, *SCREENS)
        for name in imports(path)
        if name.split(".")[0] == package
        and not path.relative_to(ROOT).as_posix().startswith(KEEPERS[package])
    ]
    assert strangers == []


def test_the_environment_is_read_in_one_place() -> None:
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in (*CORE, *COMPONENTS, *SCREENS)
        if "os.environ" in path.read_text(encoding="utf-8")
        or "getenv" in path.read_text(encoding="utf-8")
    ]
    assert readers == []


def test_pages_know_components_and_the_public_core_only() -> None:
    for page in SCREENS:
        for name in imports(page):
            assert not name.startswith(("talkinghead.jobs.engine", "talkinghead.fal")), page


def test_no_file_names_a_package_index() -> None:
    configs = ["pyproject.toml", "requirements.txt", "requirements-dev.txt", "Makefile", ".ci/run"]
    for name in configs:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "index-url" not in text
        assert "://" not in text or name == "Makefile", name
