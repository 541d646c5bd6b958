"""A video's inputs used again."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from talkinghead import Studio, Workspace
from talkinghead.av.cropping import CropBox
from talkinghead.catalogue import BUILT_IN, Geometry
from talkinghead.core.errors import NotFound
from talkinghead.jobs.job import Video
from talkinghead.projects.values import Project
from talkinghead.speech.repository import Speech, write_speech
from tests.jobs.made import PORTRAIT, a_video
from tests.jobs.studios import hosted_studio
from tests.paid_studio import short_speech
from tests.records import database_of

WORDS = "Hello."
SAMPLES = Path(__file__).parents[2] / "components" / "portraits" / "samples"
MONA_LISA = SAMPLES / "mona-lisa.jpg"


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    with closing(hosted_studio(tmp_path)) as opened:
        yield opened


@pytest.fixture
def here(studio: Studio) -> Workspace:
    return studio.workspace(studio.new_token())


def spoken(studio: Studio, here: Workspace) -> Speech:
    """A speech of our words in the library."""
    sound = here.recordings.add(short_speech(1.4), "said.wav")
    seconds, now = Decimal(str(sound.seconds)), datetime.now(UTC)
    speech = Speech(
        "s" * 32, WORDS, "af_heart", "en", sound.reference, seconds, (), (), Decimal(0), now
    )
    with database_of(studio) as database, database.writing() as connection:
        write_speech(connection, here.id, speech, "f" * 64)
    return speech


def video_of(here: Workspace, speech: Speech) -> Video:
    """A draft that was made of a speech, and what the form held."""
    video = a_video(here.id, arguments={"image_url": PORTRAIT, "audio_url": speech.reference})
    form = Project(
        catalogue=BUILT_IN, script=WORDS, endpoint_id="fal-ai/infinitalk", own_voice=False
    )
    here.projects.create(form, video.job_id)
    return video


def used_again(here: Workspace, video: Video) -> Project:
    project = here.projects.find(here.projects.use_again(video))
    assert project is not None
    return project


def test_a_video_of_a_speech_is_its_script_again(studio: Studio, here: Workspace) -> None:
    form = used_again(here, video_of(here, spoken(studio, here)))
    assert (form.source, form.script, form.recording) == ("script", WORDS, None)


def test_a_video_whose_speech_was_removed_is_its_own_sound_again(
    studio: Studio, here: Workspace
) -> None:
    speech = spoken(studio, here)
    video = video_of(here, speech)
    here.speech.delete(speech.id)
    form = used_again(here, video)
    assert (form.source, form.script) == ("recording", WORDS)
    assert form.sound == speech.reference
    assert form.speech is not None
    assert form.speech.seconds == speech.seconds


def test_the_copy_kept_at_the_render_comes_back_whole(here: Workspace) -> None:
    kept = Project(
        catalogue=BUILT_IN,
        script="Hello.",
        crops={"1.000": CropBox(0.1, 0.1, 0.3, 0.2)},
        reader="x",
    )
    video = a_video(here.id)
    here.projects.create(kept, video.job_id)
    assert used_again(here, video) == kept


def test_without_a_copy_the_job_tells_what_it_was_made_from(here: Workspace) -> None:
    portrait = here.portraits.add(MONA_LISA.read_bytes(), "Mona Lisa")
    box = here.portraits.default_crop(portrait, 1.0)
    image = here.portraits.crop(portrait, box, Geometry(512, 512))
    arguments = {
        "image_url": image, "script_text": "Hello.", "voice": "Brian", "seed": 4,
        "stands_for": "fal-ai/flashhead",
    }  # fmt: skip
    found = used_again(here, a_video(here.id, arguments=arguments))
    assert (found.script, found.endpoint_id) == ("Hello.", "fal-ai/flashhead")
    assert found.parameters == {"fal-ai/flashhead": {"voice": "Brian", "seed": 4}}
    assert found.crop == CropBox(0, 0, 1, 1)
    assert found.portrait


def test_a_video_whose_portrait_is_gone_says_so(here: Workspace) -> None:
    gone = {"image_url": f"asset:{'0' * 64}.jpg", "script_text": "Hello."}
    with pytest.raises(NotFound):
        here.projects.use_again(a_video(here.id, arguments=gone))
