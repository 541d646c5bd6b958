"""Paid renders from the click to the bill, over a real socket: studio, engine, renderer, fal."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from talkinghead import Settings, Studio, Workspace, open_studio
from talkinghead.jobs.job import Job, JobState
from talkinghead.models import (
    FlashheadInput,
    HeygenAvatar4Input,
    InfinitalkInput,
    InfinitalkSingleTextInput,
    ModelInput,
    SpeechLength,
    StableAvatarInput,
)
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.studios import small_drafts, wait_until
from tests.paid_studio import HURRIED, Person

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
SPOKEN = SpeechLength(Decimal("1.5"), "script")
RECORDED = SpeechLength(Decimal("1.5"), "recording")
ENDED = [state for state in JobState if state.ended]


@pytest.fixture(scope="module")
def server() -> Iterator[FalServer]:
    with FalServer(Options(keys=(KEY, KEY + "2"), log_interval=0.05)) as running:
        yield running


@pytest.fixture
def fal(server: FalServer) -> FalServer:
    server.reset()
    server.options.restore()
    server.options.log_interval = 0.05
    return server


def hosted(folder: Path, fal: FalServer, **changes: object) -> Settings:
    values = {"data_dir": folder, "single_user": False, "database_url": None, "media_url": None}
    values |= {"fal_key": None, "fal_proxy_url": fal.url, **changes}
    return Settings.model_validate(values)


def opened(settings: Settings) -> Studio:
    return open_studio(settings, small_drafts, HURRIED)


@pytest.fixture
def studio(tmp_path: Path, fal: FalServer) -> Iterator[Studio]:
    running = opened(hosted(tmp_path, fal))
    yield running
    running.close()


@pytest.fixture
def person(studio: Studio) -> Person:
    workspace = studio.workspace(studio.new_token())
    workspace.use_key(KEY)
    return Person(workspace, KEY)


def order(person: Person, model: type[ModelInput] = FlashheadInput, words: str = "Hi.") -> Job:
    given = person.input(model, words)
    speech = RECORDED if given.recording else SPOKEN
    agreed = person.workspace.offer(given, speech).estimate.dollars
    return person.workspace.render(given, speech, words, agreed=agreed)


def ended(workspace: Workspace, job: Job, seconds: float = 30) -> Job:
    wait_until(lambda: workspace.job(job.id).state in ENDED, seconds)
    return workspace.job(job.id)


@pytest.mark.parametrize(
    "model",
    [
        FlashheadInput,
        InfinitalkInput,
        InfinitalkSingleTextInput,
        StableAvatarInput,
        HeygenAvatar4Input,
    ],
)
def test_a_paid_render_ends_with_a_video_and_one_bill(
    person: Person, fal: FalServer, model: type[ModelInput]
) -> None:
    here = person.workspace
    job = ended(here, order(person, model))
    assert (job.state, job.problem) == (JobState.DONE, None)
    [bill] = fal.bills
    [entry] = here.ledger()
    [video] = here.videos().videos
    assert here.video_bytes(video.id)[4:8] == b"ftyp"
    assert (entry.request_id, entry.billed, entry.charged) == (bill.request_id, bill.dollars, True)
    assert video.dollars == bill.dollars
    assert (entry.video_id, entry.state) == (video.id, JobState.DONE)
