"""A finished video once more on another model: the same portrait, the same sound."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from talkinghead import Settings, Studio, open_studio
from talkinghead.catalogue import (
    MODELS,
    DraftInput,
    FlashheadInput,
    HeygenAvatar4Input,
    InfinitalkInput,
    InfinitalkSingleTextInput,
    ModelInput,
    StableAvatarInput,
)
from talkinghead.core.errors import RenderRefused
from talkinghead.jobs.job import JobState, Video
from talkinghead.speech.pronunciations.entries import Pronunciation
from talkinghead.speech.repository import Speech, write_speech
from talkinghead.speech.text.sentence_times import TimedSentence
from talkinghead.videos.values import VideoSearch
from tests.databases import with_journal
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.studios import ONE_SECOND, small_drafts, wait_for, wait_for_end
from tests.orders import (
    order_comparison,
    order_render,
    order_rerender,
    quote_render,
    quote_rerenders,
)
from tests.paid_studio import HURRIED, PORTRAIT, Person, short_speech
from tests.records import database_of

KEY = "6b1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with FalServer(Options(keys=(KEY,), log_interval=0.05)) as fal:
        values = {"single_user": False, "database_url": None, "media_url": None, "fal_key": None}
        folder = with_journal(tmp_path_factory.mktemp("again"))
        settings = Settings.model_validate({**values, "data_dir": folder, "fal_proxy_url": fal.url})
        running = open_studio(settings, small_drafts, HURRIED)
        yield running
        running.close()


@pytest.fixture(scope="module")
def person(studio: Studio) -> Person:
    workspace = studio.workspace(studio.new_token())
    workspace.billing.enter_key(KEY)
    person = Person(workspace, KEY)
    person.recording = workspace.recordings.add(short_speech(), "jfk.wav").reference
    return person


def finished(person: Person, model: type[ModelInput]) -> Video:
    here = person.workspace
    job = wait_for_end(here, person.order(model))
    assert job.video_id, job.problem
    return here.gallery.find(job.video_id)


@pytest.fixture(scope="module")
def from_script(person: Person) -> Video:
    return finished(person, FlashheadInput)


@pytest.fixture(scope="module")
def from_recording(person: Person) -> Video:
    return finished(person, StableAvatarInput)


@pytest.mark.parametrize("model", [InfinitalkInput, StableAvatarInput, HeygenAvatar4Input])
def test_a_model_that_takes_a_recording_is_given_the_sound_of_the_video(
    person: Person, from_script: Video, model: type[ModelInput]
) -> None:
    given, speech = person.workspace.rerenders.inputs(from_script.id, model.endpoint_id)
    assert given.recording
    assert speech.source == "recording"
    kept = person.workspace.recordings.find(given.recording)
    assert kept.seconds == pytest.approx(from_script.seconds, abs=0.15)
    [offer] = [
        quoted
        for again, quoted in quote_rerenders(person.workspace, from_script.id)
        if again.endpoint_id == model.endpoint_id
    ]
    assert offer
    assert offer.quote.allowed
    asked, offered = (
        quote_render(person.workspace, given, speech).estimate.dollars,
        offer.estimate.dollars,
    )
    assert asked is not None
    assert offered is not None
    assert asked <= offered


def test_a_model_that_speaks_is_given_the_words(person: Person, from_script: Video) -> None:
    single_text = InfinitalkSingleTextInput.endpoint_id
    given, speech = person.workspace.rerenders.inputs(from_script.id, single_text)
    assert (given.script, given.spoken_by, speech.source) == ("Hi.", "Aria", "script")


def test_a_recording_is_kept_as_it_is(person: Person, from_recording: Video) -> None:
    given, _ = person.workspace.rerenders.inputs(from_recording.id, InfinitalkInput.endpoint_id)
    assert given.recording == person.recording


def test_words_that_nobody_knows_cannot_be_spoken(person: Person, from_recording: Video) -> None:
    with pytest.raises(RenderRefused, match="speaks scripts only"):
        person.workspace.rerenders.inputs(from_recording.id, FlashheadInput.endpoint_id)


def test_a_speech_is_spoken_again_with_the_names_as_the_list_has_them(
    person: Person, studio: Studio
) -> None:
    here, said = person.workspace, TimedSentence("Ask *fal.ai*.", 0.0, 1.0)
    here.pronunciations.replace([Pronunciation("fal.ai", "fall dot A I")])
    spoken = here.recordings.add(short_speech(1.4), "said.wav").reference
    speech = Speech(
        "s" * 32, said.text, "af_heart", "en", spoken, ONE_SECOND.seconds, (said,), (), Decimal(0),
        datetime.now(UTC),
    )  # fmt: skip
    with database_of(studio) as database, database.writing() as connection:
        write_speech(connection, here.id, speech, "f" * 64)
    alone = Person(here, KEY)
    alone.recording = spoken
    video = finished(alone, StableAvatarInput)
    given, _ = here.rerenders.inputs(video.id, FlashheadInput.endpoint_id)
    assert given.script == "Ask fall dot A I."


def test_every_other_model_has_its_price_or_its_reason(
    person: Person, from_recording: Video
) -> None:
    offers = quote_rerenders(person.workspace, from_recording.id)
    every = {"draft", *(model.endpoint_id for model in MODELS)}
    assert {plan.endpoint_id for plan, _ in offers} == every - {from_recording.endpoint_id}
    for plan, quoted in offers:
        assert (plan.why_not is None) == bool(quoted and quoted.quote.allowed)


def test_the_portrait_is_cut_for_the_shape_of_the_other_model(person: Person) -> None:
    here = person.workspace
    portrait = here.portraits.add(PORTRAIT.read_bytes(), "lady-agnew.jpg")
    square = FlashheadInput.provisional().geometry(1)
    cut = here.portraits.crop(portrait, here.portraits.default_crop(portrait, 1.0), square)
    draft = DraftInput(image_url=cut, script_text="frames=5", width=480, height=832)
    job = order_render(here, draft, ONE_SECOND, "x")
    wait_for(here, job, JobState.DONE)
    single_text = InfinitalkSingleTextInput.endpoint_id
    given, _ = here.rerenders.inputs(here.jobs.find(job.id).video_id or "", single_text)
    picture = Image.open(BytesIO(here.portraits.shown(given.image_url)))
    assert picture.width / picture.height == pytest.approx(480 / 832, abs=0.01)


def test_both_are_side_by_side_and_a_second_click_orders_nothing(
    person: Person, from_recording: Video
) -> None:
    here, heygen = person.workspace, HeygenAvatar4Input.endpoint_id
    comparison = order_rerender(here, from_recording.id, heygen, agreed=Decimal("0.20"))
    assert [job.endpoint_id for job in comparison.jobs] == [from_recording.endpoint_id, heygen]
    again = order_rerender(here, from_recording.id, heygen, agreed=Decimal("0.20"))
    assert [job.id for job in again.jobs] == [job.id for job in comparison.jobs]
    for job in comparison.jobs:
        wait_for_end(here, job)
    third = order_rerender(here, from_recording.id, "draft", agreed=Decimal(0))
    assert third.id == comparison.id
    ids = [job.endpoint_id for job in third.jobs]
    assert ids == [from_recording.endpoint_id, heygen, "draft"]


def test_more_than_was_agreed_to_is_not_ordered(person: Person, from_script: Video) -> None:
    with pytest.raises(RenderRefused, match="nothing was ordered"):
        order_rerender(
            person.workspace, from_script.id, StableAvatarInput.endpoint_id, agreed=Decimal("0.01")
        )


def test_one_of_a_blind_comparison_is_not_made_again_before_the_choice(person: Person) -> None:
    here, flashhead = person.workspace, FlashheadInput.endpoint_id
    drafts = [
        DraftInput(image_url=person.portrait, script_text=script, width=64, height=64)
        for script in ("frames=2", "frames=3")
    ]
    blind = order_comparison(here, drafts, ONE_SECOND, "Which?", agreed=Decimal(0), blind=True)
    for job in blind.jobs:
        wait_for_end(here, job)
    first, second = here.comparisons.find(blind.id).jobs
    assert first.video_id
    asked = (
        lambda: quote_rerenders(here, str(first.video_id)),
        lambda: here.rerenders.inputs(str(first.video_id), flashhead),
        lambda: order_rerender(here, str(first.video_id), flashhead, agreed=Decimal(9)),
    )
    for ask in asked:
        with pytest.raises(RenderRefused, match="Pick the best one there first"):
            ask()
    assert first.video_id not in {
        v.id for v in here.gallery.list(VideoSearch(endpoint_id="draft")).videos
    }
    assert first.video_id in {v.id for v in here.gallery.list(VideoSearch("which")).videos}
    here.comparisons.choose(blind.id, second.id)
    assert quote_rerenders(here, first.video_id)
    assert first.video_id in {
        v.id for v in here.gallery.list(VideoSearch(endpoint_id="draft")).videos
    }
