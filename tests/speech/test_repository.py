"""Sentences, speeches and pronunciations on record, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from talkinghead.catalogue.speech import KnownSentence
from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.core.workspace_repository import WorkspaceRepository
from talkinghead.jobs.job import JobState
from talkinghead.jobs.journal import Journal
from talkinghead.retention.deleted_speeches import DeletedSpeeches
from talkinghead.retention.reference_repository import next_unused
from talkinghead.speech.pronunciations.entries import Pronunciation
from talkinghead.speech.pronunciations.repository import PronunciationRepository
from talkinghead.speech.repository import Speech, SpeechRepository, write_speech
from talkinghead.speech.sentence_repository import SentenceRepository, write_spoken
from talkinghead.speech.text.sentence_times import TimedSentence
from talkinghead.speech.text.timed_words import TimedWord
from tests.jobs.made import NOON, a_job

BARE = KnownSentence("asset:1.mp3", Decimal("1.5"))
TIMED = KnownSentence("asset:1.mp3", Decimal("1.5"), (("Hello.", 0.1, 1.25),))


@pytest.fixture
def stranger(database: Database) -> str:
    return WorkspaceRepository(database).create("another")


def spoken(database: Database, workspace: str, **sentences: KnownSentence) -> None:
    with database.writing() as connection:
        write_spoken(connection, workspace, sentences, "a" * 32)


def test_a_sentence_is_remembered_and_its_words_are_completed(
    database: Database, workspace: str, stranger: str
) -> None:
    sentences = SentenceRepository(database)
    spoken(database, workspace, one=BARE)
    assert sentences.known(workspace, ["one", "two"]) == {"one": BARE}
    spoken(database, workspace, one=TIMED)
    assert sentences.known(workspace, ["one"] * 900) == {"one": TIMED}
    assert sentences.known(stranger, ["one"]) == {}
    sentences.forget(stranger, ["one"])
    assert sentences.known(workspace, ["one"]) == {"one": TIMED}
    sentences.forget(workspace, ["one"])
    assert sentences.known(workspace, ["one"]) == {}


def test_a_speech_is_found_by_its_job_its_sound_and_its_words(
    database: Database, workspace: str, stranger: str
) -> None:
    library = SpeechRepository(database)
    first = Speech(
        id="1" * 32,
        script="Hello.",
        voice_id="af_heart",
        language="en",
        reference="asset:1.wav",
        seconds=Decimal("1.92"),
        sentences=(TimedSentence("Hello.", 0.2, 1.5),),
        words=(TimedWord("Hello.", 0.21, 1.4),),
        dollars=Decimal("0.0003"),
        created_at=NOON,
    )
    later = Speech(**{**vars(first), "id": "2" * 32, "created_at": NOON + timedelta(hours=1)})
    for speech in (first, later, first):  # written twice, it is there once
        with database.writing() as connection:
            write_speech(connection, workspace, speech, "words")
    assert library.speech(workspace, first.id) == first
    assert library.newest(workspace, 10) == [later, first]
    assert library.of_file(workspace, "asset:1.wav") == later
    assert library.of_fingerprint(workspace, "words") == later
    assert library.of_fingerprint(workspace, "others") is None
    assert library.newest(stranger, 10) == []
    with pytest.raises(NotFound):
        library.speech(stranger, first.id)


def unused(database: Database) -> list[str]:
    """The files that the purge will delete if nothing else uses them."""
    with database.reading() as connection:
        return sorted(reference for _, reference in next_unused(connection, datetime.now(UTC), 100))


def test_a_removed_speech_is_unseen_and_then_forgotten(
    database: Database, workspace: str, stranger: str
) -> None:
    speeches, removed = SpeechRepository(database), DeletedSpeeches(database)
    sentences = {"sentences": [{"fingerprint": "own"}, {"fingerprint": "shared"}]}
    for number, of_it in (("1", sentences), ("2", {"sentences": [{"fingerprint": "shared"}]})):
        speech = Speech(
            number * 32, "Hello.", "af_heart", "en", f"asset:{number}.wav", Decimal("1.9"),
            (), (), Decimal(0), NOON,
        )  # fmt: skip
        done = {"state": JobState.DONE, "endpoint_id": "studio/speech"}
        Journal(database).add(a_job(workspace, id=speech.id, arguments=of_it, **done))
        with database.writing() as connection:
            write_speech(connection, workspace, speech, number)
    spoken(database, workspace, own=BARE, shared=replace(BARE, file="asset:2.mp3"))
    with pytest.raises(NotFound):
        speeches.mark_deleted(stranger, "1" * 32, NOON)
    speeches.mark_deleted(workspace, "1" * 32, NOON)
    assert [each.id for each in speeches.newest(workspace, 10)] == ["2" * 32]
    assert speeches.of_fingerprint(workspace, "1") is None
    assert removed.before(NOON) == []
    [gone] = removed.before(NOON + timedelta(seconds=1))
    removed.purge(gone, NOON)
    assert unused(database) == []  # it can still be brought back
    removed.purge(gone, NOON + timedelta(seconds=1))
    assert unused(database) == ["asset:1.mp3", "asset:1.wav"]
    assert SentenceRepository(database).known(workspace, ["own", "shared"]).keys() == {"shared"}
    assert Journal(database).job("1" * 32).arguments == {}
    with pytest.raises(NotFound):
        speeches.mark_deleted(workspace, "1" * 32, None)


def test_a_speech_that_was_made_again_keeps_the_sound_of_the_removed_one(
    database: Database, workspace: str
) -> None:
    speeches, removed = SpeechRepository(database), DeletedSpeeches(database)
    for number in ("1", "2"):
        speech = Speech(
            number * 32, "Hello.", "af_heart", "en", "asset:1.wav", Decimal("1.9"), (), (),
            Decimal(0), NOON,
        )  # fmt: skip
        with database.writing() as connection:
            write_speech(connection, workspace, speech, "words")
    speeches.mark_deleted(workspace, "2" * 32, NOON)
    kept = speeches.of_file(workspace, "asset:1.wav")
    assert kept is not None
    assert kept.id == "1" * 32
    [gone] = removed.before(NOON + timedelta(seconds=1))
    removed.purge(gone, NOON + timedelta(seconds=1))
    assert removed.before(NOON + timedelta(seconds=1)) == []
    assert [each.id for each in speeches.newest(workspace, 10)] == ["1" * 32]


def test_a_list_is_replaced_whole_and_said(
    database: Database, workspace: str, stranger: str
) -> None:
    entries = PronunciationRepository(database)
    entries.replace(workspace, [Pronunciation("b", "bee"), Pronunciation("fal.ai", "fal dot A I")])
    entries.replace(workspace, [Pronunciation("fal.ai", "fall dot A I")])
    assert entries.of(workspace) == [Pronunciation("fal.ai", "fall dot A I")]
    assert entries.of(stranger) == []
    script = "See *fal.ai* now. [pause 2] Bye."
    assert entries.said(workspace, script) == "See fall dot A I now. Bye."
    assert entries.said_here(workspace, script) == "See *fall dot A I* now. [pause 2] Bye."
    assert entries.said(workspace, "[pause 2]") == "[pause 2]"
