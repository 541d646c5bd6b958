"""Which key serves an order, over a real socket: the account that ordered, and nobody else's."""

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from talkinghead import Studio, Workspace
from talkinghead.catalogue import FlashheadInput
from talkinghead.core.errors import RenderRefused
from talkinghead.jobs.job import Job, JobState
from talkinghead.teams.values import Visit
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.studios import wait_for
from tests.jobs.studios import wait_for_end as ended
from tests.orders import retry, send_again
from tests.paid_studio import Person, hosted, opened, reset
from tests.waiting import wait_until

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
OTHER = "9f8e7d6c-1111-2222-3333-444455556666:0123456789abcdef0123456789abcdef"
SHARED = {"fal_visitors_may_pay": True, "cap_app_month": Decimal(100)}


@pytest.fixture(scope="module")
def server() -> Iterator[FalServer]:
    """A fal for which each key is an account of its own."""
    with FalServer(Options(log_interval=0.05)) as running:
        yield running


@pytest.fixture
def fal(server: FalServer) -> FalServer:
    return reset(server)


def order(workspace: Workspace) -> Job:
    """One short video."""
    return Person(workspace, "").order(FlashheadInput)


def waits(workspace: Workspace, job: Job) -> str:
    """The reason for which a job waits for a key, once it does."""
    wait_until(lambda: workspace.jobs.find(job.id).waiting_for == "key")
    notes = [event.text for event in workspace.jobs.events(job.id) if event.kind == "note"]
    return notes[-1]


def says(workspace: Workspace, job: Job, words: str) -> None:
    """The job waits for a key, and comes to say these words."""
    wait_until(lambda: words in waits(workspace, job))


def rendering(folder: Path, fal: FalServer, key: str) -> tuple[str, str]:
    """A visitor's token, and the id of their job that is at fal when the studio closes."""
    fal.latency(run=2)
    with closing(opened(hosted(folder, fal))) as studio:
        token = studio.new_token()
        here = studio.workspace(token)
        here.billing.enter_key(key)
        job = order(here)
        wait_for(here, job, JobState.RENDERING)
    return token, job.id


def test_an_order_waits_for_the_key_of_its_account_and_says_so(
    tmp_path: Path, fal: FalServer
) -> None:
    token, job_id = rendering(tmp_path, fal, KEY)
    with closing(opened(hosted(tmp_path, fal))) as studio:
        here = studio.workspace(token)
        job = here.jobs.find(job_id)
        assert job.account is not None
        says(here, job, f"account {job.account[:6]}")
        here.billing.enter_key(OTHER)
        says(here, job, "another fal.ai account")
        assert f"account {job.account[:6]}" in waits(here, job)
        assert here.jobs.find(job_id).state is JobState.RENDERING
        here.billing.enter_key(KEY)
        assert ended(here, job).state is JobState.DONE
    assert len(fal.bills) == 1


def test_a_new_key_of_the_same_account_serves_what_an_earlier_one_ordered(tmp_path: Path) -> None:
    with FalServer(Options(keys=(KEY, OTHER), log_interval=0.05)) as one_account:
        token, job_id = rendering(tmp_path, one_account, KEY)
        with closing(opened(hosted(tmp_path, one_account))) as studio:
            here = studio.workspace(token)
            waits(here, here.jobs.find(job_id))
            here.billing.enter_key(OTHER)
            assert ended(here, here.jobs.find(job_id)).state is JobState.DONE
        assert len(one_account.bills) == 1


def test_the_operators_orders_wait_for_the_account_that_ordered_them(
    tmp_path: Path, fal: FalServer
) -> None:
    fal.latency(run=2)
    with closing(opened(hosted(tmp_path, fal, fal_key=KEY, **SHARED))) as studio:
        token = studio.new_token()
        here = studio.workspace(token)
        job = order(here)
        wait_for(here, job, JobState.RENDERING)
    with closing(opened(hosted(tmp_path, fal, fal_key=OTHER, **SHARED))) as studio:
        assert "another fal.ai account" in waits(studio.workspace(token), job)
    with closing(opened(hosted(tmp_path, fal, fal_key=KEY))) as studio:  # visitors may not any more
        assert ended(studio.workspace(token), job).state is JobState.DONE
    assert len(fal.bills) == 1


def test_what_visitors_queued_is_not_sent_once_they_may_not_spend_the_operators_key(
    tmp_path: Path, fal: FalServer
) -> None:
    fal.latency(upload=60)
    with closing(opened(hosted(tmp_path, fal, fal_key=KEY, **SHARED))) as studio:
        token = studio.new_token()
        here = studio.workspace(token)
        job = order(here)
        wait_for(here, job, JobState.PREPARING)
    fal.latency(upload=0)
    with closing(opened(hosted(tmp_path, fal, fal_key=KEY))) as studio:
        here = studio.workspace(token)
        assert "isn't shared with visitors anymore" in waits(here, job)
        here.billing.enter_key(OTHER)
        assert here.jobs.find(job.id).waiting_for == "key"
        assert fal.jobs == []
        here.jobs.cancel(job.id)
        assert ended(here, job).charged is False
        again = retry(here, job.id, agreed=Decimal(1))
        assert ended(here, again).state is JobState.DONE
    assert [bill.request_id for bill in fal.bills] == [fal.jobs[0].request_id]


def test_what_the_operator_ordered_alone_is_sent_by_a_studio_for_visitors(
    tmp_path: Path, fal: FalServer
) -> None:
    fal.latency(upload=60)
    with closing(opened(hosted(tmp_path, fal, fal_key=KEY, single_user=True))) as studio:
        job = order(studio.workspace())
        wait_for(studio.workspace(), job, JobState.PREPARING)
    fal.latency(upload=0)
    with closing(opened(hosted(tmp_path, fal, fal_key=KEY))):
        wait_until(lambda: len(fal.bills) == 1)


@pytest.fixture
def studio(tmp_path: Path, fal: FalServer) -> Iterator[Studio]:
    with closing(opened(hosted(tmp_path, fal))) as running:
        yield running


def test_whoever_has_the_link_spends_nothing_of_a_key_that_was_typed_elsewhere(
    studio: Studio, fal: FalServer
) -> None:
    token = studio.new_token()
    typed, visitor = studio.workspace(token), studio.workspace(token)
    typed.billing.enter_key(KEY)
    job = order(typed)
    assert visitor.billing.key_status().source is None
    assert visitor.billing.balance() is None
    with pytest.raises(RenderRefused, match="Add your own"):
        order(visitor)
    assert ended(typed, job).state is JobState.DONE
    with pytest.raises(RenderRefused, match="Add your own"):
        retry(visitor, job.id, agreed=Decimal(1))
    assert len(fal.bills) == 1


def test_only_the_tab_whose_key_ordered_can_send_a_lost_order_again(
    studio: Studio, fal: FalServer
) -> None:
    fal.options.change({"listing_delay": 3600})
    fal.fault("submit_drop_after")
    token = studio.new_token()
    typed, visitor = studio.workspace(token), studio.workspace(token)
    typed.billing.enter_key(KEY)
    job = order(typed)
    wait_for(typed, job, JobState.UNCONFIRMED)
    for own in (None, OTHER):
        if own:
            visitor.billing.enter_key(own)
        with pytest.raises(RenderRefused, match="ordered with someone else's"):
            send_again(visitor, job.id)
    send_again(typed, job.id)
    assert ended(typed, job).state is JobState.DONE
    assert len({bill.account for bill in fal.bills}) == 1


# Caps


def test_a_persons_day_counts_by_address_and_not_by_gallery(tmp_path: Path, fal: FalServer) -> None:
    caps = {"fal_key": KEY, **SHARED, "cap_person_day": Decimal("0.01")}
    with closing(opened(hosted(tmp_path, fal, **caps))) as studio:
        here = studio.client("198.51.100.7", None)
        assert here is not None
        assert "198.51.100.7" not in here
        assert here == studio.client("10.0.0.2", "198.51.100.7")
        order(studio.workspace(studio.new_token(), visit=Visit(client=here)))
        for _ in range(3):  # fresh galleries in fresh tabs
            with pytest.raises(RenderRefused, match="left today"):
                order(studio.workspace(studio.new_token(), visit=Visit(client=here)))
        elsewhere = studio.client("203.0.113.9", None)
        order(studio.workspace(studio.new_token(), visit=Visit(client=elsewhere)))


def test_the_day_of_the_app_counts_everybody_on_the_operators_key(
    tmp_path: Path, fal: FalServer
) -> None:
    caps = {"fal_key": KEY, **SHARED, "cap_app_day": Decimal("0.01")}
    with closing(opened(hosted(tmp_path, fal, **caps))) as studio:
        first, second = (studio.workspace(studio.new_token()) for _ in range(2))
        order(first)
        with pytest.raises(RenderRefused, match="limit for today"):
            order(second)
        second.billing.enter_key(OTHER)
        order(second)
