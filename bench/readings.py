"""Benchmark: how many scripts are read aloud as a good announcer reads them.

Run as `python bench/readings.py FILE.tsv` from the root; the file has the columns kind, written and
read, with a head. Every row that is read otherwise is printed; the last line is one JSON object:

cases, right, share     rows, those read right, and their share
kinds                   likewise the share of each kind

Spacing, hyphens, case, punctuation and the "and" within a number are levelled. A reading may end in
a note: "(ay)" or "ends in ay" for a last vowel as in "day", "(one comma)", "no pause" and
"no sentence end" for the marks between its words.
"""

import argparse
import csv
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from talkinghead.speech.local_voice.word_phonemes import (  # noqa: E402 - found from the root
    Pronouncer,
)
from talkinghead.speech.reading.spoken_text import speakable, spoken_words  # noqa: E402

_NOTE = re.compile(
    r"(?:^|,? )\(?(?P<note>ay|ends in ay|one comma|no pause|no sentence end)\)?$", re.IGNORECASE
)
_AND_IN_NUMBER = re.compile(
    r"\b(hundred|thousand|million|billion|trillion|lakh|crore)[ -]and[ -]"
    r"(?=(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)\b"
    r"|\w+(?:st|nd|rd|th)\b)"
)


class Row(NamedTuple):
    """A line of the table: its kind, what is written, and what is read."""

    kind: str
    written: str
    read: str


def rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in reader:
            yield Row(row["kind"], row["written"], row["read"])


def is_right(row: Row) -> bool:
    """Whether a row is read as it should be, its note included."""
    said = speakable(row.written)
    note = _NOTE.search(row.read)
    wanted = row.read[: note.start()] if note else row.read
    if wanted and levelled(said) != levelled(wanted):
        return False
    return _is_noted(row.written, said, note["note"].lower() if note else "")


def levelled(text: str) -> str:
    """Return the letters of a text alone, lower case, without the "and" of numbers."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return "".join(filter(str.isalnum, _AND_IN_NUMBER.sub(r"\1 ", plain)))


def _is_noted(written: str, said: str, note: str) -> bool:
    between = said.rstrip(".?!")
    if note.endswith("ay"):
        return _last_vowel_is_ay(written)
    if note == "one comma":
        return between.count(",") == 1
    if note == "no pause":
        return not re.search(r"[.,;:?!]", between)
    return note != "no sentence end" or not re.search(r"[.?!]", between)


def _last_vowel_is_ay(written: str) -> bool:
    """Whether the voice's phonemes end in A, Kokoro's letter for the vowel of "day"."""
    letters = "".join(each.letter for each in _pronouncer().symbols(spoken_words(written)))
    return bool(re.search(r"A[z.,?! ]*$", letters))


@cache
def _pronouncer() -> Pronouncer:
    return Pronouncer()


def main() -> None:
    """Measure the table named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", type=Path, metavar="FILE.tsv")
    verdicts: dict[str, list[bool]] = defaultdict(list)
    for row in rows(parser.parse_args().table):
        right = is_right(row)
        verdicts[row.kind].append(right)
        if not right:
            print(
                f"{row.kind}: {row.written!r} is read {speakable(row.written)!r}, not {row.read!r}"
            )
    every = [right for each in verdicts.values() for right in each]
    kinds = {kind: round(sum(each) / len(each), 3) for kind, each in sorted(verdicts.items())}
    share = round(sum(every) / len(every), 3) if every else 0.0
    print(json.dumps({"cases": len(every), "right": sum(every), "share": share, "kinds": kinds}))


if __name__ == "__main__":
    main()
