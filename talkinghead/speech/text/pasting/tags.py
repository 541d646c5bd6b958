"""HTML and SSML: tags go, the words in them stay, and breaks become pause marks.

A word in angle brackets that is no tag stays, such as `<your name>`, `Ann <ann@example.com>` or
"a <b and c> d": a tag has a known name, is well formed, and is closed where tags of its name are.
"""

import re

from talkinghead.speech.text.pasting.rule import Clean, Rule, in_turn, replacing

_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
     "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
     "h6", "head", "header", "html", "main", "nav", "ol", "p", "pre", "section", "speak", "table",
     "tbody", "tfoot", "thead", "title", "ul"]
)  # fmt: skip
_LINES = frozenset({"br", "hr", "li", "tr", "option"})
_ALONE = frozenset(
    ["br", "hr", "img", "input", "wbr", "meta", "link", "col", "source", "embed", "break", "mark"]
)  # fmt: skip
_INLINE = frozenset(
    ["a", "abbr", "acronym", "audio", "b", "bdi", "bdo", "big", "button", "caption", "cite",
     "code", "colgroup", "data", "del", "desc", "dfn", "em", "emphasis", "font", "i", "iframe",
     "ins", "kbd", "label", "lang", "lexicon", "metadata", "object", "phoneme", "picture",
     "prosody", "q", "rp", "rt", "ruby", "s", "samp", "say-as", "select", "small", "span",
     "strike", "strong", "sub", "summary", "sup", "svg", "td", "textarea", "th", "time", "tt", "u",
     "var", "video", "voice", "w"]
)  # fmt: skip
_SSML = re.compile(
    r"<(?:speak|break|emphasis|prosody|say-as|phoneme|sub\s+alias|mstts:)\b", re.IGNORECASE
)
_KNOWN = _BLOCKS | _LINES | _ALONE | _INLINE
_VENDOR = re.compile(r"(?:o|w|v|m|st1|amazon|mstts|google):[\w-]+")

_QUOTED = "\"[^\"<>]*\"|'[^'<>]*'|[“”][^“”<>]*[“”]|[^\\s\"'<>=]+"
_BARE = "async|autoplay|checked|controls|defer|disabled|hidden|loop|muted|nowrap|selected"
_ATTRIBUTES = rf"(?:\s+(?:[\w:.-]+\s*=\s*(?:{_QUOTED})|(?:{_BARE})(?=[\s/>])))*"
_TAG = re.compile(rf"<(/?)([A-Za-z][\w-]*(?::[\w-]+)?)({_ATTRIBUTES})\s*(/?)>")
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*[\"'“”]?([^\"'“”<>\s][^\"'“”<>]*)")
_OPENING = re.compile(r"<([A-Za-z][\w:-]*)(?=[\s/>])")
_CLOSING = re.compile(r"</([A-Za-z][\w:-]*)\s*>")

_PAUSE_OF_STRENGTH = {
    "none": 0.0, "x-weak": 0.1, "weak": 0.25, "medium": 0.5, "strong": 0.75, "x-strong": 1.0,
}  # fmt: skip
_TIME = re.compile(r"\+?(\d+(?:\.\d+)?|\.\d+)\s*(ms|s)?", re.IGNORECASE)


def _without_tags(text: str) -> str:
    paired = _paired(text)
    if paired & _BLOCKS:  # line ends within it are nothing but spaces
        text = re.sub(r"\s+", " ", text)
    text = re.sub(r"</t[dh]>\s*<t[dh]\b", ", <td", text, flags=re.IGNORECASE)
    return _TAG.sub(lambda tag: _instead(tag, paired), text)


def _paired(text: str) -> frozenset[str]:
    """Return the names of tags that are opened and closed somewhere."""
    opened = {name.lower() for name in _OPENING.findall(text)}
    return frozenset(opened & {name.lower() for name in _CLOSING.findall(text)})


def _instead(tag: re.Match[str], paired: frozenset[str]) -> str:
    """Return what stands for a tag: white space, a pause mark, or the text itself if it is none."""
    closing, name, attributes, closed = tag[1], tag[2].lower(), tag[3], tag[4]
    if name not in _KNOWN and not _VENDOR.fullmatch(name):
        return tag[0]
    if not (name in _ALONE or name in paired or attributes.strip() or closed):
        return tag[0]
    if name in ("break", "mstts:silence"):
        return "" if closing else _pause(attributes)
    if name in _BLOCKS:
        return "\n\n"
    return "\n" if name in _LINES and not closing else ""


def _pause(attributes: str) -> str:
    """Return the pause mark of a `break`."""
    given = {name.lower(): value for name, value in _ATTRIBUTE.findall(attributes)}
    time = _TIME.fullmatch(given.get("time", given.get("value", "")).strip())
    if time is None:
        strength = given.get("strength", "").lower()
        return (
            _mark(_PAUSE_OF_STRENGTH[strength]) if strength in _PAUSE_OF_STRENGTH else " [pause] "
        )
    return _mark(float(time[1]) / (1000 if (time[2] or "s").lower() == "ms" else 1))


def _mark(seconds: float) -> str:
    return f" [pause {round(seconds, 3):g}] " if seconds else " "


def _without_elements(*names: str) -> Clean:
    """Return a function that removes these elements with what is in them, in one pass."""
    return in_turn(*(_without_spans(rf"<{name}\b[^<>]*>", f"</{name}>") for name in names))


def _without_spans(opening: str, closing: str) -> Clean:
    begin, end = (re.compile(each, re.IGNORECASE) for each in (opening, closing))

    def clean(text: str) -> str:
        kept, at = "", 0
        while found := begin.search(text, at):
            closed = end.search(text, found.end())
            if closed is None:
                break
            kept += text[at : found.start()]
            at = closed.end()
        return kept + text[at:]

    return clean


_HIDDEN = in_turn(
    _without_spans("<!--", "-->"),
    _without_elements("script", "style"),
    replacing(r"(?i)<!DOCTYPE[^<>]*>|<\?xml\b[^<>]*>|<!\[(?:if|endif)[^<>]*\]>", ""),
)
_SAID_OTHERWISE = in_turn(
    _without_elements("desc", "metadata"),
    replacing(r"(?i)<sub\s+alias\s*=\s*[\"“']([^\"”'<>]+)[\"”']\s*>[^<>]*</sub>", r"\1"),
    replacing(
        r"(?i)<emphasis\s+level\s*=\s*[\"“'](?:none|reduced)[^<>]*>([^<>]*)</emphasis>", r"\1"
    ),
    replacing(r"(?i)<emphasis\b[^<>]*>\s*([^\s<>*][^<>*\n]*?)\s*</emphasis>", r"*\1*"),
)
_VENDOR_PAUSES = in_turn(
    replacing(r"<#\s*(\d+(?:\.\d+)?)\s*#>", lambda found: _mark(float(found[1]))),  # MiniMax
    replacing(r"\[\[slnc (\d+)\]\]", lambda found: _mark(float(found[1]) / 1000)),  # macOS
)


def _ssml(text: str) -> str:
    return in_turn(_SAID_OTHERWISE, _without_tags)(text) if _SSML.search(text) else text


SPOKEN_TAGS = Rule("SSML", in_turn(_VENDOR_PAUSES, _ssml))
TAGS = Rule("HTML", in_turn(_HIDDEN, _without_tags))
