"""What a person reads, collected from sources, and rules on its words that return what breaks them.

A rule takes `Text`s and returns lines of the form "path:line: found → better: text".
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "words"
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_LOGGERS = frozenset({"log", "logger", "_log", "LOG", "logging"})
_QUIET = frozenset({"Path", "compile", "fullmatch", "TypeVar", "text"})
"""Calls whose strings nobody reads: paths, patterns, types, SQL."""


@dataclass(frozen=True)
class Text:
    """A text that a person may read, and where it stands."""

    path: str
    line: int
    words: str

    def found(self, what: str, better: str) -> str:
        """Return a line that says what is wrong with it."""
        return f"{self.path}:{self.line}: {what} → {better}: {self.words.strip()[:90]}"


@cache
def table(name: str) -> Mapping[str, str]:
    """Return a table of tests/data/words: a pattern and the better wording, a pair a line."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return dict(pairs)


def python_texts(path: str, source: str) -> Iterator[Text]:
    """Yield the strings of a module that a person may read: those with a space, and single words
    with a capital. Docstrings, log lines, patterns, SQL and keys are left out; what is formatted
    into a text stands there as {}."""
    tree = ast.parse(source)
    unread = set(_unread(tree))
    for node in ast.walk(tree):
        if node in unread:
            continue
        words = _words(node)
        if words is not None and re.search(r"[A-Za-z]", words) and _for_people(words):
            yield Text(path, node.lineno, words)  # type: ignore[attr-defined]


def _words(node: ast.AST) -> str | None:
    if isinstance(node, ast.JoinedStr):
        parts = [each.value if isinstance(each, ast.Constant) else "{}" for each in node.values]
        return "".join(map(str, parts))
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def _for_people(words: str) -> bool:
    if words.lstrip().startswith(("SELECT ", "PRAGMA ", "SET ", "<", "{} ")):
        return words.lstrip().startswith("{} ")
    return " " in words.strip() or bool(re.fullmatch(r"[A-Z][a-z]+[.…?!]?", words))


def _unread(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value  # a docstring
        if isinstance(node, ast.JoinedStr):
            yield from node.values
        elif isinstance(node, ast.Call) and _is_quiet(node.func):
            yield from ast.walk(node)


def _is_quiet(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute):
        owner = called.value.id if isinstance(called.value, ast.Name) else ""
        return owner in _LOGGERS or called.attr in _QUIET - {"text"}
    return isinstance(called, ast.Name) and called.id in _QUIET


def markdown_texts(path: str, source: str) -> Iterator[Text]:
    """Yield the lines of a Markdown file without its code."""
    inside = False
    for number, line in enumerate(source.splitlines(), 1):
        if line.lstrip().startswith("```"):
            inside = not inside
        elif not inside and line.strip():
            yield Text(path, number, re.sub(r"`[^`]*`|\]\([^)]*\)", "", line))


def script_texts(path: str, source: str) -> Iterator[Text]:
    """Yield the lines of a page, or the quoted words of a browser script, without comments."""
    bare = re.sub(r"/\*.*?\*/|<!--.*?-->", lambda it: "\n" * it[0].count("\n"), source, flags=re.S)
    for number, line in enumerate(bare.splitlines(), 1):
        words = re.sub(r"(^|\s)//.*", "", line).strip()
        quoted = [found[1] for found in re.findall(r"([\"'`])(.*?)\1", words)]
        for found in quoted if path.endswith(".js") else [words]:
            if re.search("[A-Za-z]", found):
                yield Text(path, number, found)


def forbidden(texts: Iterable[Text], phrases: Mapping[str, str]) -> list[str]:
    """Find phrases of a table, in any case, as whole words."""
    patterns = {
        re.compile(rf"(?<![\w]){phrase}(?![\w])", re.IGNORECASE): better
        for phrase, better in phrases.items()
    }
    return [
        text.found(hit[0], better)
        for text in texts
        for pattern, better in patterns.items()
        if (hit := pattern.search(text.words))
    ]


def invisible(texts: Iterable[Text]) -> list[str]:
    """Find characters that nobody sees and everybody copies."""
    return [
        text.found(f"U+{ord(hit[0]):04X}", "nothing")
        for text in texts
        if (hit := INVISIBLE.search(text.words))
    ]


def without(found: Sequence[str], allowed: Mapping[str, str]) -> list[str]:
    """Return what is found without what is allowed: a part of the line, and the reason."""
    return [line for line in found if not any(part in line for part in allowed)]


def unused(found: Sequence[str], allowed: Mapping[str, str]) -> list[str]:
    """Return what is allowed and no longer found."""
    return [part for part in allowed if not any(part in line for line in found)]
