"""Long speeches that know their sentences, quick to make: tones instead of words."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from uuid import uuid4

import numpy as np

from talkinghead import Studio, Workspace
from talkinghead.av.sound import Sound, sound_bytes
from talkinghead.catalogue import SpeechLength
from talkinghead.speech.assembling import AssembledSpeech, SpokenSentence, assembled
from talkinghead.speech.repository import Speech, write_speech
from tests.records import database_of

RATE = 16_000
SECONDS_A_LETTER = 0.065
PAUSE = 0.35


@cache
def tone(text: str, rate: int = RATE) -> Sound:
    """Something to hear for a sentence, always the same, with a click somewhere in it."""
    random = np.random.default_rng(list(text.encode()))
    count = round(SECONDS_A_LETTER * len(text) * rate)
    samples = 0.1 * np.sin(np.arange(count) * random.uniform(0.02, 0.06) * RATE / rate)
    at = random.integers(rate // 10, count - rate // 10)
    samples[at : at + rate // 700] = 1.0
    return Sound(samples.astype(np.float32), rate)


def sentences(seconds: float) -> list[str]:
    """Sentences of all lengths that take about so long."""
    random, texts, left = np.random.default_rng(4), list[str](), seconds - 0.6
    while left > 0:
        texts.append(f"Sentence {len(texts)} {'and so on ' * random.integers(2, 10)}.")
        left -= SECONDS_A_LETTER * len(texts[-1]) + PAUSE
    return texts


@cache
def said(texts: tuple[str, ...], rate: int = RATE) -> AssembledSpeech:
    """The speech itself."""
    return assembled([SpokenSentence(text, tone(text, rate)) for text in texts])


def speak(
    studio: Studio,
    workspace: Workspace,
    texts: Sequence[str],
    rate: int = RATE,
    voice_id: str = "tone",
) -> tuple[str, SpeechLength]:
    """A speech in the workspace's library: its reference and its length."""
    spoken = said(tuple(texts), rate)
    recording = workspace.recordings.add(sound_bytes(spoken.sound), "speech.wav")
    seconds = Decimal(str(recording.seconds))
    speech = Speech(
        id=uuid4().hex,
        script=" ".join(texts),
        voice_id=voice_id,
        language="en",
        reference=recording.reference,
        seconds=seconds,
        sentences=spoken.sentences,
        words=spoken.words,
        dollars=Decimal(0),
        created_at=datetime.now(UTC),
    )
    with database_of(studio) as database, database.writing() as connection:
        write_speech(connection, workspace.id, speech, uuid4().hex)
    return recording.reference, SpeechLength(seconds, "recording")
