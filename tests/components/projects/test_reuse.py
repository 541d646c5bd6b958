"""A video's inputs used again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from components.projects.reuse import from_video
from talkinghead import Settings, Workspace, open_studio
from talkinghead.jobs.job import JobState, Video
from talkinghead.projects.values import Project
from talkinghead.speech.repository import Speech
from tests.jobs.made import PORTRAIT, a_video
from tests.jobs.studios import small_drafts, wait_for

WORDS = "Hello."


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Workspace]:
    settings = Settings(data_dir=tmp_path, single_user=False, database_url=None, media_url=None)
    studio = open_studio(settings, small_drafts)
    yield studio.workspace(studio.new_token())
    studio.close()


def spoken(here: Workspace) -> Speech:
    job = here.speech.make(WORDS, "af_heart")
    wait_for(here, job, JobState.DONE)
    return here.speech.find(job.id)


def video_of(here: Workspace, speech: Speech) -> Video:
    """A draft that was made of a speech, and what the form held."""
    video = a_video(here.id, arguments={"image_url": PORTRAIT, "audio_url": speech.reference})
    form = Project(script=WORDS, endpoint_id="fal-ai/infinitalk", own_voice=False)
    here.projects.create(form, video.job_id)
    return video


def used_again(here: Workspace, video: Video) -> Project:
    project = here.projects.find(from_video(here, video))
    assert project is not None
    return project


def test_a_video_of_a_speech_is_its_script_again(here: Workspace) -> None:
    form = used_again(here, video_of(here, spoken(here)))
    assert (form.source, form.script, form.recording) == ("script", WORDS, None)


def test_a_video_whose_speech_was_removed_is_its_own_sound_again(here: Workspace) -> None:
    speech = spoken(here)
    video = video_of(here, speech)
    here.speech.delete(speech.id)
    form = used_again(here, video)
    assert (form.source, form.script) == ("recording", WORDS)
    assert form.sound == speech.reference
    assert form.speech is not None
    assert form.speech.seconds == speech.seconds
