"""At fal, outputs expire, portraits are closed once no job uses them, and what is stored here can
be deleted there."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr

from talkinghead import Settings, Studio
from talkinghead.billing.history_csv import history_csv
from talkinghead.catalogue import FlashheadInput
from talkinghead.core.database import Database
from talkinghead.core.errors import ConfigurationError
from talkinghead.core.settings import read_settings
from talkinghead.fal.inputs import asset_inputs
from talkinghead.fal.privacy.output_repository import OutputRepository
from talkinghead.fal.upload_repository import UploadRepository
from talkinghead.fal.uploads import account_of
from talkinghead.jobs.job import Job, JobState
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.studios import wait_for, wait_for_end
from tests.orders import say_nobody
from tests.paid_studio import Person, hosted, opened, reset
from tests.records import database_of, store_of
from tests.waiting import wait_until

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
MONTH = timedelta(days=30)


@pytest.fixture(scope="module")
def server() -> Iterator[FalServer]:
    with FalServer(Options(keys=(KEY,), log_interval=0.05)) as running:
        yield running


@pytest.fixture
def fal(server: FalServer) -> FalServer:
    return reset(server)


@pytest.fixture
def studio(tmp_path: Path, fal: FalServer) -> Iterator[Studio]:
    with closing(opened(hosted(tmp_path, fal, fal_delete_outputs=True))) as running:
        yield running


@pytest.fixture
def person(studio: Studio) -> Person:
    workspace = studio.workspace(studio.new_token())
    workspace.billing.enter_key(KEY)
    return Person(workspace, KEY)


def rendered(person: Person) -> Job:
    job = wait_for_end(person.workspace, person.order(FlashheadInput))
    assert job.state is JobState.DONE
    return job


def uploaded(job: Job, fal: FalServer) -> str:
    """The path of a job's portrait at fal."""
    [queued] = [one for one in fal.jobs if one.request_id == job.request_id]
    path: str = urlsplit(queued.arguments["image_url"]).path
    return path


def decision(fal: FalServer, path: str) -> str:
    return fal.fal.files.decision(path)


# Outputs


def test_an_output_expires_so_long_after_its_order(person: Person, fal: FalServer) -> None:
    job = rendered(person)
    [queued] = fal.jobs
    assert queued.media_until is not None
    assert abs(queued.media_until - datetime.now(UTC) - MONTH) < timedelta(minutes=1)
    [row] = person.workspace.billing.history().rows
    assert row.kept is not None
    assert row.entry.job_id == job.id
    assert abs(row.kept.expires_at - queued.media_until) < timedelta(minutes=1)
    assert row.kept.can_be_fetched(datetime.now(UTC))
    day = row.kept.expires_at.date().isoformat()
    table = history_csv(person.workspace.billing.history(), UTC, str).decode("utf-8-sig")
    assert day in table


@pytest.mark.parametrize("days", ["6", "0", "400", "a month"])
def test_it_is_never_kept_for_less_than_a_week(days: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAL_OUTPUT_DAYS", days)
    with pytest.raises(ConfigurationError, match="FAL_OUTPUT_DAYS must be a whole number of days"):
        read_settings()
    monkeypatch.setenv("FAL_OUTPUT_DAYS", "7")
    assert read_settings().fal_output_days == 7


def test_another_order_of_a_job_counts_anew(database: Database) -> None:
    outputs, now = OutputRepository(database), datetime.now(UTC)
    outputs.put("job", "account", now + timedelta(days=1))
    outputs.mark_deleted("job")
    assert not outputs.of_jobs(["job"])["job"].can_be_fetched(now)
    outputs.put("job", "account", now + timedelta(days=2))
    kept = outputs.of_jobs(["job", "other"])
    assert list(kept) == ["job"]
    assert kept["job"].can_be_fetched(now + timedelta(days=1, hours=1))
    assert not kept["job"].can_be_fetched(now + timedelta(days=2))


def test_what_is_stored_here_is_deleted_there(
    studio: Studio, person: Person, fal: FalServer
) -> None:
    job = rendered(person)
    [queued] = fal.jobs
    assert fal.fal.files.get(queued.file_path or "") is not None
    studio.clean_up_provider()
    assert fal.fal.files.get(queued.file_path or "") is None
    [row] = person.workspace.billing.history().rows
    assert row.kept is not None
    assert row.kept.deleted_at is not None
    assert "deleted" in history_csv(person.workspace.billing.history(), UTC, str).decode()
    assert person.workspace.gallery.content(job.video_id or "")[4:8] == b"ftyp"
    asked = len(fal.visits)
    studio.clean_up_provider()
    assert not [visit for visit in fal.visits[asked:] if visit.method == "DELETE"]


@pytest.mark.parametrize("why", ["no admin key", "lost here", "damaged here", "not set"])
def test_otherwise_it_stays_there(
    why: str, tmp_path: Path, fal: FalServer, studio: Studio, person: Person
) -> None:
    job = rendered(person)
    [queued] = fal.jobs
    if why == "no admin key":
        fal.options.admin = False
    if why == "lost here":
        video = person.workspace.gallery.find(job.video_id or "")
        store_of(studio).delete(person.workspace.id, video.file)
    if why == "damaged here":
        video = person.workspace.gallery.find(job.video_id or "")
        path = store_of(studio).local_path(person.workspace.id, video.file)
        assert path is not None
        path.write_bytes(path.read_bytes()[:-1])
    if why == "not set":
        assert not Settings.model_fields["fal_delete_outputs"].default
    else:
        studio.clean_up_provider()
    assert fal.fal.files.get(queued.file_path or "") is not None
    [row] = person.workspace.billing.history().rows
    assert row.kept is not None
    assert row.kept.deleted_at is None


# Uploads


def test_a_portrait_is_closed_and_forgotten_once_no_job_uses_it(
    studio: Studio, person: Person, fal: FalServer
) -> None:
    path = uploaded(rendered(person), fal)
    assert decision(fal, path) == "allow"
    studio.clean_up_provider()
    assert decision(fal, path) == "forbid"
    again = uploaded(rendered(person), fal)  # not the one that is closed
    assert again != path


def test_it_stays_open_while_a_job_uses_it(studio: Studio, person: Person, fal: FalServer) -> None:
    done = rendered(person)
    fal.options.held = True
    other = person.order(FlashheadInput, "Again.")
    wait_for(person.workspace, other, JobState.RENDERING)
    studio.clean_up_provider()
    assert decision(fal, uploaded(done, fal)) == "allow"
    fal.options.held = False
    assert wait_for_end(person.workspace, other).state is JobState.DONE
    studio.clean_up_provider()
    assert decision(fal, uploaded(done, fal)) == "forbid"


def test_what_could_not_be_closed_is_forgotten_all_the_same_and_tried_again(
    studio: Studio, person: Person, fal: FalServer
) -> None:
    path = uploaded(rendered(person), fal)
    fal.options.assets_write = False
    studio.clean_up_provider()
    assert decision(fal, path) == "allow"
    with database_of(studio) as database:
        assert [urlsplit(url).path for url, _ in OutputRepository(database).closings()] == [path]
        [upload] = asset_inputs(person.input(FlashheadInput))
        account = account_of(SecretStr(KEY))
        assert UploadRepository(database).recall(account, upload.content) is None
    assert uploaded(rendered(person), fal) != path


def test_a_portrait_that_was_uploaded_ahead_waits_for_its_order(
    studio: Studio, person: Person, fal: FalServer
) -> None:
    say_nobody(person.workspace, FlashheadInput.endpoint_id, person.portrait)
    person.workspace.billing.prefetch(FlashheadInput.endpoint_id, person.portrait)
    wait_until(lambda: len(fal.fal.files.stored) == 1)
    studio.clean_up_provider()
    [path] = fal.fal.files.stored
    assert decision(fal, path) == "allow"
