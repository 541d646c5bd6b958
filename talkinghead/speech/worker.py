"""Worker process for speeches: `python -m talkinghead.speech.worker`.

Sentences that are not there yet are spoken by a local voice; then all become one sound. The order
is that of `talkinghead.core.workers.protocol`: the fields of `SpeechWork`, of which "sentences" are
those of `SentenceWork`. When all is done, `REPORT` is in the folder beside the sounds it names.
"""

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from talkinghead.av.sound import Sound, read_sound, write_sound
from talkinghead.core.errors import InvalidScript
from talkinghead.core.workers.protocol import EventStream, leave, serve
from talkinghead.speech.alignment.word_spread import spread
from talkinghead.speech.alignment.word_times import shown_text, word_times
from talkinghead.speech.assembling import SpokenSentence, assembled
from talkinghead.speech.local_voice.synthesis import say_each
from talkinghead.speech.pronunciations.entries import Pronounced, Replaced, as_written
from talkinghead.speech.text.timed_words import TimedWord, check_times

REPORT, SPEECH = "speech.json", "speech.wav"
FAULT = "Something went wrong in the studio, so the voice-over couldn't be generated. Try again."

_SPEAKING = 0.85  # of the whole time, where a local voice speaks
_LONGEST_QUOTE = 60


@dataclass(frozen=True)
class SentenceWork:
    """One sentence of the order.

    Attributes:
        text: as captions show it.
        said: as the voice is given it.
        replaced: where the two differ.
        pause_after: seconds.
        file: its sound, where it was spoken before.
        words: of what is said, with their times in that sound, where they are known.
    """

    text: str
    said: str
    replaced: tuple[Replaced, ...]
    pause_after: float
    file: Path | None
    words: tuple[TimedWord, ...]


@dataclass(frozen=True)
class SpeechWork:
    """The order.

    Attributes:
        voice: the local voice that speaks what is missing; None where nothing may be missing.
        language: by ISO 639-1; only English can be aligned.
        lead: seconds of silence at the beginning.
        rate: samples a second.
        sentences: in order.
        folder: where everything goes.
    """

    voice: str | None
    language: str
    lead: float
    rate: int
    sentences: tuple[SentenceWork, ...]
    folder: Path


def read_order(values: dict[str, Any]) -> SpeechWork:
    """Parse the order's JSON.

    Raises:
        ValueError, KeyError, TypeError: it is none.
    """
    sentences = tuple(
        SentenceWork(
            text=each["text"],
            said=each["said"],
            replaced=tuple(Replaced(**place) for place in each["replaced"]),
            pause_after=float(each["pause_after"]),
            file=Path(each["file"]) if each["file"] else None,
            words=tuple(TimedWord(*word) for word in each["words"]),
        )
        for each in values["sentences"]
    )
    return SpeechWork(
        values["voice"],
        values["language"],
        float(values["lead"]),
        int(values["rate"]),
        sentences,
        Path(values["folder"]),
    )


def make_speech(work: SpeechWork, events: EventStream) -> dict[str, Any]:
    """Synthesise missing sentences, assemble the speech, and write it."""
    spoken = _spoken(work, events)
    began = _SPEAKING if spoken else 0.0
    sentences, new = [], []
    for number, each in enumerate(work.sentences):
        file, reported = spoken.get(each.said) or (each.file, each.words)
        assert file is not None  # noqa: S101  what had no file was just spoken
        sound = read_sound(file, work.rate)
        words = _words(each.said, reported, sound, work.language)
        if each.said in spoken or not reported:
            new.append(_report_of(number, file, sound, words))
        said = Pronounced(each.said, each.replaced)
        sentences.append(
            SpokenSentence(each.text, sound, each.pause_after, as_written(words, said))
        )
        events.progress(began + (1 - began) * 0.9 * (number + 1) / len(work.sentences))
    speech = assembled(sentences, work.lead)
    write_sound(speech.sound, work.folder / SPEECH)
    report = {
        "seconds": round(speech.sound.seconds, 6),
        "sentences": [list(asdict(each).values()) for each in speech.sentences],
        "words": [list(asdict(each).values()) for each in speech.words],
        "spoken": new,
    }
    _write(work.folder / REPORT, report)
    return {"seconds": report["seconds"]}


def _spoken(work: SpeechWork, events: EventStream) -> dict[str, tuple[Path, tuple[TimedWord, ...]]]:
    """Return file and words of each text spoken by a local voice."""
    texts = list(dict.fromkeys(each.said for each in work.sentences if each.file is None))
    if not texts:
        return {}
    if work.voice is None:
        raise InvalidScript(
            "A sentence of this voice-over is missing. Generate the voice-over again."
        )

    def report_progress(fraction: float) -> None:
        events.progress(
            _SPEAKING * fraction, f"Sentence {round(fraction * len(texts))} of {len(texts)}"
        )

    found = {}
    for number, (text, speech) in enumerate(
        zip(texts, say_each(texts, work.voice, report_progress), strict=True)
    ):
        if speech is None:
            raise InvalidScript(
                f"Free voices speak English only and can't say “{_quoted(text)}”. Choose another "
                "voice, or remove it."
            )
        file = work.folder / f"sentence-{number}.flac"
        write_sound(speech.sound, file)
        found[text] = (file, speech.words)
    return found


def _words(
    said: str, reported: tuple[TimedWord, ...], sound: Sound, language: str
) -> tuple[TimedWord, ...]:
    """Return the word times; those that the voice reported are used if they fit the sound."""
    if language != "en" and not check_times(reported, sound).fits:
        return spread(shown_text(said), sound)
    return word_times(sound, said, spoken=reported).words


def _report_of(
    number: int, file: Path, sound: Sound, words: tuple[TimedWord, ...]
) -> dict[str, Any]:
    return {
        "number": number,
        "file": file.name,
        "seconds": round(sound.seconds, 6),
        "words": [list(asdict(word).values()) for word in words],
    }


def _quoted(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def _write(path: Path, report: dict[str, Any]) -> None:
    """Write the file atomically."""
    partial = path.with_suffix(".part")
    partial.write_text(json.dumps(report), encoding="utf-8")
    partial.replace(path)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    leave(serve(read_order, make_speech, lambda work: None, FAULT))
