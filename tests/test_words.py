"""What a person reads is plain American English, with one term for one thing."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests import words_rules as rules
from tests.words_rules import Text

ROOT = Path(__file__).parent.parent

# What is left out, each with its reason. A list that says too much fails as well.
ALLOWED = {
    "blur or colour keep the whole frame": "the name of the fit, as stored videos have it",
}


@cache
def texts() -> tuple[Text, ...]:
    """Everything that a person reads."""
    return tuple(everything())


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


BAD = '''
"""This very docstring is no text."""
log.info("The ledger of this very job was fetched again")
COLOUR = "colour"
st.markdown("There is no key of fal.ai here.")
st.button("Not now")
raise RenderFailed(f"The picture of {name} is not here any more.")
st.caption("Made on this machine in your favourite colour.")
st.code("https:\u200b//fal.ai/dashboard is copied")
'''


def bad() -> list[Text]:
    return list(rules.python_texts("pages/bad.py", BAD))


def test_texts_are_what_people_read_and_nothing_else() -> None:
    assert [text.line for text in bad()] == [5, 6, 7, 8, 9]
    assert bad()[2].words == "The picture of {} is not here any more."


@pytest.mark.parametrize(
    ("table", "lines"), [("phrases", {5, 6, 7, 8}), ("glossary", {7, 8}), ("spelling", {8})]
)
def test_a_bad_text_is_found(table: str, lines: set[int]) -> None:
    found = rules.forbidden(bad(), rules.table(table))
    assert {int(line.split(":")[1]) for line in found} == lines


def test_an_invisible_character_is_found() -> None:
    (found,) = rules.invisible(bad())
    assert found.startswith("pages/bad.py:9: U+200B")


def test_code_and_addresses_in_markdown_are_left_out() -> None:
    read = rules.markdown_texts("a.md", "Use `jobs` [here](very.md).\n```\nledger\n```\nThe end")
    assert [text.words for text in read] == ["Use  [here.", "The end"]


def test_comments_in_scripts_are_left_out() -> None:
    read = rules.script_texts("a.js", "/* very\nold */\n// a job\nshow('Not now'); // ledger")
    assert [text.words for text in read] == ["Not now"]


def test_what_is_allowed_is_taken_out_and_has_to_be_found() -> None:
    assert rules.without(["a: very", "b: very"], {"a:": "it may"}) == ["b: very"]
    assert rules.unused(["b: very"], {"a:": "it may"}) == ["a:"]
