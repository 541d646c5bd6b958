"""Markdown and the lists of office programs: marks go, the words stay.

A mark that plain text has too stays where nothing else says that it is Markdown: "#1", "C#",
"2 * 3", "snake_case", one line that begins with a dash. `*word*` is the studio's own mark of
emphasis, `[pause 1]` its pause.
"""

import re

from talkinghead.speech.text.pasting.rule import Rule, in_turn, replacing

_BULLET = "•◦▪▫‣⁃●○■□➢➤✓✔·\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
_TASK = r"(?:\[[ xX]\][ \t]+)?"
_ADDRESS = r"(?:https?:|mailto:|tel:|www\.|[#/]|\.{1,2}/|[\w-]+\.\w)"
_WHOLE_ADDRESS = rf"<?{_ADDRESS}[^()\s]*(?:\([^()\s]*\)[^()\s]*)*>?(?:\s+\"[^\"\n]*\")?"
_REFERENCE = re.compile(r"^[ \t]{0,3}\[(?!\^)([^\]\n]+)\]:[ \t]+\S+.*(?:\n|\Z)", re.MULTILINE)
_DASHED = re.compile(rf"^[ \t]*[-*+][ \t]+{_TASK}(?=\S)", re.MULTILINE)
_UNDER_HEAD = re.compile(
    r"^[ \t]*(?:\|[ \t]*)?:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$", re.MULTILINE
)
_SURE = re.compile(
    rf"^#{{1,6}}[ \t]+[^\sa-z]|\*\*[^\s*]|\[[^\[\]\n]+\]\({_ADDRESS}|^[ \t]*```", re.MULTILINE
)
"""What only Markdown has."""
_WINDOWS_PATH = re.compile(r"\b[A-Za-z]:\\")
_STRUCK = r"(?<![\w~])~~(?=\S)([^\n~]+?)(?<=\S)~~(?![\w~])"
_HIGHLIGHTED = r"(?<![\w=])==(?=[^\s=])([^\n=]+?)(?<=[^\s=])==(?![\w=])"


def _without_dashes(text: str) -> str:
    """Remove the dash or star of list items: of two and more, or where there is other Markdown."""
    if len(_DASHED.findall(text)) < 2 and not _SURE.search(text):
        return text
    return _DASHED.sub("", text)


def _without_references(text: str) -> str:
    names = {name.lower() for name in _REFERENCE.findall(text)}
    if not names:
        return text

    def words(link: re.Match[str]) -> str:
        return link[1] if (link[2] or link[1]).lower() in names else link[0]

    return re.sub(r"\[([^\]\n]+)\]\[([^\]\n]*)\]", words, _REFERENCE.sub("", text))


def _without_tables(text: str) -> str:
    lines = text.split("\n")
    heads = [n for n, line in enumerate(lines) if "|" in line and _UNDER_HEAD.fullmatch(line)]
    for head in reversed(heads):
        first = head
        while first > 0 and "|" in lines[first - 1]:
            first -= 1
        last = head
        while last + 1 < len(lines) and "|" in lines[last + 1]:
            last += 1
        rows = [line for n, line in enumerate(lines[first : last + 1], first) if n != head]
        lines[first : last + 1] = map(_cells, rows)
    return "\n".join(lines)


def _cells(row: str) -> str:
    cells = (cell.strip() for cell in row.strip().strip("|").split("|"))
    return ", ".join(filter(None, cells))


def _without_escapes(text: str) -> str:
    if _WINDOWS_PATH.search(text):
        return text
    text = re.sub(r"(?<!\\)\\([_#\[\]~>+.!|`(){}-])", r"\1", text)
    return re.sub(r"(?<!\\)\\\*(?=\s|$)", "*", text, flags=re.MULTILINE)


MARKDOWN = (
    Rule("code marks", replacing(r"^[ \t]*(?:```|~~~)[\w+-]*[ \t]*(?:\n|\Z)", "")),
    Rule("tables", _without_tables),
    Rule(
        "bullets",
        in_turn(
            replacing(rf"^[ \t]*(?:[{_BULLET}][ \t]*|[o§]\t[ \t]*){_TASK}(?=\S)", ""),
            _without_dashes,
        ),
    ),
    Rule(
        "headings",
        in_turn(
            replacing(r"^[ \t]{0,3}#{2,6}[ \t]+(?=\S)", ""),
            replacing(r"^[ \t]{0,3}#[ \t]+(?=[^\sa-z\d])", ""),
            replacing(r"(?<=\S)[ \t]+#{2,}[ \t]*$", ""),
            replacing(r"(?<=\n)[ \t]*={3,}[ \t]*(?:\n|\Z)", ""),
        ),
    ),
    Rule("lines across", replacing(r"^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|_{3,})$", "\n")),
    Rule("quote marks", replacing(r"^[ \t]*(?:>[ \t]*)*>[ \t]+(?![\d$€£¥₹=])(?=\S)", "")),
    Rule(
        "links",
        in_turn(
            replacing(rf"!?\[(?!pause\b)([^\[\]\n]*)\]\(\s*{_WHOLE_ADDRESS}\s*\)", r"\1"),
            _without_references,
            replacing(r"<(https?://[^<>\s]+)>", r"\1"),
        ),
    ),
    Rule(
        "footnote marks",
        in_turn(
            replacing(r"^\[\^[\w-]+\]:[ \t]+", ""),
            replacing(r"\[\^[\w-]+\]", ""),
        ),
    ),
    Rule(
        "bold and italics",
        in_turn(
            replacing(
                r"(?<![\w*\\])(\*{2,3})(?=[^\s*])([^\n]{1,500}?)(?<=[^\s*])\1(?![\w*])", r"\2"
            ),
            replacing(
                r"(?<![\w_\\])(_{1,3})(?=[^\s_])([^\n]{1,500}?)(?<=[^\s_])\1(?![\w_])", r"\2"
            ),
            replacing(_STRUCK, r"\1"),
            replacing(_HIGHLIGHTED, r"\1"),
        ),
    ),
    Rule(
        "code marks",
        replacing(r"(?<![\w`])(`{1,2})(?=[^\s`])([^`\n]+?)(?<=[^\s`])\1(?![\w`])", r"\2"),
    ),
    Rule("backslashes", _without_escapes),
)
