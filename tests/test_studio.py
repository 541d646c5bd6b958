"""The studio's verbs: what one person can do, and what nobody else can."""

import inspect
import wave
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from talkinghead import Settings, Studio, Workspace, open_studio
from talkinghead.av.framing import CropBox
from talkinghead.catalogue import DraftInput, FlashheadInput, Geometry, SpeechLength
from talkinghead.core.errors import ConfigurationError, InvalidParameters, NotFound, RenderRefused
from talkinghead.jobs.job import Job, JobState, Video
from talkinghead.portraits.service import Portrait, Recording
from talkinghead.projects.values import Project
from talkinghead.retention.purge import KEPT_AFTER_DELETION
from talkinghead.speech.recording_editing import RecordingEdit
from tests.jobs.studios import ONE_SECOND, order, small_drafts, wait_for

ROOT = Path(__file__).parents[1]
MONA_LISA = ROOT / "components" / "portraits" / "samples" / "mona-lisa.jpg"
SPEECH = ROOT / "tests" / "data" / "speech" / "jfk.flac"
SQUARE = Geometry(512, 512)
MINE = Project(script="mine")
WHOLE = CropBox(left=0, top=0, width=1, height=1)


def hosted(folder: Path) -> Settings:
    return Settings(data_dir=folder, single_user=False, database_url=None, media_url=None)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    opened = open_studio(hosted(tmp_path_factory.mktemp("studio")), small_drafts)
    yield opened
    opened.close()


@pytest.fixture
def workspace(studio: Studio) -> Workspace:
    return studio.workspace(studio.new_token())


@pytest.fixture
def stranger(studio: Studio) -> Workspace:
    return studio.workspace(studio.new_token())


def finished(workspace: Workspace, script: str = "frames=25") -> Video:
    job = wait_for(workspace, order(workspace, script), JobState.DONE, JobState.FAILED)
    assert job.video_id is not None
    return workspace.video(job.video_id)


def compared(workspace: Workspace) -> str:
    portrait = workspace._store.put(workspace.id, b"a picture", ".jpg")
    drafts = [
        DraftInput(image_url=portrait, script_text="frames=2", width=64, height=64, seed=seed)
        for seed in (1, 2)
    ]
    return workspace.compare(drafts, ONE_SECOND, "x", agreed=Decimal(0)).id


# Who is here


def test_a_token_opens_the_same_workspace_again(studio: Studio) -> None:
    token = studio.new_token()
    assert studio.workspace(token).id == studio.workspace(token).id


def test_tokens_are_long_and_never_the_same(studio: Studio) -> None:
    tokens = {studio.new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 32


def test_a_token_is_kept_nowhere(tmp_path: Path) -> None:
    studio = open_studio(hosted(tmp_path), small_drafts)
    token = studio.new_token()
    studio.workspace(token).projects.create(Project(script="Hello."))
    studio.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert token.encode() not in kept


@pytest.mark.parametrize("token", [None, "", "local", "samples", "a" * 21, "a" * 129, "ä" * 43])
def test_what_is_no_token_opens_nothing(studio: Studio, token: str | None) -> None:
    with pytest.raises(NotFound):
        studio.workspace(token)


def test_on_ones_own_machine_everybody_shares_one_workspace(tmp_path: Path) -> None:
    settings = hosted(tmp_path).model_copy(update={"single_user": True})
    studio = open_studio(settings, small_drafts)
    assert studio.workspace(None).id == studio.workspace(studio.new_token()).id == "local"
    studio.close()


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="MEDIA_URL"):
        open_studio(hosted(tmp_path).model_copy(update={"media_url": "ftp://x"}))


# Nobody else's things


@dataclass(frozen=True)
class Things:
    """One of everything that somebody has."""

    owner: Workspace
    portrait: Portrait
    recording: Recording
    project: str
    job: Job
    video: Video
    comparison: str


@pytest.fixture(scope="module")
def things(studio: Studio) -> Things:
    owner = studio.workspace(studio.new_token())
    video = finished(owner)
    return Things(
        owner=owner,
        portrait=owner.add_portrait(MONA_LISA.read_bytes(), "mona-lisa.jpg"),
        recording=owner.add_recording(SPEECH.read_bytes(), "jfk.flac"),
        project=owner.projects.create(MINE),
        job=owner.job(video.job_id),
        video=video,
        comparison=compared(owner),
    )


Verb = Callable[[Workspace, Things], Any]
WITH_ANOTHERS_ID: dict[str, Verb] = {
    "portrait": lambda here, of: here.portrait(of.portrait.reference),
    "portrait_image": lambda here, of: here.portrait_image(of.portrait.reference),
    "portrait_findings": lambda here, of: here.portrait_findings(of.portrait, 0, None, SQUARE),
    "default_crop": lambda here, of: here.default_crop(of.portrait, 1.0),
    "crop_portrait": lambda here, of: here.crop_portrait(of.portrait, WHOLE, SQUARE),
    "recording": lambda here, of: here.recording(of.recording.reference),
    "edit_recording": lambda here, of: here.edit_recording(of.recording, RecordingEdit()),
    "sound_bytes": lambda here, of: here.sound_bytes(of.recording.reference),
    "waveform": lambda here, of: here.waveform(of.recording.reference),
    "render": lambda here, of: here.render(
        DraftInput(image_url=of.portrait.reference, script_text="Hello."), ONE_SECOND, "x"
    ),
    "job": lambda here, of: here.job(of.job.id),
    "events": lambda here, of: here.events(of.job.id),
    "look": lambda here, of: here.look(of.job.id),
    "wait_for_news": lambda here, of: here.wait_for_news(of.job, 0.1),
    "place": lambda here, of: here.place(of.job.id),
    "parts": lambda here, of: here.parts(of.job.id),
    "cancel": lambda here, of: here.cancel(of.job.id),
    "retry": lambda here, of: here.retry(of.job.id),
    "look_again": lambda here, of: here.look_again(of.job.id),
    "send_again": lambda here, of: here.send_again(of.job.id),
    "fetch_again": lambda here, of: here.fetch_again(of.job.id),
    "dismiss": lambda here, of: here.dismiss(of.job.id),
    "video": lambda here, of: here.video(of.video.id),
    "video_file": lambda here, of: here.video_file(of.video.id),
    "video_bytes": lambda here, of: here.video_bytes(of.video.id),
    "thumbnail": lambda here, of: here.thumbnail(of.video.id),
    "delete_video": lambda here, of: here.delete_video(of.video.id),
    "restore_video": lambda here, of: here.restore_video(of.video.id),
    "captions": lambda here, of: here.captions(of.video.id),
    "spoken_script": lambda here, of: here.spoken_script(of.video.id),
    "begin_captions": lambda here, of: here.begin_captions(of.video.id, "Hello."),
    "caption_writing": lambda here, of: here.caption_writing(of.video.id),
    "write_captions": lambda here, of: here.write_captions(of.video.id, "Hello."),
    "edit_captions": lambda here, of: here.edit_captions(of.video.id, ["Hello."]),
    "forget_captions": lambda here, of: here.forget_captions(of.video.id),
    "undo_caption_edits": lambda here, of: here.undo_caption_edits(of.video.id),
    "subtitles": lambda here, of: here.subtitles(of.video.id, "srt"),
    "looks": lambda here, of: here.looks(of.video.id),
    "finish": lambda here, of: here.finish(of.video.id, shape="1:1"),
    "versions": lambda here, of: here.versions(of.video.id),
    "version": lambda here, of: here.version(of.video.id),
    "compare": lambda here, of: here.compare(
        [DraftInput(image_url=of.portrait.reference, script_text=words) for words in ("a", "b")],
        ONE_SECOND,
        "x",
        agreed=Decimal(0),
    ),
    "comparison": lambda here, of: here.comparison(of.comparison),
    "choose": lambda here, of: here.choose(of.comparison, of.job.id),
    "inputs_for": lambda here, of: here.inputs_for(of.video.id, "draft"),
    "again_offers": lambda here, of: here.again_offers(of.video.id),
    "again": lambda here, of: here.again(of.video.id, "draft", agreed=Decimal(0)),
    "compare_again": lambda here, of: here.compare_again(of.comparison, of.job.id),
    "speech": lambda here, of: here.speech(of.job.id),
    "delete_speech": lambda here, of: here.delete_speech(of.job.id),
    "restore_speech": lambda here, of: here.restore_speech(of.job.id),
    "speech_of_job": lambda here, of: here.speech_of_job(of.job.id),
}
TAKES_NO_ID = {
    "add_portrait", "add_recording", "hear_voice", "estimate",
    "jobs", "videos", "key_status", "use_key", "forget_key", "check_key", "offer", "balance",
    "warm", "plan", "ledger", "usual_seconds", "delete_everything", "compare_offer", "comparisons",
    "preferences", "voices", "voice", "script_language", "pronunciations", "set_pronunciations",
    "hear", "speech_offer", "make_speech", "speeches", "speech_of", "hidden",
}  # fmt: skip


@pytest.mark.parametrize("name", WITH_ANOTHERS_ID)
def test_anothers_id_is_as_good_as_none(name: str, stranger: Workspace, things: Things) -> None:
    with pytest.raises(NotFound):
        WITH_ANOTHERS_ID[name](stranger, things)


def test_every_verb_is_tried_with_anothers_id_or_takes_none() -> None:
    verbs = {name for name, _ in inspect.getmembers(Workspace, inspect.isfunction)}
    public = {name for name in verbs if not name.startswith("_")}
    assert public == WITH_ANOTHERS_ID.keys() | TAKES_NO_ID


def test_lists_and_projects_hold_nothing_of_anothers(stranger: Workspace, things: Things) -> None:
    assert stranger.jobs() == []
    assert stranger.videos().total == 0
    assert stranger.projects.find(things.project) is None
    assert stranger.speech_of(things.recording.reference) is None


def test_after_a_stranger_tried_everything_it_is_all_still_there(
    studio: Studio, things: Things, stranger: Workspace
) -> None:
    for verb in WITH_ANOTHERS_ID.values():
        with suppress(NotFound):
            verb(stranger, things)
    assert things.owner.video(things.video.id) == things.video
    assert things.owner.projects.find(things.project) == MINE


# Portraits and recordings


def test_a_portrait_is_kept_with_its_face(workspace: Workspace) -> None:
    portrait = workspace.add_portrait(MONA_LISA.read_bytes(), "mona-lisa.jpg")
    [face] = portrait.faces
    assert 0 < face.left < face.left + face.width < 1
    assert workspace.portrait(portrait.reference) == portrait
    assert workspace.portrait_image(portrait.reference).size == (portrait.width, portrait.height)


def test_a_good_portrait_has_no_findings_that_block(workspace: Workspace) -> None:
    portrait = workspace.add_portrait(MONA_LISA.read_bytes(), "mona-lisa.jpg")
    box = workspace.default_crop(portrait, SQUARE.aspect)
    findings = workspace.portrait_findings(portrait, None, box, SQUARE)
    assert not any(finding.blocks for finding in findings)


def test_a_crop_is_an_asset_of_its_own_in_the_shape_of_the_video(workspace: Workspace) -> None:
    portrait = workspace.add_portrait(MONA_LISA.read_bytes(), "mona-lisa.jpg")
    box = workspace.default_crop(portrait, SQUARE.aspect)
    cut = workspace.portrait_image(workspace.crop_portrait(portrait, box, SQUARE))
    assert cut.width == cut.height


def test_a_recording_is_kept_as_wav_with_its_length(workspace: Workspace) -> None:
    recording = workspace.add_recording(SPEECH.read_bytes(), "jfk.flac")
    with wave.open(BytesIO(workspace.sound_bytes(recording.reference))) as sound:
        seconds = sound.getnframes() / sound.getframerate()
    assert seconds == pytest.approx(recording.seconds, abs=0.001)
    assert workspace.recording(recording.reference) == recording


def test_editing_a_recording_leaves_the_first_one_as_it_is(workspace: Workspace) -> None:
    recording = workspace.add_recording(SPEECH.read_bytes(), "jfk.flac")
    edited = workspace.edit_recording(recording, RecordingEdit(start=1, end=3))
    assert edited.seconds == pytest.approx(2, abs=0.1)
    assert workspace.recording(recording.reference) == recording
    assert workspace.waveform(edited.reference).mode == "RGBA"


# Jobs


def test_a_bought_model_says_what_it_needs(workspace: Workspace) -> None:
    portrait = workspace._store.put(workspace.id, b"a picture", ".jpg")
    with pytest.raises(RenderRefused, match="needs a key"):
        workspace.render(FlashheadInput(image_url=portrait, text="Hello."), ONE_SECOND, "x")
    assert workspace.jobs() == []


def test_what_a_model_cannot_take_is_refused_before_anything_is_written(
    workspace: Workspace,
) -> None:
    portrait = workspace._store.put(workspace.id, b"a picture", ".jpg")
    recording = SpeechLength(Decimal(1), "recording")
    with pytest.raises(RenderRefused, match="a script"):
        workspace.render(FlashheadInput(image_url=portrait, text="Hello."), recording, "x")


def test_an_input_that_is_gone_is_said_before_anything_is_written(workspace: Workspace) -> None:
    gone = DraftInput(image_url="asset:" + "0" * 64 + ".jpg", script_text="Hello.")
    with pytest.raises(NotFound, match="Choose it again"):
        workspace.render(gone, ONE_SECOND, "x")
    assert workspace.jobs() == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [("  two\n words ", "two words"), ("", "Draft"), ("x" * 500, "x" * 120), ("a\x00b", "ab")],
)
def test_a_title_is_one_short_line(workspace: Workspace, given: str, kept: str) -> None:
    portrait = workspace._store.put(workspace.id, b"a picture", ".jpg")
    draft = DraftInput(image_url=portrait, script_text="frames=1", width=64, height=64)
    job = workspace.render(draft, ONE_SECOND, given)
    assert job.title == kept
    workspace.cancel(job.id)


def test_inputs_that_a_model_does_not_take_any_more_are_said_plainly(
    workspace: Workspace,
) -> None:
    job = order(workspace, "frames=1")
    outdated = replace(job, id="f" * 32, arguments={**job.arguments, "width": 7})
    workspace._journal.add(outdated.replace(state=JobState.FAILED))
    with pytest.raises(InvalidParameters, match="choose the values again"):
        workspace.retry(outdated.id)


def test_a_dismissed_job_leaves_the_list(workspace: Workspace) -> None:
    job = wait_for(workspace, order(workspace, "refuse"), JobState.FAILED)
    workspace.dismiss(job.id)
    assert workspace.jobs() == []
    assert workspace.job(job.id).state is JobState.FAILED


# The gallery


def test_a_finished_video_is_found_by_the_words_of_its_script(workspace: Workspace) -> None:
    video = finished(workspace, "frames=1 Grüße")
    assert workspace.videos(words="GRÜSSE").videos == [video]
    assert workspace.videos(words="nothing").videos == []


def test_a_video_is_a_file_here_with_a_small_picture(workspace: Workspace) -> None:
    video = finished(workspace)
    path = workspace.video_file(video.id)
    assert isinstance(path, Path)
    assert path.read_bytes() == workspace.video_bytes(video.id)
    assert workspace.thumbnail(video.id).startswith(b"\xff\xd8")


def test_a_deleted_video_comes_back_when_it_is_wanted(workspace: Workspace) -> None:
    video = finished(workspace)
    workspace.delete_video(video.id)
    assert workspace.videos().total == 0
    workspace.restore_video(video.id)
    assert workspace.videos().videos == [video]


def test_after_a_day_a_deleted_video_is_gone_with_its_files(
    studio: Studio, workspace: Workspace
) -> None:
    gone, young, kept = (finished(workspace, f"frames={number}") for number in (2, 3, 4))
    for video in (gone, young):
        workspace.delete_video(video.id)
    long_ago = datetime.now(UTC) - KEPT_AFTER_DELETION - timedelta(minutes=1)
    workspace._videos.mark_deleted(workspace.id, gone.id, long_ago)
    assert studio.purge() == 1
    with pytest.raises(NotFound):
        workspace.restore_video(gone.id)
    workspace.restore_video(young.id)
    assert workspace.videos().total == 2
    media = studio.settings.data_dir / "media" / workspace.id
    files = {path.name for path in media.glob("*.mp4")}
    assert files == {video.file.removeprefix("asset:") for video in (young, kept)}
    # The portrait is the same picture for all three, and two of them still use it.
    assert workspace.retry(kept.job_id).state is JobState.WAITING


# Projects


def test_a_project_survives_a_restart(tmp_path: Path) -> None:
    studio = open_studio(hosted(tmp_path), small_drafts)
    token = studio.new_token()
    project = studio.workspace(token).projects.create(MINE)
    studio.workspace(token).projects.save(project, MINE.with_(script="Good-bye.", face=1))
    studio.close()
    studio = open_studio(hosted(tmp_path), small_drafts)
    kept = studio.workspace(token).projects.find(project)
    studio.close()
    assert kept == MINE.with_(script="Good-bye.", face=1)
