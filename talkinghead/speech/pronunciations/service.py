"""The pronunciations service of one workspace; its list applies to every voice."""

import re
import unicodedata
from collections.abc import Sequence

from talkinghead.core.errors import InvalidInput
from talkinghead.speech.pronunciations.entries import Pronunciation
from talkinghead.speech.pronunciations.repository import PronunciationRepository

LONGEST_WRITTEN, LONGEST_SAID, MOST_ENTRIES = 80, 200, 200
_MARKS = re.compile(r"[\[\]<>*]")  # they mean something else to voices


class PronunciationService:
    """The pronunciation list of one workspace.

    Args:
        workspace: its id.
        entries: the lists of every workspace.
    """

    def __init__(self, workspace: str, entries: PronunciationRepository) -> None:
        self._workspace = workspace
        self._entries = entries

    def replace(self, entries: Sequence[Pronunciation]) -> None:
        """Replace the list.

        Raises:
            InvalidInput: an entry is empty, too long, twice there, or holds a mark.
        """
        cleaned = [Pronunciation(_clean(each.written), _clean(each.said)) for each in entries]
        if problem := _problem(cleaned):
            raise InvalidInput(problem, field="pronunciations")
        self._entries.replace(self._workspace, cleaned)

    def list(self) -> list[Pronunciation]:
        """Return the list, by written form."""
        return self._entries.of(self._workspace)


def _clean(text: str) -> str:
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return " ".join(unicodedata.normalize("NFC", visible).split())


def _problem(entries: Sequence[Pronunciation]) -> str | None:
    if len(entries) > MOST_ENTRIES:
        return f"The list can have up to {MOST_ENTRIES} words. Remove some first."
    written = [each.written for each in entries]
    for each in entries:
        if not each.written or not each.said:
            return "Fill in both the word and how to say it."
        if len(each.written) > LONGEST_WRITTEN or len(each.said) > LONGEST_SAID:
            return (
                f"A word can have up to {LONGEST_WRITTEN} characters, and how to say it up to "
                f"{LONGEST_SAID}. Shorten “{each.written[:LONGEST_WRITTEN]}”."
            )
        if _MARKS.search(each.written + each.said):
            return f"“{each.written}” contains a bracket or an asterisk. Remove it."
        if written.count(each.written) > 1:
            return f"“{each.written}” is in the list twice. Remove one."
    return None
