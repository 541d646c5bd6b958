"""Tokens open workspaces, and no verb reaches what belongs to another one."""

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from talkinghead import Settings, Studio, Workspace, open_studio
from talkinghead.av.cropping import CropBox
from talkinghead.billing.permit import Permit
from talkinghead.catalogue import BUILT_IN, DraftInput, Geometry
from talkinghead.consent.values import Ground, Statement
from talkinghead.core.errors import ConfigurationError, NotFound
from talkinghead.jobs.job import Job, Video
from talkinghead.jobs.service import ResendPlan, RetryPlan
from talkinghead.portraits.values import Portrait
from talkinghead.projects.values import Project, SavedProject
from talkinghead.speech.recordings.values import Recording, RecordingEdit
from talkinghead.teams.permissions import VERBS
from tests.jobs.studios import ONE_SECOND, finished, hosted_studio, small_drafts, small_picture
from tests.orders import order_comparison, order_render

ROOT = Path(__file__).parents[1]
MONA_LISA = ROOT / "components" / "portraits" / "samples" / "mona-lisa.jpg"
SPEECH = ROOT / "tests" / "data" / "speech" / "jfk.flac"
SQUARE = Geometry(512, 512)
MINE = Project(catalogue=BUILT_IN, script="mine")
MY_FACE = Statement(Ground.ME)
WHOLE = CropBox(left=0, top=0, width=1, height=1)


def hosted(folder: Path) -> Settings:
    return Settings(data_dir=folder, single_user=False, database_url=None, media_url=None)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with closing(hosted_studio(tmp_path_factory.mktemp("studio"))) as studio:
        yield studio


@pytest.fixture
def workspace(studio: Studio) -> Workspace:
    return studio.workspace(studio.new_token())


@pytest.fixture
def stranger(studio: Studio) -> Workspace:
    return studio.workspace(studio.new_token())


def compared(workspace: Workspace) -> str:
    portrait = workspace.portraits.add(small_picture(), "small.png").reference
    drafts = [
        DraftInput(image_url=portrait, script_text="frames=2", width=64, height=64, seed=seed)
        for seed in (1, 2)
    ]
    return order_comparison(workspace, drafts, ONE_SECOND, "x", agreed=Decimal(0)).id


# Who is here


def test_a_token_opens_the_same_workspace_again(studio: Studio) -> None:
    token = studio.new_token()
    assert studio.workspace(token).id == studio.workspace(token).id


def test_tokens_are_long_and_never_the_same(studio: Studio) -> None:
    tokens = {studio.new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 32


def test_a_token_is_kept_nowhere(tmp_path: Path) -> None:
    studio = hosted_studio(tmp_path)
    token = studio.new_token()
    studio.workspace(token).projects.create(Project(catalogue=BUILT_IN, script="Hello."))
    studio.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert token.encode() not in kept


@pytest.mark.parametrize(
    "token", [None, "", "local", "samples", "a" * 21, "a" * 43, "a" * 129, "ä" * 43]
)
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
        portrait=owner.portraits.add(MONA_LISA.read_bytes(), "mona-lisa.jpg"),
        recording=owner.recordings.add(SPEECH.read_bytes(), "jfk.flac"),
        project=owner.projects.create(MINE),
        job=owner.jobs.find(video.job_id),
        video=video,
        comparison=compared(owner),
    )


def nothing_to_pay(here: Workspace) -> Permit:
    """Leave to order what costs nothing."""
    return here.billing.authorise(here.billing.quote(()))


Verb = Callable[[Workspace, Things], Any]
WITH_ANOTHERS_ID: dict[str, Verb] = {
    "gallery.rename": lambda here, of: here.gallery.rename(of.video.id, "Mine"),
    "gallery.mark_favorite": lambda here, of: here.gallery.mark_favorite(of.video.id, True),
    "gallery.move": lambda here, of: here.gallery.move([of.video.id], "Mine"),
    "content_credentials.facts": lambda here, of: here.content_credentials.facts(of.video.id),
    "content_credentials.verify_video": lambda here, of: here.content_credentials.verify_video(
        of.video.id
    ),
    "downloads.file_name": lambda here, of: here.downloads.file_name(of.video.id),
    "downloads.latest": lambda here, of: here.downloads.latest(of.video.id),
    "downloads.original": lambda here, of: here.downloads.original(of.video.id),
    "downloads.check": lambda here, of: here.downloads.check([of.video.id]),
    "downloads.archive": lambda here, of: here.downloads.archive([of.video.id]),
    "exports.details": lambda here, of: here.exports.details(of.video.id),
    "portraits.find": lambda here, of: here.portraits.find(of.portrait.reference),
    "portraits.whole_of": lambda here, of: here.portraits.whole_of(of.portrait.reference),
    "portraits.shown": lambda here, of: here.portraits.shown(of.portrait.reference),
    "portraits.add_stored": lambda here, of: here.portraits.add_stored(of.portrait.reference, "x"),
    "portraits.face_pictures": lambda here, of: here.portraits.face_pictures(of.portrait),
    "portraits.preview": lambda here, of: here.portraits.preview(of.portrait, WHOLE, 240),
    "portraits.findings": lambda here, of: here.portraits.findings(of.portrait, 0, None, SQUARE),
    "portraits.default_crop": lambda here, of: here.portraits.default_crop(of.portrait, 1.0),
    "portraits.crop": lambda here, of: here.portraits.crop(of.portrait, WHOLE, SQUARE),
    "portraits.rotate": lambda here, of: here.portraits.rotate(of.portrait, 1),
    "portraits.thumbnail": lambda here, of: here.portraits.thumbnail(of.portrait.reference),
    "consent.status": lambda here, of: here.consent.status(of.portrait.reference),
    "consent.answer": lambda here, of: here.consent.answer(of.portrait.reference),
    "consent.save_answer": lambda here, of: here.consent.save_answer(
        of.portrait.reference, MY_FACE
    ),
    "consent.attach": lambda here, of: here.consent.attach(of.portrait.reference, b"x", "x"),
    "consent.give": lambda here, of: here.consent.give(of.portrait.reference, MY_FACE),
    "consent.withdraw": lambda here, of: here.consent.withdraw(of.portrait.reference),
    "consent.proof": lambda here, of: here.consent.proof(of.portrait.reference),
    "receipts.find": lambda here, of: here.receipts.find(of.video.id),
    "retention.face": lambda here, of: here.retention.face(of.portrait.reference),
    "retention.delete_face": lambda here, of: here.retention.delete_face(of.portrait.reference),
    "portrait_library.choose": lambda here, of: here.portrait_library.choose(of.portrait.reference),
    "portrait_library.remove": lambda here, of: here.portrait_library.remove(of.portrait.reference),
    "portrait_library.restore": lambda here, of: here.portrait_library.restore(
        of.portrait.reference
    ),
    "recordings.find": lambda here, of: here.recordings.find(of.recording.reference),
    "recordings.edit": lambda here, of: here.recordings.edit(of.recording, RecordingEdit()),
    "recordings.sound": lambda here, of: here.recordings.sound(of.recording.reference),
    "recordings.add_sound_of": lambda here, of: here.recordings.add_sound_of(
        of.recording.reference, 1.0, "x"
    ),
    "recordings.preview": lambda here, of: here.recordings.preview(of.recording, RecordingEdit()),
    "recordings.listen": lambda here, of: here.recordings.listen(of.recording.reference),
    "recordings.loudness": lambda here, of: here.recordings.loudness(of.recording.reference),
    "renders.order": lambda here, of: order_render(
        here,
        DraftInput(image_url=of.portrait.reference, script_text="Hello."),
        ONE_SECOND,
        "x",
    ),
    "jobs.find": lambda here, of: here.jobs.find(of.job.id),
    "jobs.events": lambda here, of: here.jobs.events(of.job.id),
    "jobs.find_with_events": lambda here, of: here.jobs.find_with_events(of.job.id),
    "jobs.wait_for_change": lambda here, of: here.jobs.wait_for_change(of.job, 0.1),
    "jobs.place_in_queue": lambda here, of: here.jobs.place_in_queue(of.job.id),
    "renders.parts": lambda here, of: here.renders.parts(of.job.id),
    "jobs.cancel": lambda here, of: here.jobs.cancel(of.job.id),
    "jobs.give_up": lambda here, of: here.jobs.give_up(of.job.id),
    "jobs.plan_retry": lambda here, of: here.jobs.plan_retry(of.job.id),
    "jobs.retry": lambda here, of: here.jobs.retry(RetryPlan(of.job), nothing_to_pay(here)),
    "jobs.reconcile": lambda here, of: here.jobs.reconcile(of.job.id),
    "jobs.plan_resend": lambda here, of: here.jobs.plan_resend(of.job.id),
    "jobs.send_again": lambda here, of: here.jobs.send_again(
        ResendPlan(of.job, None), nothing_to_pay(here)
    ),
    "jobs.fetch_again": lambda here, of: here.jobs.fetch_again(of.job.id),
    "jobs.dismiss": lambda here, of: here.jobs.dismiss(of.job.id),
    "gallery.find": lambda here, of: here.gallery.find(of.video.id),
    "gallery.file": lambda here, of: here.gallery.file(of.video.id),
    "gallery.content": lambda here, of: here.gallery.content(of.video.id),
    "gallery.thumbnail": lambda here, of: here.gallery.thumbnail(of.video.id),
    "gallery.delete": lambda here, of: here.gallery.delete(of.video.id),
    "gallery.restore": lambda here, of: here.gallery.restore(of.video.id),
    "captions.find": lambda here, of: here.captions.find(of.video.id),
    "captions.spoken_script": lambda here, of: here.captions.spoken_script(of.video.id),
    "captions.begin": lambda here, of: here.captions.begin(of.video.id, "Hello."),
    "captions.progress": lambda here, of: here.captions.progress(of.video.id),
    "captions.write": lambda here, of: here.captions.write(of.video.id, "Hello."),
    "captions.edit": lambda here, of: here.captions.edit(of.video.id, ["Hello."]),
    "captions.forget": lambda here, of: here.captions.forget(of.video.id),
    "captions.revert": lambda here, of: here.captions.revert(of.video.id),
    "captions.subtitles": lambda here, of: here.captions.subtitles(of.video.id, "srt"),
    "exports.previews": lambda here, of: here.exports.previews(of.video.id),
    "exports.order": lambda here, of: here.exports.order(of.video.id),
    "exports.label_language": lambda here, of: here.exports.label_language(of.video.id),
    "exports.label_texts": lambda here, of: here.exports.label_texts(of.video.id),
    "exports.list": lambda here, of: here.exports.list(of.video.id),
    "exports.describe": lambda here, of: here.exports.describe(of.video.id),
    "comparisons.order": lambda here, of: order_comparison(
        here,
        [DraftInput(image_url=of.portrait.reference, script_text=words) for words in ("a", "b")],
        ONE_SECOND,
        "x",
        agreed=Decimal(0),
    ),
    "comparisons.find": lambda here, of: here.comparisons.find(of.comparison),
    "comparisons.choose": lambda here, of: here.comparisons.choose(of.comparison, of.job.id),
    "rerenders.inputs": lambda here, of: here.rerenders.inputs(of.video.id, "draft"),
    "rerenders.plans": lambda here, of: here.rerenders.plans(of.video.id),
    "rerenders.plan": lambda here, of: here.rerenders.plan(of.video.id, "draft"),
    "rerenders.order": lambda here, of: here.rerenders.order(
        of.video.id,
        here.renders.plan(DraftInput.provisional(), ONE_SECOND),
        nothing_to_pay(here),
    ),
    "comparisons.retry": lambda here, of: here.comparisons.retry(
        of.comparison, RetryPlan(of.job), nothing_to_pay(here)
    ),
    "speech.find": lambda here, of: here.speech.find(of.job.id),
    "speech.delete": lambda here, of: here.speech.delete(of.job.id),
    "speech.restore": lambda here, of: here.speech.restore(of.job.id),
    "speech.of_job": lambda here, of: here.speech.of_job(of.job.id),
    "projects.save": lambda here, of: here.projects.save(
        of.project, MINE, SavedProject(MINE, datetime.now(UTC))
    ),
    "projects.picture": lambda here, of: here.projects.picture(MINE.with_(portrait=of.portrait)),
    "projects.render_order": lambda here, of: here.projects.render_order(
        MINE.with_(portrait=of.portrait)
    ),
    "projects.draft_order": lambda here, of: here.projects.draft_order(
        MINE.with_(portrait=of.portrait)
    ),
    "projects.with_edit": lambda here, of: here.projects.with_edit(
        MINE.with_(source="recording", recording=of.recording)
    ),
    "projects.use_again": lambda here, of: here.projects.use_again(of.video),
    "projects.copy": lambda here, of: here.projects.copy(of.project, "copied"),
    "projects.rename": lambda here, of: here.projects.rename(of.project, "Mine"),
    "projects.delete": lambda here, of: here.projects.delete(of.project),
    "projects.restore": lambda here, of: here.projects.restore(of.project),
}
TAKES_NO_ID = {
    "billing.authorise",
    "billing.balance",
    "billing.check_key",
    "billing.enter_key",
    "billing.key_status",
    "billing.ledger",
    "billing.history",
    "billing.prefetch",
    "billing.quote",
    "billing.spent",
    "billing.remove_key",
    "billing.usual_seconds",
    "comparisons.candidates",
    "comparisons.hidden",
    "comparisons.list",
    "comparisons.plan",
    "comparisons.preferences",
    "content_credentials.status",
    "content_credentials.verify",
    "consent.missing",  # of what is asked about
    "consent.whole_of",  # of others' nothing is known
    "gallery.counts_of_versions",  # of others' there are none, see below
    "gallery.folders",
    "gallery.list",
    "jobs.draft_refusal",
    "jobs.longest_draft",
    "jobs.space_remark",
    "jobs.list",
    "portrait_library.list",
    "jobs.search",
    "jobs.counts",
    "jobs.news",
    "jobs.mark_seen",
    "jobs.several",  # of others' there are none
    "jobs.clear_finished",
    "jobs.restore",  # others' stay as they are, see tests/jobs/records
    "portraits.add",
    "projects.create",
    "projects.find",
    "projects.changed_fields",
    "projects.in_workspace",
    "projects.merge",
    "projects.recent",
    "projects.titles_of_jobs",
    "projects.open",
    "projects.settle",
    "pronunciations.list",
    "pronunciations.replace",
    "recordings.add",
    "renders.plan",
    "retention.erase",
    "speech.list",
    "speech.of_recording",
    "speech.order",
    "speech.plan",
    "voices.find",
    "voices.hear",
    "voices.heard",
    "voices.list",
    "voices.named",
    "voices.order",
    "voices.sample",
    "voices.script_language",
}


@pytest.mark.parametrize("name", WITH_ANOTHERS_ID)
def test_anothers_id_is_as_good_as_none(name: str, stranger: Workspace, things: Things) -> None:
    with pytest.raises(NotFound):
        WITH_ANOTHERS_ID[name](stranger, things)


def test_every_verb_is_tried_with_anothers_id_or_takes_none() -> None:
    verbs = {f"{service}.{verb}" for service, acts in VERBS.items() for verb in acts}
    assert verbs == WITH_ANOTHERS_ID.keys() | TAKES_NO_ID


def test_lists_and_projects_hold_nothing_of_anothers(stranger: Workspace, things: Things) -> None:
    assert stranger.gallery.counts_of_versions([things.video.id]) == {}
    assert stranger.jobs.list() == []
    assert stranger.gallery.list().total == 0
    assert stranger.projects.find(things.project) is None
    assert stranger.speech.of_recording(things.recording.reference) is None


def test_after_a_stranger_tried_everything_it_is_all_still_there(
    studio: Studio, things: Things, stranger: Workspace
) -> None:
    for verb in WITH_ANOTHERS_ID.values():
        with suppress(NotFound):
            verb(stranger, things)
    assert things.owner.gallery.find(things.video.id) == things.video
    assert things.owner.projects.find(things.project) == MINE
