"""Each rule of the house finds what breaks it, and nothing else."""

import pytest

from tests import house_rules as rules

LAYERS = [
    frozenset({"workspace"}),
    frozenset({"renders"}),
    frozenset({"speech"}),
    frozenset({"videos", "portraits"}),
    frozenset({"jobs"}),
    frozenset({"core"}),
]


def test_layers_are_read_from_the_contract_of_their_container() -> None:
    pyproject = """
        [[tool.importlinter.contracts]]
        type = "forbidden"
        [[tool.importlinter.contracts]]
        containers = ["talkinghead"]
        layers = ["speech", "videos | portraits"]
    """
    assert rules.layers_of(pyproject, "talkinghead") == [
        frozenset({"speech"}),
        frozenset({"videos", "portraits"}),
    ]


def test_an_outside_package_is_found_where_it_should_not_be_known() -> None:
    sources = {
        "talkinghead/fal/client.py": "import httpx",
        "talkinghead/jobs/engine.py": "def later():\n    from httpx import Client",
    }
    assert rules.strangers(sources, "httpx", ("talkinghead/fal/",)) == [
        "talkinghead/jobs/engine.py: httpx"
    ]


@pytest.mark.parametrize(
    ("screen", "line"),
    [
        ("speech/picker.py", "from talkinghead.renders.service import Plan"),  # above its domain
        ("portraits/picker.py", "from talkinghead.videos.service import Gallery"),  # a neighbour
        ("portraits/picker.py", "from talkinghead.workspace import Plan"),  # by the door
        ("speech/picker.py", "from talkinghead.studio import Studio"),
        ("ui/card.py", "from talkinghead.videos.service import Gallery"),
        ("shell/session.py", "if True:\n    from talkinghead.renders import service"),
    ],
)
def test_a_screen_that_knows_too_much_is_found(screen: str, line: str) -> None:
    door = "from talkinghead.renders.service import Plan"
    sources = {f"components/{screen}": line, "talkinghead/workspace.py": door}
    (found,) = rules.screens_beyond_their_domain(sources, LAYERS)
    assert found.startswith(f"components/{screen}: talkinghead.")


@pytest.mark.parametrize(
    ("screen", "line"),
    [
        ("speech/picker.py", "from talkinghead.speech.service import Speech"),
        ("speech/picker.py", "from talkinghead.jobs.job import Job"),
        ("speech/picker.py", "from talkinghead.renders.values import Plan"),
        ("speech/picker.py", "from talkinghead.workspace import Workspace"),
        ("speech/picker.py", "import streamlit"),
        ("ui/card.py", "from talkinghead.jobs.job import Job"),
        ("__init__.py", "from talkinghead.renders import service"),
    ],
)
def test_what_a_screen_may_know_is_not_found(screen: str, line: str) -> None:
    sources = {f"components/{screen}": line, "talkinghead/workspace.py": ""}
    assert rules.screens_beyond_their_domain(sources, LAYERS) == []


def test_a_package_that_imports_its_surroundings_is_found() -> None:
    sources = {
        "talkinghead/speech/__init__.py": "",
        "talkinghead/speech/service.py": "from talkinghead.speech.text import tokens",
        "talkinghead/speech/text/tokens.py": "from talkinghead.speech import service",
        "talkinghead/speech/text/words.py": "from talkinghead.speech.service import Speech",
        "talkinghead/speech/reading/abbreviations.py": "from talkinghead.speech.text import tokens",
    }
    assert rules.rooms_looking_up(sources, "talkinghead/speech/") == [
        "talkinghead/speech/text/tokens.py: talkinghead.speech.service",
        "talkinghead/speech/text/words.py: talkinghead.speech.service",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "from talkinghead.jobs.engine import _start",
        "workspace._store.put()",
        "self.workspace._store = 1",
        "studio._database._engine",
        "callback(lambda given: given._hidden)",
    ],
)
def test_a_private_part_of_another_module_is_found(line: str) -> None:
    assert rules.private_parts({"tests/test_a.py": line})


@pytest.mark.parametrize(
    "line",
    [
        "class A:\n def a(self): self._a = 1\n def b(self, other): return other._a",
        "self._store.put()",
        "super()._close()",
        "_own = 1",
        "row._mapping",
        "os._exit(3)",
        "module.__name__",
        "from talkinghead import __version__",
    ],
)
def test_a_private_part_of_ones_own_is_not_found(line: str) -> None:
    assert rules.private_parts({"talkinghead/jobs/job.py": line}) == []


def test_a_folder_that_is_too_full_is_found() -> None:
    names = ["__init__", *(f"file_{number}" for number in range(3)), "inner/a", "inner/b"]
    sources = {f"talkinghead/jobs/{name}.py": "" for name in names}
    assert rules.full_folders(sources, most=2) == ["talkinghead/jobs: 3 files"]
    assert rules.full_folders(sources, most=3) == []


def test_a_module_that_is_too_long_is_found() -> None:
    sources = {"a.py": "a\n" * 300, "b.py": "a\n" * 301}
    assert rules.long_modules(sources) == ["b.py"]


def test_the_median_function_is_measured_with_its_docstring() -> None:
    short, long = "def a():\n    return 1\n", 'async def b():\n    """Say."""\n    a()\n    a()\n'
    assert rules.median_function({"a.py": short + long, "b.py": long}) == 4


def test_a_screen_without_streamlit_is_found() -> None:
    sources = {
        "components/__init__.py": "",
        "components/ui/drawn.py": "import streamlit as st",
        "components/ui/drawing.py": "from components.ui.drawn import card",
        "components/ui/drawing_later.py": "from components.ui import drawing",
        "components/ui/words.py": "from components.ui.numbers import one",
        "components/ui/numbers.py": "one = 1",
    }
    assert rules.screens_without_streamlit(sources) == [
        "components/ui/numbers.py",
        "components/ui/words.py",
    ]


def test_sql_outside_a_repository_is_found() -> None:
    names = ["repository", "tables", "upload_repository", "service", "tables_of_contents"]
    sources = {f"talkinghead/fal/{name}.py": "from sqlalchemy import select" for name in names}
    sources["talkinghead/fal/values.py"] = "select = 1"
    assert rules.sql_elsewhere(sources) == [
        "talkinghead/fal/service.py",
        "talkinghead/fal/tables_of_contents.py",
    ]


README = """
## Architecture

```
app.py            who is here
core/             knows nothing
  jobs/ videos/   what happened; and a word/less thing
  cli.py          a command line
  speech/         script to sound: text/ reading/, local/voice/; what else
tests/  bench/    mirror it
```

Imports run downwards.

```
app → core
core: cli → speech
      → jobs | videos
tests: bench
```
"""


def test_the_picture_names_folders_with_their_contents() -> None:
    assert rules.picture_of(README) == [
        "app.py",
        "core/",
        "core/jobs/",
        "core/videos/",
        "core/cli.py",
        "core/speech/",
        "core/speech/text/",
        "core/speech/reading/",
        "core/speech/local/voice/",
        "tests/",
        "bench/",
    ]


def test_a_folder_is_named_with_its_contents() -> None:
    assert rules.with_folders_above(["core/speech/text/"]) == {
        "core/",
        "core/speech/",
        "core/speech/text/",
    }


def test_packages_are_the_folders_that_can_be_imported() -> None:
    sources = {"core/__init__.py": "", "core/jobs/__init__.py": "", "core/data/table.py": ""}
    assert rules.packages_of(sources) == {"core/", "core/jobs/"}


def test_layers_are_read_from_the_picture() -> None:
    assert rules.drawn_layers(README, "core") == [
        frozenset({"cli"}),
        frozenset({"speech"}),
        frozenset({"jobs", "videos"}),
    ]
