"""The code keeps the architecture in the README: layers, sizes, file names, and private parts."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import house_rules as rules

ROOT = Path(__file__).parent.parent
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
CORE = rules.read_sources(ROOT, "talkinghead")
COMPONENTS = rules.read_sources(ROOT, "components")
PAGES = rules.read_sources(ROOT, "app.py", "pages")
TESTS = rules.read_sources(ROOT, "tests", "bench")
STUDIO = {**CORE, **COMPONENTS, **PAGES}

# Outside package → where alone it may be imported.
KEEPERS = {
    "streamlit": ("app.py", "pages/", "components/"),
    "alembic": ("talkinghead/core/migrations/",),
    "dbos": ("talkinghead/jobs/execution/queues.py",),
    "obstore": ("talkinghead/core/store.py",),
    "fal_client": ("talkinghead/fal/client.py",),
    "httpx": ("talkinghead/core/web/", "talkinghead/fal/"),
}

# What breaks a rule today, each with its reason. A list that says too much fails as well, so that
# whoever mends one takes it off.
BEYOND_THEIR_DOMAIN: list[str] = []
PRIVATE_PARTS = [
    # Streamlit has no other way; it is tried at start, and the version is pinned.
    "components/shell/atomic_clicks.py: state._yield_callback",
]
PRIVATE_PARTS_IN_TESTS = {
    # That no process is left can be seen nowhere else.
    "tests/draft/test_renderer.py",
    # httpx, fal's client and Streamlit's AppTest have no public way to these.
    "tests/fal_server_tests/proxied.py",
    "tests/fal_server_tests/test_queue.py",
    "tests/test_secrets.py",
    # pytest has no public way to end what a module shares before a second try.
    "tests/browser/conftest.py",
    # PyAV has no public way to what FFmpeg says of its licence.
    "tests/test_notice.py",
    # The database of the studio behind a page.
    "tests/pages/test_create.py",
}
LONG_MODULES: list[str] = []
SQL_ELSEWHERE = [
    "talkinghead/core/column_types.py",
    "talkinghead/jobs/journal.py",
]


def test_imports_run_downwards_only() -> None:
    # In a process of its own: it would silence every logger of this one.
    lint = (Path(sys.executable).with_name("lint-imports"), "--no-cache")
    subprocess.run(lint, cwd=ROOT, check=True)


@pytest.mark.parametrize("package", KEEPERS)
def test_only_its_keeper_knows_an_outside_package(package: str) -> None:
    assert rules.strangers(STUDIO, package, KEEPERS[package]) == []


def test_a_screen_knows_of_the_core_what_its_domain_knows() -> None:
    layers = rules.layers_of(PYPROJECT, "talkinghead")
    assert rules.screens_beyond_their_domain(STUDIO, layers) == BEYOND_THEIR_DOMAIN


def test_each_package_of_speech_has_a_layer_and_knows_nothing_of_those_above() -> None:
    speech = {path for path in rules.packages_of(CORE) if path.startswith("talkinghead/speech/")}
    held = rules.layers_of(PYPROJECT, "talkinghead.speech")
    rooms = {f"talkinghead/speech/{room}/" for layer in held for room in layer}
    # A folder in a room has the layer of its room.
    assert {path for path in speech if path.count("/") == 3} == rooms
    assert rules.rooms_looking_up(CORE, "talkinghead/speech/") == []


def test_nobody_reaches_into_the_private_parts_of_another_module() -> None:
    assert rules.private_parts(STUDIO) == PRIVATE_PARTS


def test_tests_reach_into_private_parts_only_where_they_are_listed() -> None:
    reached = {found.split(":")[0] for found in rules.private_parts(TESTS)}
    assert reached == PRIVATE_PARTS_IN_TESTS


def test_no_folder_is_too_full_to_be_looked_through() -> None:
    assert rules.full_folders({**CORE, **COMPONENTS}) == []


def test_no_module_is_too_long_to_be_read() -> None:
    assert rules.long_modules(STUDIO) == LONG_MODULES


def test_functions_are_short() -> None:
    assert rules.median_function({**CORE, **COMPONENTS}) <= rules.MOST_MEDIAN_LINES


def test_what_needs_no_streamlit_does_not_live_among_the_screens() -> None:
    assert rules.screens_without_streamlit(COMPONENTS) == []


def test_sql_is_in_the_repository_of_its_domain() -> None:
    names = ("database.py", "impatient_connection.py", "migrations/")
    databases = tuple(f"talkinghead/core/{name}" for name in names)
    found = [path for path in rules.sql_elsewhere(STUDIO) if not path.startswith(databases)]
    assert found == SQL_ELSEWHERE


def test_only_jobs_knows_the_tables_of_the_journal() -> None:
    strangers = [
        path
        for path, text in CORE.items()
        if not path.startswith("talkinghead/jobs/")
        for module, _ in rules.imports(text)
        if module == "talkinghead.jobs.tables"
    ]
    assert strangers == []


def test_nothing_but_billing_makes_a_permit() -> None:
    everything = {**CORE, **COMPONENTS, **PAGES}
    elsewhere = [
        path
        for path, text in everything.items()
        if not path.startswith("talkinghead/billing/")
        and re.search(r"\bPermit\(|def admit\(self", text)
    ]
    assert elsewhere == ["talkinghead/jobs/permit.py"]  # what a permit is asked; it makes none


def test_everything_in_the_picture_of_the_house_is_there() -> None:
    named = rules.picture_of(README)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_package_is_in_the_picture_of_the_house() -> None:
    packages = rules.packages_of({**CORE, **COMPONENTS})
    assert packages - rules.with_folders_above(rules.picture_of(README)) == set()


@pytest.mark.parametrize("container", ["talkinghead", "components"])
def test_the_picture_shows_the_layers_that_imports_are_held_to(container: str) -> None:
    held = rules.layers_of(PYPROJECT, container)
    assert rules.drawn_layers(README, container) == held


def test_the_environment_is_read_in_one_place() -> None:
    readers = [path for path, text in STUDIO.items() if "os.environ" in text or "getenv" in text]
    assert readers == ["talkinghead/core/workers/environment.py"]  # what workers may have of it


def test_processes_are_started_in_one_place() -> None:
    starts = re.compile(
        r"Popen\(|create_subprocess|subprocess\.run|multiprocessing|ProcessPool|fork\("
    )
    assert [path for path, text in STUDIO.items() if starts.search(text)] == [
        "talkinghead/cli/following.py",  # a studio of its own, which runs jobs; no worker
        "talkinghead/core/workers/start.py",
    ]


def test_pages_know_components_and_the_public_core_only() -> None:
    for page, text in PAGES.items():
        for module, _ in rules.imports(text):
            assert not module.startswith(("talkinghead.jobs.engine", "talkinghead.fal")), page


def test_no_file_names_a_package_index() -> None:
    configs = ["pyproject.toml", "requirements.txt", "requirements-dev.txt", "Makefile", ".ci/run"]
    for name in configs:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "index-url" not in text
        assert "://" not in text or name == "Makefile", name
