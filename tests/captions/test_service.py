"""Captions of finished videos: written, corrected, downloaded, burned in, and in other shapes."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import insert

from talkinghead import Studio, Workspace
from talkinghead.captions.repository import CaptionRepository, StoredCaptions
from talkinghead.catalogue import BUILT_IN
from talkinghead.core.errors import (
    InvalidInput,
    InvalidScript,
    NotFound,
    RenderFailed,
    RenderRefused,
)
from talkinghead.exports.values import LabelChoice, NoLabel, WantedVersion
from talkinghead.jobs.job import Job, JobState, Video
from talkinghead.retention.purge import KEPT_AFTER_DELETION
from talkinghead.speech.pronunciations.entries import Pronunciation
from talkinghead.speech.repository import Speech, write_speech
from talkinghead.speech.text.timed_words import word_values
from talkinghead.speech.text.tokens import tokens
from talkinghead.videos.repository import video_row
from talkinghead.videos.tables import videos
from tests.captions.caption_samples import ENGLISH, spoken
from tests.captions.talking import SAID, SECONDS, talking_video
from tests.jobs.made import a_video, small_mp4
from tests.jobs.studios import hosted_studio, wait_for
from tests.orders import retry
from tests.records import database_of, delete_at, store_of


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with closing(hosted_studio(tmp_path_factory.mktemp("captions"))) as opened:
        yield opened


@pytest.fixture
def workspace(studio: Studio) -> Workspace:
    return studio.workspace(studio.new_token())


@pytest.fixture(scope="module")
def talking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return talking_video(tmp_path_factory.mktemp("talking") / "video.mp4")


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_mp4(tmp_path_factory.mktemp("silent") / "video.mp4", frames=5)


def put(
    studio: Studio,
    workspace: Workspace,
    path: Path,
    script: str | None = SAID,
    sound: str = f"asset:{1:064x}.wav",
) -> Video:
    """A finished video in the gallery, made from a script or else from this sound."""
    arguments = {"script_text": script} if script else {"audio_url": sound}
    video = a_video(
        workspace.id,
        endpoint_id="draft",
        arguments=arguments,
        file=store_of(studio).put(workspace.id, path, ".mp4"),
        width=192,
        height=108,
        seconds=SECONDS,
    )
    with database_of(studio) as database, database.writing() as connection:
        connection.execute(insert(videos).values(**video_row(video, BUILT_IN)))
    return video


def captioned(studio: Studio, workspace: Workspace, path: Path, text: str = ENGLISH) -> Video:
    """A video whose captions are on record."""
    video = put(studio, workspace, path, text)
    kept = StoredCaptions("engine", word_values(spoken(text)), [])
    with database_of(studio) as database:
        CaptionRepository(database).save(workspace.id, video.id, kept)
    return video


def made(workspace: Workspace, job: Job) -> Video:
    job = wait_for(workspace, job, JobState.DONE, JobState.FAILED)
    assert job.problem is None
    return workspace.gallery.find(job.video_id or "")


# Written


def test_words_of_a_script_are_found_in_the_sound(
    studio: Studio, workspace: Workspace, talking: Path
) -> None:
    video = put(studio, workspace, talking)
    assert workspace.captions.find(video.id) is None
    reported: list[float] = []
    captions = workspace.captions.write(video.id, on_progress=reported.append)
    assert captions.source == "aligned"
    assert [word.text for word in captions.words] == SAID.split()
    assert captions.words[0].start == pytest.approx(0.15, abs=0.15)
    assert captions.words[-1].end == pytest.approx(2.46, abs=0.2)
    assert workspace.captions.find(video.id) == captions
    assert workspace.captions.progress(video.id) is None
    assert reported == sorted(reported)


def test_what_was_said_another_way_is_captioned_as_it_was_written(
    studio: Studio, workspace: Workspace, talking: Path
) -> None:
    workspace.pronunciations.replace([Pronunciation("U.S.", "your country")])
    video = put(studio, workspace, talking)
    captions = workspace.captions.write(video.id)
    words = [word.text for word in captions.words]
    assert " ".join(words) == SAID.replace("your country", "U.S.")
    assert captions.words[-1].end == pytest.approx(2.46, abs=0.3)


def test_a_speech_brings_its_words_along(
    studio: Studio, workspace: Workspace, silent: Path
) -> None:
    sound = f"asset:{2:064x}.wav"
    speech = Speech(
        "s" * 32, ENGLISH, "af_heart", "en", sound, Decimal(9), (), spoken(ENGLISH), Decimal(0),
        datetime.now(UTC),
    )  # fmt: skip
    with database_of(studio) as database, database.writing() as connection:
        write_speech(connection, workspace.id, speech, "f" * 64)
    video = put(studio, workspace, silent, script=None, sound=sound)
    assert workspace.captions.spoken_script(video.id) == ENGLISH
    captions = workspace.captions.find(video.id)
    assert captions is not None
    assert captions.source == "voice"
    assert [word.text for word in captions.words] == tokens(ENGLISH)


def test_a_recording_needs_its_words_from_a_person(
    studio: Studio, workspace: Workspace, silent: Path
) -> None:
    video = put(studio, workspace, silent, script=None)
    assert workspace.captions.spoken_script(video.id) == ""
    with pytest.raises(InvalidScript, match="Add a transcript"):
        workspace.captions.write(video.id)
    with pytest.raises(InvalidScript):
        workspace.captions.begin(video.id, " … ")


def test_a_video_without_sound_says_so(studio: Studio, workspace: Workspace, silent: Path) -> None:
    video = put(studio, workspace, silent)
    with pytest.raises(RenderFailed, match="hear any words"):
        workspace.captions.write(video.id)
    assert workspace.captions.find(video.id) is None
    assert workspace.captions.progress(video.id) is None


# Corrected


def test_a_correction_keeps_the_times_and_survives(
    studio: Studio, workspace: Workspace, silent: Path
) -> None:
    video = captioned(studio, workspace, silent)
    before = workspace.captions.find(video.id)
    assert before is not None
    texts = [cue.text for cue in before.cues]
    texts[0] = texts[0].replace("Good morning", "Dear 🎉 friends")
    after = workspace.captions.edit(video.id, texts)
    assert after.edited
    assert "Dear 🎉 friends" in " ".join(after.cues[0].texts)
    assert [(cue.start, cue.end) for cue in after.cues] == [
        (cue.start, cue.end) for cue in before.cues
    ]
    assert workspace.captions.find(video.id) == after
    workspace.captions.revert(video.id)
    assert workspace.captions.find(video.id) == before


def test_an_emptied_line_takes_its_caption_away(
    studio: Studio, workspace: Workspace, silent: Path
) -> None:
    video = captioned(studio, workspace, silent)
    captions = workspace.captions.find(video.id)
    assert captions is not None
    kept = [cue.text for cue in captions.cues]
    after = workspace.captions.edit(video.id, ["", *kept[1:]])
    assert [cue.text for cue in after.cues] == kept[1:]
    with pytest.raises(InvalidInput, match="must have words"):
        workspace.captions.edit(video.id, [""] * len(after.cues))


def test_a_correction_of_other_captions_is_refused(
    studio: Studio, workspace: Workspace, silent: Path
) -> None:
    video = captioned(studio, workspace, silent)
    with pytest.raises(InvalidInput, match="changed meanwhile"):
        workspace.captions.edit(video.id, ["one line"] * 99)
    with pytest.raises(NotFound, match="no captions"):
        workspace.captions.edit(put(studio, workspace, silent).id, ["Hello."])


def test_a_correction_and_a_transcript_have_a_longest_length(
    studio: Studio, workspace: Workspace, silent: Path
) -> None:
    video = captioned(studio, workspace, silent)
    captions = workspace.captions.find(video.id)
    assert captions is not None
    texts = [cue.text for cue in captions.cues]
    with pytest.raises(InvalidInput, match="at most 500 characters"):
        workspace.captions.edit(video.id, ["word " * 200, *texts[1:]])
    assert workspace.captions.find(video.id) == captions
    with pytest.raises(InvalidScript, match="50,000 characters, and 40,000 fit"):
        workspace.captions.begin(video.id, "a " * 24_999 + "bc")
    assert workspace.captions.progress(video.id) is None


def test_captions_can_be_written_again(studio: Studio, workspace: Workspace, silent: Path) -> None:
    video = captioned(studio, workspace, silent)
    workspace.captions.forget(video.id)
    assert workspace.captions.find(video.id) is None


# Downloaded


def test_subtitle_files_hold_the_corrected_text(
    studio: Studio, workspace: Workspace, silent: Path
) -> None:
    video = captioned(studio, workspace, silent)
    captions = workspace.captions.find(video.id)
    assert captions is not None
    workspace.captions.edit(video.id, ["Corrected", *(cue.text for cue in captions.cues[1:])])
    srt, vtt = (
        workspace.captions.subtitles(video.id, "srt"),
        workspace.captions.subtitles(video.id, "vtt"),
    )
    assert srt.startswith("1\n00:00:0")
    assert vtt.startswith("WEBVTT\n")
    assert all("Corrected" in file and "🚀" in file for file in (srt, vtt))
    with pytest.raises(NotFound, match="no captions"):
        workspace.captions.subtitles(put(studio, workspace, silent).id, "srt")


# Burned in, and in other shapes


def test_a_version_is_a_video_of_the_same_model_for_nothing(
    studio: Studio, workspace: Workspace, silent: Path
) -> None:
    video = captioned(studio, workspace, silent)
    wanted = WantedVersion(style="pop", shape="9:16")
    [job] = workspace.exports.order(video.id, [wanted])
    version = made(workspace, job)
    assert version.width / version.height == pytest.approx(9 / 16, abs=0.01)
    assert version.made_from == video.id
    assert version.dollars == 0
    assert (version.endpoint_id, version.arguments) == (video.endpoint_id, video.arguments)
    assert version.title == f"{video.title} (9:16, pop)"
    assert workspace.exports.list(video.id) == [version]
    described = workspace.exports.describe(version.id)
    assert described is not None
    assert (described.style, described.shape, described.fit) == ("pop", "9:16", "crop")
    assert workspace.exports.describe(video.id) is None
    # Its captions are those of the original, and so is whatever is made from it.
    captions = workspace.captions.find(version.id)
    assert captions is not None
    assert [word.text for word in captions.words] == tokens(ENGLISH)
    assert [each.id for each in workspace.exports.order(version.id, [wanted])] == [job.id]
    assert workspace.jobs.find(job.id).charged is False
    assert workspace.billing.ledger() == []


def test_the_same_export_is_made_again_once_it_was_deleted(
    studio: Studio, workspace: Workspace, silent: Path
) -> None:
    video = put(studio, workspace, silent)
    wanted = [WantedVersion(shape="1:1", fit="blur")]
    [first] = workspace.exports.order(video.id, wanted)
    assert [each.id for each in workspace.exports.order(video.id, wanted)] == [first.id]
    workspace.gallery.delete(made(workspace, first).id)
    [second] = workspace.exports.order(video.id, wanted)
    assert second.id != first.id
    version = made(workspace, second)
    assert workspace.exports.list(video.id) == [version]


def test_what_cannot_be_made_is_refused(studio: Studio, workspace: Workspace, silent: Path) -> None:
    video = put(studio, workspace, silent)
    with pytest.raises(RenderRefused, match="at least one version"):
        workspace.exports.order(video.id, [])
    with pytest.raises(RenderRefused, match="no captions"):  # all or none
        workspace.exports.order(video.id, [WantedVersion(shape="1:1"), WantedVersion(style="pop")])
    with_captions, unheard = captioned(studio, workspace, silent), WantedVersion(style="unheard-of")
    with pytest.raises(RenderRefused, match="style not found"):
        workspace.exports.order(with_captions.id, [unheard])
    with pytest.raises(InvalidInput, match="Say why"):
        workspace.exports.order(video.id, label=NoLabel(" … "))
    with pytest.raises(InvalidInput, match="no wording in xx"):
        workspace.exports.order(video.id, label=LabelChoice(language="xx"))
    assert workspace.jobs.list() == []


def test_a_failed_version_is_made_again_without_a_question(
    studio: Studio, workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "a.mp4").write_bytes(b"this is no video" + workspace.id.encode())
    video = put(studio, workspace, tmp_path / "a.mp4")
    [job] = workspace.exports.order(video.id)
    failed = wait_for(workspace, job, JobState.FAILED)
    assert "damaged" in (failed.problem or "")
    again = retry(workspace, failed.id)
    assert (again.id != failed.id, again.arguments) == (True, failed.arguments)
    wait_for(workspace, again, JobState.FAILED)


def test_styles_are_shown_on_the_video_itself(
    studio: Studio, workspace: Workspace, silent: Path
) -> None:
    video = captioned(studio, workspace, silent)
    drawn, upright = None, WantedVersion(shape="4:5", platform_size=True)
    while drawn is None:
        drawn = workspace.exports.previews(video.id, upright, LabelChoice())
    assert drawn.keys() == {"", "highlight", "pop", "lower_third", "minimal"}
    assert all(picture.startswith(b"\xff\xd8") for picture in drawn.values())
    assert workspace.exports.previews(video.id, upright, LabelChoice()) == drawn


def test_captions_go_with_the_last_video_that_has_them(
    studio: Studio, workspace: Workspace, silent: Path
) -> None:
    video = captioned(studio, workspace, silent)
    version = made(workspace, *workspace.exports.order(video.id))
    long_ago = datetime.now(UTC) - KEPT_AFTER_DELETION - timedelta(minutes=1)
    delete_at(studio, workspace.id, video.id, long_ago)
    studio.purge()
    assert workspace.captions.find(version.id) is not None
    with pytest.raises(NotFound, match="is no longer available"):
        workspace.exports.order(version.id)
    delete_at(studio, workspace.id, version.id, long_ago)
    studio.purge()
    with database_of(studio) as database:
        assert CaptionRepository(database).captions(workspace.id, video.id) is None
