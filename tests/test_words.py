"""What a person reads is plain American English, with one term for one thing."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests import words_rules as rules
from tests.words_rules import Text

ROOT = Path(__file__).parent.parent

# What is left out, each with its reason. A list that says too much fails as well.
ALLOWED: dict[str, str] = {}
# Whose texts are still to be mended.
UNFINISHED: tuple[str, ...] = (
    "components/",
    "pages/",
    "talkinghead/captions/",
    "talkinghead/exports/",
    "talkinghead/portraits/",
    "talkinghead/projects/",
    "talkinghead/speech/",
    "README.md",
    "CHANGELOG.md",
)


@cache
def texts() -> tuple[Text, ...]:
    """Everything that a person reads, outside of what is unfinished."""
    return tuple(each for each in everything() if not each.path.startswith(UNFINISHED))


def everything() -> Iterator[Text]:
    """The texts of the core, the screens and their scripts, of the README and the changelog."""
    for top in ("talkinghead", "components", "pages", "app.py"):
        for path in [ROOT / top] if top.endswith(".py") else sorted((ROOT / top).rglob("*.*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix == ".py" and "/migrations/" not in name:
                yield from rules.python_texts(name, path.read_text(encoding="utf-8"))
            elif path.suffix in (".js", ".html"):
                yield from rules.script_texts(name, path.read_text(encoding="utf-8"))
    yield from rules.markdown_texts("README.md", (ROOT / "README.md").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    yield from rules.markdown_texts("CHANGELOG.md", changelog)


def broken(table: str) -> list[str]:
    return rules.forbidden(texts(), rules.table(table))


@pytest.mark.parametrize("table", ["phrases", "glossary", "spelling"])
def test_texts_use_the_words_of_the_product(table: str) -> None:
    assert rules.without(broken(table), ALLOWED) == []


def test_no_text_has_invisible_characters() -> None:
    assert rules.without(rules.invisible(texts()), ALLOWED) == []


def test_every_exception_is_needed() -> None:
    found = [line for table in ("phrases", "glossary", "spelling") for line in broken(table)]
    assert rules.unused([*found, *rules.invisible(texts())], ALLOWED) == []
