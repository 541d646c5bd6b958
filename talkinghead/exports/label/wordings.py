"""The wordings of the label, by language. Each begins with a capital "AI", its main element.

Source: the European Commission's code of practice on marking and labeling of AI-generated content,
June 2026: "AI", "AI GENERATED", "AI MODIFIED". Where a language has letters of its own for it, they
follow.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from talkinghead.catalogue.export import Wording

MAIN = "AI"
"""What every label begins with."""
DEFAULT_LANGUAGE = "en"


def label_languages() -> tuple[str, ...]:
    """Return the languages that a label can be in, ISO 639-1."""
    return tuple(_wordings())


def language_for(wanted: str | None) -> str:
    """Return the language if a label can be in it, otherwise English."""
    return wanted if wanted and wanted in _wordings() else DEFAULT_LANGUAGE


def label_text(wording: Wording, language: str) -> str:
    """Return what the label says: "AI-generated", "AI · KI-generiert", or "AI" alone.

    Args:
        wording: which.
        language: one of `label_languages`.
    """
    return MAIN if wording == "ai" else MAIN + _wordings()[language][wording]


def page_sentence(wording: Wording, language: str) -> str:
    """Return the sentence for the page that shows the video, in the label's language."""
    kind = "modified" if wording == "modified" else "generated"
    return _wordings()[language][f"{kind}_sentence"]


def alt_text(title: str, wording: Wording, language: str) -> str:
    """Return the alternative text of the video: its title, and that it was made with AI."""
    sentence, name = page_sentence(wording, language), title.strip()
    if not name:
        return sentence
    return f"{name} {sentence}" if name[-1] in ".!?。！？…" else f"{name}. {sentence}"


@cache
def _wordings() -> Mapping[str, Mapping[str, str]]:
    data = (files(__package__) / "data" / "wordings.json").read_text(encoding="utf-8")
    wordings: Mapping[str, Mapping[str, str]] = json.loads(data)
    return wordings
