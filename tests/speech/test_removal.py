"""A speech is removed: hidden at once, brought back for a day, then gone with all its words."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from talkinghead import Studio, Workspace
from talkinghead.catalogue import BUILT_IN
from talkinghead.catalogue.speech import KnownSentence
from talkinghead.core.errors import NotFound
from talkinghead.core.tables import assets
from talkinghead.jobs.job import Job, JobState, Video
from talkinghead.projects.made_speech import MadeSpeech
from talkinghead.projects.values import Project
from talkinghead.retention.purge import KEPT_AFTER_DELETION
from talkinghead.speech.repository import Speech
from talkinghead.speech.tables import speeches, spoken
from talkinghead.videos.repository import video_row
from talkinghead.videos.tables import videos
from tests.fal_server.server import FalServer
from tests.jobs.made import a_job, a_video
from tests.jobs.studios import wait_for_end
from tests.orders import order_speech, quote_speech
from tests.records import add_job, database_of, store_of
from tests.speech.conftest import RACHEL, SHORT

OTHER = "We open at nine. Stay at home."


def made(here: Workspace, script: str = SHORT) -> Speech:
    """A bought speech."""
    job = order_speech(here, script, RACHEL, quote_speech(here, script, RACHEL).dollars)
    wait_for_end(here, job)
    return here.speech.find(job.id)


def sentence_jobs(here: Workspace, speech: Speech) -> list[Job]:
    return here.renders.parts(speech.id)


def a_day_later(studio: Studio) -> None:
    """All that is on record is older by a day and an hour, and the studio tidies up."""
    with database_of(studio) as database, database.writing() as connection:
        for column in (speeches.c.deleted_at, videos.c.deleted_at, assets.c.put_at):
            for (moment,) in connection.execute(select(column).where(column.is_not(None))).all():
                aged = moment - KEPT_AFTER_DELETION - timedelta(hours=1)
                change = update(column.table).where(column == moment)
                connection.execute(change.values({column.name: aged}))
    studio.purge()


def video_of(studio: Studio, here: Workspace, speech: Speech) -> Video:
    """A video that was rendered from a speech."""
    arguments = {"image_url": "asset:" + "a" * 64 + ".jpg", "audio_url": speech.reference}
    video = a_video(here.id, arguments=arguments)
    with database_of(studio) as database, database.writing() as connection:
        connection.execute(insert(videos).values(video_row(video, BUILT_IN)))
    return video


def has_sound(studio: Studio, here: Workspace, speech: Speech) -> bool:
    return store_of(studio).exists(here.id, speech.reference)


def test_a_removed_speech_is_offered_nowhere_and_comes_back(
    here: Workspace, fal: FalServer
) -> None:
    speech = made(here)
    here.speech.delete(speech.id)
    assert here.speech.list() == []
    assert here.speech.of_job(speech.id) is None
    assert here.speech.find(speech.id).deleted_at is not None
    offer = quote_speech(here, SHORT, RACHEL)
    assert offer.plan.ready_id is None
    assert offer.dollars == 0  # its sentences are still here
    here.speech.restore(speech.id)
    assert here.speech.list() == [speech]
    assert quote_speech(here, SHORT, RACHEL).plan.ready_id == speech.id
    assert len(fal.bills) == 2


def test_after_a_day_it_is_gone_with_its_words_and_the_ledger_stays(
    studio: Studio, here: Workspace
) -> None:
    speech, ledger = made(here), here.billing.ledger()
    files = [each.file for each in _known(studio, here)]
    here.speech.delete(speech.id)
    a_day_later(studio)
    for verb in (here.speech.find, here.speech.restore):
        with pytest.raises(NotFound):
            verb(speech.id)
    assert not any(store_of(studio).exists(here.id, file) for file in [speech.reference, *files])
    offer = quote_speech(here, SHORT, RACHEL)
    assert (len(offer.new_texts), offer.dollars) == (2, sum(each.billed or 0 for each in ledger))
    for job in (here.jobs.find(speech.id), *sentence_jobs(here, speech)):
        assert (job.title, job.arguments) == ("Deleted", {})
        assert here.jobs.events(job.id) == []
    paid = [(each.request_id, each.billed) for each in ledger]
    assert [(each.request_id, each.billed) for each in here.billing.ledger()] == paid
    assert len(paid) == 2


def test_within_the_day_nothing_of_it_goes(studio: Studio, here: Workspace) -> None:
    speech = made(here)
    here.speech.delete(speech.id)
    studio.purge()
    here.speech.restore(speech.id)
    assert has_sound(studio, here, speech)
    assert quote_speech(here, SHORT, RACHEL).plan.ready_id == speech.id


def test_what_another_speech_says_is_not_paid_again(
    studio: Studio, here: Workspace, fal: FalServer
) -> None:
    speech, other = made(here), made(here, OTHER)
    here.speech.delete(speech.id)
    a_day_later(studio)
    assert quote_speech(here, OTHER, RACHEL).plan.ready_id == other.id
    assert quote_speech(here, SHORT, RACHEL).new_texts == ("Come and see.",)
    made(here)
    assert len(fal.bills) == 4


def test_a_speech_that_can_be_brought_back_keeps_what_it_shares(
    studio: Studio, here: Workspace
) -> None:
    speech, other = made(here), made(here, OTHER)
    here.speech.delete(speech.id)
    with (
        database_of(studio) as database,
        database.writing() as connection,
    ):  # removed a day before the other
        aged = here.speech.find(speech.id).deleted_at
        assert aged is not None
        aged -= KEPT_AFTER_DELETION + timedelta(hours=1)
        one = update(speeches).where(speeches.c.id == speech.id)
        connection.execute(one.values(deleted_at=aged))
    here.speech.delete(other.id)
    studio.purge()
    assert quote_speech(here, SHORT, RACHEL).new_texts == ("Come and see.",)


def test_what_is_being_said_is_not_taken_away(
    studio: Studio, here: Workspace, fal: FalServer
) -> None:
    speech = made(here)
    fal.latency(queue=1.5)
    job = order_speech(here, OTHER, RACHEL, quote_speech(here, OTHER, RACHEL).dollars)
    here.speech.delete(speech.id)
    a_day_later(studio)
    wait_for_end(here, job)
    assert (here.jobs.find(job.id).state, here.jobs.find(job.id).problem) == (JobState.DONE, None)
    assert len(fal.bills) == 3


def test_a_video_keeps_its_sound_and_the_words_of_it(studio: Studio, here: Workspace) -> None:
    speech = made(here)
    video = video_of(studio, here, speech)
    here.speech.delete(speech.id)
    a_day_later(studio)
    assert here.speech.list() == []
    assert has_sound(studio, here, speech)
    assert here.recordings.find(speech.reference).seconds == float(speech.seconds)
    kept = here.speech.of_recording(speech.reference)
    assert kept is not None
    assert kept.words == speech.words
    assert len(quote_speech(here, SHORT, RACHEL).new_texts) == 2
    # Once more on another model: the very sound, or the words where a model speaks by itself.
    assert here.rerenders.inputs(video.id, "fal-ai/infinitalk")[0].recording == speech.reference
    assert here.rerenders.inputs(video.id, "fal-ai/flashhead")[0].script == SHORT
    here.gallery.delete(video.id)
    a_day_later(studio)
    assert not has_sound(studio, here, speech)
    assert here.speech.of_recording(speech.reference) is None


def test_a_job_keeps_the_sound_that_it_renders(studio: Studio, here: Workspace) -> None:
    speech = made(here)
    arguments = {"image_url": "asset:" + "a" * 64 + ".jpg", "audio_url": speech.reference}
    add_job(studio, a_job(here.id, state=JobState.FAILED, arguments=arguments))
    here.speech.delete(speech.id)
    a_day_later(studio)
    assert has_sound(studio, here, speech)


def test_a_project_that_it_was_made_on_does_not_keep_it(studio: Studio, here: Workspace) -> None:
    speech = made(here)
    said = MadeSpeech(
        id=speech.id,
        reference=speech.reference,
        seconds=speech.seconds,
        script=SHORT,
        voice=speech.voice_id,
    )
    form, other = (
        Project(catalogue=BUILT_IN, script=SHORT, made=said),
        Project(
            catalogue=BUILT_IN,
            made=said.model_copy(update={"id": "other", "reference": "asset:other"}),
        ),
    )
    mine, others = here.projects.create(form), here.projects.create(other)
    here.speech.delete(speech.id)
    a_day_later(studio)
    assert not has_sound(studio, here, speech)
    assert here.projects.find(mine) == form.with_(made=None)
    assert here.projects.find(others) == other


def test_nobody_else_removes_it(studio: Studio, here: Workspace) -> None:
    speech, stranger = made(here), studio.workspace(studio.new_token())
    with pytest.raises(NotFound):
        stranger.speech.delete(speech.id)
    here.speech.delete(speech.id)
    with pytest.raises(NotFound):
        stranger.speech.restore(speech.id)
    assert here.speech.list() == []


def _known(studio: Studio, here: Workspace) -> list[KnownSentence]:
    """The sentences of the library, as they were spoken."""
    with database_of(studio) as database, database.reading() as connection:
        files = select(spoken.c.file, spoken.c.seconds).where(spoken.c.workspace == here.id)
        return [KnownSentence(file, seconds, ()) for file, seconds in connection.execute(files)]
