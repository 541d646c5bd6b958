"""Paid renders from the click to the bill, over a real socket: studio, engine, renderer, fal."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from talkinghead import Studio
from talkinghead.catalogue import (
    BUILT_IN,
    MODELS,
    FlashheadInput,
    HeygenAvatar4Input,
    ModelInput,
    SpeechLength,
    StableAvatarInput,
)
from talkinghead.core.database import Database, sqlite_url
from talkinghead.core.errors import ConfigurationError, InvalidInput, NotFound, RenderRefused
from talkinghead.core.tables import NO_WORKSPACE
from talkinghead.jobs.job import Job, JobState, LedgerEntry
from talkinghead.jobs.records.order_repository import OrderRepository
from talkinghead.projects.values import Project
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.studios import wait_for
from tests.jobs.studios import wait_for_end as ended
from tests.orders import order_render, order_speech, quote_render, say_nobody, send_again
from tests.paid_studio import Person, hosted, opened, reset, short_speech
from tests.waiting import wait_until

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
SPOKEN = SpeechLength(Decimal("1.5"), "script")
RECORDED = SpeechLength(Decimal("1.5"), "recording")


@pytest.fixture(scope="module")
def server() -> Iterator[FalServer]:
    with FalServer(Options(keys=(KEY, KEY + "2"), log_interval=0.05)) as running:
        yield running


@pytest.fixture
def fal(server: FalServer) -> FalServer:
    return reset(server)


@pytest.fixture
def studio(tmp_path: Path, fal: FalServer) -> Iterator[Studio]:
    running = opened(hosted(tmp_path, fal))
    yield running
    running.close()


@pytest.fixture
def person(studio: Studio) -> Person:
    workspace = studio.workspace(studio.new_token())
    workspace.billing.enter_key(KEY)
    return Person(workspace, KEY)


def order(person: Person, model: type[ModelInput] = FlashheadInput, words: str = "Hi.") -> Job:
    given = person.input(model, words)
    speech = RECORDED if given.recording else SPOKEN
    agreed = quote_render(person.workspace, given, speech).estimate.dollars
    return order_render(person.workspace, given, speech, words, agreed=agreed, another_take=True)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.endpoint_id)
def test_a_paid_render_ends_with_a_video_and_one_bill(
    person: Person, fal: FalServer, model: type[ModelInput]
) -> None:
    here = person.workspace
    job = ended(here, order(person, model))
    assert (job.state, job.problem) == (JobState.DONE, None)
    [bill] = fal.bills
    [entry] = here.billing.ledger()
    [video] = here.gallery.list().videos
    assert here.gallery.content(video.id)[4:8] == b"ftyp"
    assert (entry.request_id, entry.billed, entry.charged) == (bill.request_id, bill.dollars, True)
    assert video.dollars == bill.dollars
    assert (entry.video_id, entry.state) == (video.id, JobState.DONE)


# Keys


@pytest.mark.parametrize(
    ("model", "seconds", "dollars"),
    [(HeygenAvatar4Input, 1.5, "0.192"), (StableAvatarInput, 3.9, "0.432")],
)
def test_the_price_that_is_confirmed_is_the_price_that_is_billed(
    person: Person, fal: FalServer, model: type[ModelInput], seconds: float, dollars: str
) -> None:
    here = person.workspace
    sound = here.recordings.add(short_speech(seconds), "speech.wav").reference
    given = person.input(model).model_copy(update={"prompt": "She speaks.", "audio_url": sound})
    length = SpeechLength(Decimal(str(seconds)), "recording")
    agreed = quote_render(here, given, length).estimate.dollars
    ended(here, order_render(here, given, length, "Hi.", agreed=agreed))
    assert [bill.dollars for bill in fal.bills] == [agreed] == [Decimal(dollars)]


def test_a_render_whose_key_is_gone_waits_for_it_and_is_ordered_once(
    person: Person, fal: FalServer
) -> None:
    fal.latency(upload=1)
    here, job = person.workspace, order(person)
    wait_for(here, job, JobState.PREPARING)
    here.billing.remove_key()
    wait_until(lambda: here.jobs.find(job.id).waiting_for == "key")
    assert here.jobs.find(job.id).state is JobState.WAITING
    assert fal.jobs == []
    here.billing.enter_key(KEY)
    assert ended(here, job).state is JobState.DONE
    assert len(fal.bills) == 1


def test_after_a_restart_what_was_ordered_waits_for_its_key_and_goes_on(
    tmp_path: Path, fal: FalServer
) -> None:
    fal.latency(run=2)
    studio = opened(hosted(tmp_path, fal))
    token = studio.new_token()
    tab = studio.workspace(token)
    tab.billing.enter_key(KEY)
    job = order(Person(tab, KEY))
    wait_for(studio.workspace(token), job, JobState.RENDERING)
    studio.close()
    studio = opened(hosted(tmp_path, fal))
    here = studio.workspace(token)
    wait_until(lambda: here.jobs.find(job.id).waiting_for == "key")
    assert here.jobs.find(job.id).state is JobState.RENDERING
    assert here.billing.key_status().source is None
    here.billing.enter_key(KEY)
    assert ended(here, job).state is JobState.DONE
    assert len(fal.bills) == 1
    studio.close()


def test_a_key_that_is_refused_meanwhile_ends_nothing(person: Person, fal: FalServer) -> None:
    fal.latency(run=1)
    here, job = person.workspace, order(person)
    wait_for(here, job, JobState.RENDERING)
    fal.fault("status_401", times=None)
    wait_until(lambda: here.jobs.find(job.id).waiting_for == "key")
    fal.fal.faults.clear()
    here.billing.enter_key(KEY)
    assert ended(here, job).state is JobState.DONE


def test_a_visitor_cannot_spend_the_operators_key(tmp_path: Path, fal: FalServer) -> None:
    studio = opened(hosted(tmp_path, fal, fal_key=KEY))
    visitor = Person(studio.workspace(studio.new_token()), "")
    offer = quote_render(visitor.workspace, visitor.input(FlashheadInput), SPOKEN)
    assert (offer.quote.allowed, visitor.workspace.billing.key_status().source) == (False, None)
    with pytest.raises(RenderRefused, match="isn't shared with visitors"):
        order(visitor)
    assert (visitor.workspace.jobs.list(), fal.visits) == ([], [])
    studio.close()


def test_opening_the_operators_key_to_everybody_needs_a_cap(tmp_path: Path, fal: FalServer) -> None:
    with pytest.raises(ConfigurationError, match="CAP_APP_MONTH"):
        opened(hosted(tmp_path, fal, fal_key=KEY, fal_visitors_may_pay=True))


def test_the_month_of_the_app_counts_everybody_on_the_operators_key(
    tmp_path: Path, fal: FalServer
) -> None:
    allowed = {"fal_key": KEY, "fal_visitors_may_pay": True, "cap_app_month": Decimal("0.01")}
    studio = opened(hosted(tmp_path, fal, **allowed))
    first, second = (Person(studio.workspace(studio.new_token()), "") for _ in range(2))
    order(first)
    with pytest.raises(RenderRefused, match="this month"):
        order(second)
    second.workspace.billing.enter_key(KEY + "2")
    order(second)
    studio.close()


@pytest.mark.parametrize("typed", ["", "short", "with a space in it", "line\nbreak-in-the-key"])
def test_what_cannot_be_a_key_is_refused_beside_its_field(person: Person, typed: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        person.workspace.billing.enter_key(typed)
    assert caught.value.field == "key"
    assert typed.strip() == "" or typed not in str(caught.value)


def test_a_key_is_checked_without_spending(person: Person, fal: FalServer) -> None:
    assert person.workspace.billing.check_key().ok is True
    assert person.workspace.billing.check_key("11111111-nobody-knows-this").ok is False
    fal.fault("status_drop", times=None)
    assert person.workspace.billing.check_key().ok is None
    assert fal.bills == []


# Prices and caps


def test_a_price_is_fals_of_today_where_the_key_may_see_it(person: Person) -> None:
    offer = quote_render(person.workspace, person.input(FlashheadInput), SPOKEN)
    assert (offer.quote.price_source, offer.estimate.dollars) == ("live price", Decimal("0.0075"))
    assert offer.quote.allowed


def test_where_fal_does_not_tell_its_price_the_listed_one_holds(
    person: Person, fal: FalServer
) -> None:
    fal.fault("platform_403", times=None)
    offer = quote_render(person.workspace, person.input(FlashheadInput), SPOKEN)
    assert (offer.quote.price_source, offer.estimate.dollars) == ("list price", Decimal("0.0075"))
    assert person.workspace.billing.balance() is None


def test_the_balance_is_shown_where_the_key_may_see_it(person: Person) -> None:
    assert person.workspace.billing.balance() == Decimal(1000)


@pytest.mark.parametrize("agreed", [None, Decimal("0.0074")])
def test_nothing_is_bought_for_more_than_was_agreed_to(
    person: Person, fal: FalServer, agreed: Decimal | None
) -> None:
    with pytest.raises(RenderRefused):
        order_render(person.workspace, person.input(FlashheadInput), SPOKEN, "Hi.", agreed=agreed)
    assert (person.workspace.jobs.list(), fal.jobs) == ([], [])


@pytest.mark.parametrize("cap", ["cap_render", "cap_person_day"])
def test_a_render_over_a_cap_is_offered_with_the_reason_and_refused(
    tmp_path: Path, fal: FalServer, cap: str
) -> None:
    studio = opened(hosted(tmp_path, fal, **{cap: Decimal("0.007")}))
    person = Person(studio.workspace(studio.new_token()), KEY)
    person.workspace.billing.enter_key(KEY)
    offer = quote_render(person.workspace, person.input(FlashheadInput), SPOKEN)
    assert not offer.quote.allowed
    assert "$0.007" in (offer.quote.why_not or "")
    with pytest.raises(RenderRefused, match=r"may cost up to|left today"):
        order(person)
    assert person.workspace.jobs.list() == []
    studio.close()


def test_the_very_same_is_ordered_once_however_many_tabs_ask(
    person: Person, fal: FalServer
) -> None:
    fal.latency(queue=60)
    here, given = person.workspace, person.input(FlashheadInput)

    def click(_: int) -> Job:
        return order_render(here, given, SPOKEN, "Hi.", agreed=Decimal("0.0075"))

    with ThreadPoolExecutor(4) as tabs:
        jobs = list(tabs.map(click, range(4)))
    assert len({job.id for job in jobs}) == 1
    assert sum(job.already_under_way for job in jobs) == 3
    other = order_render(here, given.replace(seed=8), SPOKEN, "Hi.", agreed=Decimal("0.0075"))
    assert not other.already_under_way


def test_another_take_of_the_very_same_is_ordered_beside_it(person: Person, fal: FalServer) -> None:
    fal.latency(queue=60)
    here, given = person.workspace, person.input(FlashheadInput)
    first, second = (
        order_render(here, given, SPOKEN, "Hi.", agreed=Decimal(1), another_take=True)
        for _ in range(2)
    )
    assert first.id != second.id


def test_what_is_under_way_is_returned_where_a_cap_leaves_nothing_for_it(
    tmp_path: Path, fal: FalServer
) -> None:
    fal.latency(queue=60)
    studio = opened(hosted(tmp_path, fal, cap_person_day=Decimal("0.01")))
    person = Person(studio.workspace(studio.new_token()), KEY)
    person.workspace.billing.enter_key(KEY)
    first = order(person)
    given = person.input(FlashheadInput)
    again = order_render(person.workspace, given, SPOKEN, "Hi.", agreed=Decimal("0.0075"))
    assert (again.id, again.already_under_way) == (first.id, True)
    studio.close()


def test_two_tabs_cannot_pass_a_cap_together(tmp_path: Path, fal: FalServer) -> None:
    fal.latency(queue=60)
    studio = opened(hosted(tmp_path, fal, cap_person_day=Decimal("0.02")))
    person = Person(studio.workspace(studio.new_token()), KEY)
    person.workspace.billing.enter_key(KEY)

    def attempt(_: int) -> bool:
        try:
            order(person)
        except RenderRefused:
            return False
        return True

    with ThreadPoolExecutor(6) as tabs:
        assert sum(tabs.map(attempt, range(6))) == 2
    spent = quote_render(person.workspace, person.input(FlashheadInput), SPOKEN)
    assert (spent.quote.spent_today, spent.quote.left_today) == (Decimal("0.015"), Decimal("0.005"))
    studio.close()


def test_what_failed_without_a_charge_counts_nothing(person: Person, fal: FalServer) -> None:
    fal.fault("submit_403_locked")
    job = ended(person.workspace, order(person))
    assert (job.state, job.charged) == (JobState.FAILED, False)
    offer = quote_render(person.workspace, person.input(FlashheadInput), SPOKEN)
    assert offer.quote.spent_today == 0


# What fails on the way


def test_a_storage_that_takes_nothing_for_a_while_fails_nothing(
    person: Person, fal: FalServer
) -> None:
    fal.fault("token_500", times=2)
    job = ended(person.workspace, order(person))
    assert (job.state, len(fal.bills)) == (JobState.DONE, 1)


def test_a_video_that_cannot_be_fetched_at_first_is_fetched_later(
    person: Person, fal: FalServer
) -> None:
    fal.fault("result_json_503", times=8)
    job = ended(person.workspace, order(person))
    assert (job.state, len(fal.bills)) == (JobState.DONE, 1)


def test_a_lost_answer_is_looked_for_and_adopted(person: Person, fal: FalServer) -> None:
    fal.fault("submit_drop_after")
    job = ended(person.workspace, order(person))
    assert (job.state, len(fal.bills)) == (JobState.DONE, 1)


def unconfirmed(person: Person, fal: FalServer) -> Job:
    """An order that never arrived, and of which nobody knows that."""
    fal.fault("submit_drop")
    job = order(person)
    wait_for(person.workspace, job, JobState.UNCONFIRMED)
    return person.workspace.jobs.find(job.id)


def test_only_a_person_sends_again(person: Person, fal: FalServer) -> None:
    here, job = person.workspace, unconfirmed(person, fal)
    [entry] = here.billing.ledger()
    assert (entry.request_id, entry.charged) == (None, None)
    here.jobs.reconcile(job.id)
    wait_until(lambda: any("doesn't list" in each.text for each in here.jobs.events(job.id)))
    assert (here.jobs.find(job.id).state, fal.jobs) == (JobState.UNCONFIRMED, [])
    send_again(here, job.id)
    assert ended(here, job).state is JobState.DONE
    assert len(fal.bills) == 1


def test_an_order_is_sent_again_only_at_a_price_that_was_agreed_to(
    person: Person, fal: FalServer
) -> None:
    """Of each model and of a bought sentence: today's price, by the very inputs of the order."""
    here = person.workspace
    voice = next(voice for voice in here.voices.list("en") if voice.endpoint_id)
    fal.fault("submit_drop", times=len(MODELS) + 1)
    ordered = [order(person, model) for model in MODELS]
    ordered += here.renders.parts(order_speech(here, "Good morning.", voice.id, Decimal(1)).id)
    for job in ordered:
        wait_for(here, job, JobState.UNCONFIRMED)
        plan = here.jobs.plan_resend(job.id)
        quote = here.billing.quote(plan.lines)
        assert quote.allowed
        assert quote.dollars == here.jobs.find(job.id).estimate
        with pytest.raises(RenderRefused, match="went up to"):
            here.billing.authorise(quote, job.estimate - Decimal("0.00001"))
    other = here.billing.authorise(here.billing.quote(plan.lines), job.estimate)
    with pytest.raises(RenderRefused, match="went up to"):  # a permit is for what was quoted
        here.jobs.send_again(here.jobs.plan_resend(ordered[0].id), other)
    assert fal.jobs == []
    send_again(here, ordered[0].id)
    with pytest.raises(RenderRefused, match="already been found or resent"):
        send_again(here, ordered[0].id)
    assert ended(here, ordered[0]).state is JobState.DONE
    assert len(fal.bills) == 1


def test_sending_again_is_held_against_the_caps(tmp_path: Path, fal: FalServer) -> None:
    settings = hosted(tmp_path, fal, cap_person_day=Decimal("0.014"))  # two would be 0.015
    with closing(opened(settings)) as studio:
        person = Person(studio.workspace(studio.new_token()), KEY)
        person.workspace.billing.enter_key(KEY)
        job = unconfirmed(person, fal)
        with pytest.raises(RenderRefused, match="left today"):
            send_again(person.workspace, job.id)
        assert person.workspace.jobs.find(job.id).state is JobState.UNCONFIRMED


def test_a_stop_in_fals_queue_is_free(person: Person, fal: FalServer) -> None:
    fal.latency(queue=60)
    here, job = person.workspace, order(person)
    wait_for(here, job, JobState.QUEUED)
    here.jobs.cancel(job.id)
    stopped = ended(here, job)
    assert (stopped.state, stopped.charged, fal.bills) == (JobState.CANCELLED, False, [])
    assert quote_render(here, person.input(FlashheadInput), SPOKEN).quote.spent_today == 0


def test_a_video_that_arrives_in_spite_of_a_stop_is_kept(person: Person, fal: FalServer) -> None:
    fal.options.change({"cancel_running": "completes"})
    fal.latency(run=2)
    here, job = person.workspace, order(person)
    wait_for(here, job, JobState.RENDERING)
    here.jobs.cancel(job.id)
    assert ended(here, job).state is JobState.DONE
    assert any("may still be charged" in each.text for each in here.jobs.events(job.id))


def test_a_video_that_is_gone_at_fal_says_that_it_was_charged(
    person: Person, fal: FalServer
) -> None:
    fal.fault("media_404", times=None)
    here = person.workspace
    job = ended(here, order(person))
    assert (job.state, job.charged) == (JobState.FAILED, True)
    fal.fal.faults.clear()
    here.jobs.fetch_again(job.id)
    wait_for(here, job, JobState.DONE)
    assert len(fal.bills) == 1


def test_the_log_is_reported_once_even_if_polling_restarts(tmp_path: Path, fal: FalServer) -> None:
    fal.latency(run=3)
    studio = opened(hosted(tmp_path, fal, fal_key=KEY, single_user=True))
    job = order(Person(studio.workspace(), KEY))
    wait_until(lambda: len(studio.workspace().jobs.events(job.id)) > 8)
    studio.close()
    studio = opened(hosted(tmp_path, fal, fal_key=KEY, single_user=True))
    ended(studio.workspace(), job)
    reported = [each.text for each in studio.workspace().jobs.events(job.id) if each.kind == "log"]
    [at_fal] = fal.jobs
    assert reported == [entry["message"] for entry in at_fal.record()["logs"]]
    studio.close()


def test_a_restart_sends_neither_portrait_nor_speech_again(tmp_path: Path, fal: FalServer) -> None:
    settings = hosted(tmp_path, fal, fal_key=KEY, single_user=True)
    for words in ("First.", "Second."):
        studio = opened(settings)
        person = Person(studio.workspace(), KEY)
        assert ended(person.workspace, order(person, StableAvatarInput, words)).video_id
        studio.close()
    uploads = [each for each in fal.visits if each.url.endswith("/files/upload")]
    assert (len(uploads), len(fal.bills)) == (2, 2)


def test_what_is_warmed_is_at_fal_before_the_click(person: Person, fal: FalServer) -> None:
    say_nobody(person.workspace, "fal-ai/flashhead", person.portrait)
    person.workspace.billing.prefetch("fal-ai/flashhead", person.portrait, None, "asset:nonsense")
    wait_until(lambda: any(each.url.endswith("/files/upload") for each in fal.visits))
    assert ended(person.workspace, order(person)).state is JobState.DONE
    assert sum(each.url.endswith("/files/upload") for each in fal.visits) == 1


# Afterwards


def test_the_usual_time_is_known_after_the_first_render(person: Person) -> None:
    assert person.workspace.billing.usual_seconds("fal-ai/heygen/avatar4/image-to-video") is None
    ended(person.workspace, order(person))
    usual = person.workspace.billing.usual_seconds("fal-ai/flashhead")
    assert usual is not None
    assert 0 < usual < 60


def left_of_erased(folder: Path) -> list[LedgerEntry]:
    """What is still known of erased orders, of all workspaces."""
    with closing(Database(sqlite_url(folder / "journal.db"))) as database:
        return OrderRepository(database).ledger(NO_WORKSPACE, 10)


def test_everything_is_deleted_but_what_was_paid(
    person: Person, fal: FalServer, tmp_path: Path
) -> None:
    here, job = person.workspace, order(person)
    ended(here, job)
    project = here.projects.create(Project(catalogue=BUILT_IN, script="Hello."))
    assert here.retention.erase() == 1
    assert (here.jobs.list(), here.gallery.list().total) == ([], 0)
    assert here.projects.find(project) is None
    assert not [path for path in (tmp_path / "media" / here.id).rglob("*") if path.is_file()]
    assert here.billing.ledger() == []
    [entry] = left_of_erased(tmp_path)
    assert (entry.request_id, entry.billed) == (fal.bills[0].request_id, fal.bills[0].dollars)
    with pytest.raises(NotFound):
        here.jobs.fetch_again(job.id)


def test_everything_is_deleted_while_a_render_is_under_way(
    person: Person, fal: FalServer, tmp_path: Path
) -> None:
    fal.latency(run=60)
    here, job = person.workspace, order(person)
    wait_until(lambda: person.job(job).state is JobState.RENDERING)
    assert here.retention.erase() == 0
    [entry] = left_of_erased(tmp_path)
    assert (entry.job_id, entry.state, entry.charged) == (job.id, JobState.CANCELLED, None)
    assert not [path for path in (tmp_path / "media" / here.id).rglob("*") if path.is_file()]
    wait_until(lambda: any(each.url.endswith("/cancel") for each in fal.visits))


def test_a_job_whose_key_is_gone_is_given_up_and_its_video_fetched_later(
    person: Person, fal: FalServer
) -> None:
    fal.latency(run=3)
    here, job = person.workspace, order(person)
    wait_until(lambda: person.job(job).state is JobState.RENDERING)
    here.billing.remove_key()
    here.jobs.give_up(job.id)
    given_up = person.job(job)
    assert (given_up.state, given_up.charged) == (JobState.CANCELLED, None)
    assert "download the video later" in here.jobs.events(job.id)[-1].text
    wait_until(lambda: len(fal.bills) == 1)
    here.billing.enter_key(person.key)
    here.jobs.fetch_again(job.id)
    assert ended(here, job).state is JobState.DONE
    assert [bill.request_id for bill in fal.bills] == [given_up.request_id]


def test_a_job_that_is_given_up_in_fals_queue_is_not_charged(
    person: Person, fal: FalServer
) -> None:
    fal.latency(queue=60)
    here, job = person.workspace, order(person)
    wait_until(lambda: person.job(job).state is JobState.QUEUED)
    here.jobs.give_up(job.id)
    wait_until(lambda: person.job(job).charged is False)
    assert "weren't charged" in here.jobs.events(job.id)[-1].text
    assert here.billing.ledger()[0].charged is False
    assert not fal.bills


def test_a_job_that_is_given_up_promises_no_video(person: Person, fal: FalServer) -> None:
    fal.latency(run=60)
    here, job = person.workspace, order(person)
    wait_until(lambda: person.job(job).state is JobState.RENDERING)
    here.jobs.give_up(job.id)

    def notes() -> list[str]:
        return [event.text for event in here.jobs.events(job.id) if event.kind == "note"]

    wait_until(lambda: "asked fal.ai to stop" in notes()[-1])
    assert "may still be charged" in notes()[-1]
    assert "is kept" not in notes()[-1]  # nobody watches it any more: it has to be fetched
