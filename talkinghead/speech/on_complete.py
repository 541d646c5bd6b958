"""Completion of speech jobs: stores sentences and speeches."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from talkinghead.av.measured import measure
from talkinghead.catalogue.speech import KnownSentence, SpokenScriptInput
from talkinghead.core.asset_repository import AssetRepository
from talkinghead.core.assets import Asset
from talkinghead.core.database import Transaction
from talkinghead.core.errors import RenderFailed
from talkinghead.core.measures import SpeechLength
from talkinghead.core.store import Store
from talkinghead.core.workers.decoding import decoding_turn
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Also, Journal
from talkinghead.jobs.on_complete import StoredResult
from talkinghead.jobs.renderer import RenderedVideo
from talkinghead.speech.recordings.lengths import with_length
from talkinghead.speech.repository import Speech, write_speech
from talkinghead.speech.sentence_repository import write_spoken
from talkinghead.speech.text.sentence_times import TimedSentence
from talkinghead.speech.text.timed_words import TimedWord, read_times


class SpeechOnComplete:
    """Stores the results of speech jobs.

    Args:
        store: where sounds go.
        assets: where a speech is known as a recording.
        journal: what was paid for a speech's sentences.
    """

    def __init__(self, store: Store, assets: AssetRepository, journal: Journal) -> None:
        self._store = store
        self._assets = assets
        self._journal = journal

    def store_speech(self, job: Job, rendered: RenderedVideo) -> StoredResult:
        """Store a speech and its new sentences, and add it to the library.

        Raises:
            StorageFailed: the store refused.
        """
        given, facts = SpokenScriptInput.model_validate(job.arguments), rendered.facts
        new = {
            given.sentences[each["number"]].fingerprint: KnownSentence(
                self._put(job, rendered.path.with_name(each["file"])),
                _seconds(each["seconds"]),
                tuple((text, start, end) for text, start, end in each["words"]),
            )
            for each in facts["spoken"]
        }
        speech = Speech(
            id=job.id,
            script=given.script,
            voice_id=given.voice,
            language=given.language,
            reference=self._put(job, rendered.path),
            seconds=_seconds(facts["seconds"]),
            sentences=tuple(TimedSentence(*each) for each in facts["sentences"]),
            words=tuple(TimedWord(*each) for each in facts["words"]),
            dollars=self._paid(job),
            created_at=datetime.now(UTC),
        )
        known = {"seconds": float(speech.seconds), "speech": job.id}
        asset = Asset(speech.reference, "recording", job.title, known)
        length = _measured(job, rendered.path)
        self._assets.put(job.workspace, with_length(asset, length))
        return StoredResult(also=partial(_write, job.workspace, speech, given.fingerprint, new))

    def store_sentence(self, job: Job, rendered: RenderedVideo) -> StoredResult:
        """Store a bought sentence, with the word times that its voice reported.

        Raises:
            StorageFailed: the store refused.
            InvalidRecording: there is no sound in it.
        """
        if job.fingerprint is None:
            raise RenderFailed(
                "This sentence's voice-over is missing. Generate the voice-over again."
            )
        seconds = float(_measured(job, rendered.path).seconds)
        words = read_times(rendered.facts, seconds)
        sentence = KnownSentence(
            self._put(job, rendered.path),
            _seconds(seconds),
            tuple((word.text, word.start, word.end) for word in words),
        )
        new = {job.fingerprint: sentence}
        write: Also = partial(write_spoken, workspace=job.workspace, sentences=new, job_id=job.id)
        return StoredResult(also=write)

    def _put(self, job: Job, path: Path) -> str:
        return self._store.put(job.workspace, path, path.suffix)

    def _paid(self, job: Job) -> Decimal:
        """Return the cost of its own sentences; earlier ones cost nothing again."""
        bought = (each for each in self._journal.children(job.id) if each.state is JobState.DONE)
        return sum(
            (each.estimate if each.billed is None else each.billed for each in bought), Decimal(0)
        )


def _write(
    workspace: str,
    speech: Speech,
    fingerprint: str,
    new: dict[str, KnownSentence],
    connection: Transaction,
) -> None:
    write_spoken(connection, workspace, new)
    write_speech(connection, workspace, speech, fingerprint)


def _measured(job: Job, path: Path) -> SpeechLength:
    with decoding_turn(job.workspace) as turn:
        return measure(turn, path.absolute())


def _seconds(value: Any) -> Decimal:
    return Decimal(str(round(float(value), 6)))
