"""The limits of what is free are said before they bite, and hold where something is ordered."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from decimal import Decimal
from pathlib import Path
from threading import Barrier

import pytest

from talkinghead import Settings, Studio, Workspace, open_studio
from talkinghead.av.cropping import CropBox
from talkinghead.catalogue import DraftInput, SpeechLength
from talkinghead.catalogue.base import Geometry
from talkinghead.core.errors import (
    InvalidPortrait,
    InvalidRecording,
    InvalidScript,
    RenderRefused,
)
from talkinghead.core.workers.usage_limits import HOSTED, UsageLimits
from talkinghead.speech.recordings.values import RecordingEdit
from talkinghead.teams.values import Visit
from tests.databases import with_journal
from tests.jobs.studios import ONE_SECOND, order, small_drafts, small_picture
from tests.orders import order_render
from tests.records import store_of

SPEECH = Path(__file__).parents[1] / "data" / "speech" / "jfk.flac"


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    """A hosted studio of which nothing runs."""
    settings = Settings(
        data_dir=with_journal(tmp_path), database_url=None, media_url=None,
        open_jobs=2, client_open_jobs=3, gallery_mb=10, client_mb=15,
    )  # fmt: skip
    with closing(open_studio(settings, small_drafts, start=False)) as studio:
        yield studio


def gallery(studio: Studio, client: str = "one") -> Workspace:
    return studio.workspace(studio.new_token(), visit=Visit(client=client))


def fill(studio: Studio, here: Workspace, megabytes: int) -> None:
    store_of(studio).put(here.id, bytes([megabytes]) * megabytes * 1024 * 1024, ".wav")


def test_a_draft_is_as_long_as_the_host_allows(studio: Studio) -> None:
    here = gallery(studio)
    picture = here.portraits.add(small_picture(), "a.png").reference
    draft = DraftInput(image_url=picture, script_text="Hello.")
    assert here.jobs.longest_draft() == HOSTED.draft_seconds == 60
    assert here.jobs.draft_refusal(Decimal(60)) is None
    assert "up to 60 seconds" in (here.jobs.draft_refusal(Decimal(61)) or "")
    with pytest.raises(RenderRefused, match="Shorten it"):
        order_render(here, draft, SpeechLength(Decimal(61), "script"), "x")
    assert here.jobs.list() == []


def test_a_gallery_has_so_many_drafts_in_progress(studio: Studio) -> None:
    here = gallery(studio)
    for number in range(2):
        assert here.jobs.draft_refusal(Decimal(1)) is None
        order(here, f"frames={number + 1}")
    assert "cancel one on the Renders page" in (here.jobs.draft_refusal(Decimal(1)) or "")
    with pytest.raises(RenderRefused, match="in progress at once"):
        order(here, "frames=9")
    here.jobs.cancel(here.jobs.list()[0].id)
    order(here, "frames=9")


def test_fresh_galleries_do_not_help_one_client(studio: Studio) -> None:
    first, second = gallery(studio), gallery(studio)
    for here in (first, first, second):
        order(here, f"frames={len(here.jobs.list()) + 1}")
    with pytest.raises(RenderRefused, match="3 free drafts"):
        order(second, "frames=9")
    order(gallery(studio, "two"), "frames=1")


def test_orders_at_the_same_time_do_not_pass_the_limit_together(studio: Studio) -> None:
    galleries = [gallery(studio) for _ in range(6)]
    pictures = [here.portraits.add(small_picture(), "a.png").reference for here in galleries]
    together, passed = Barrier(len(galleries)), list[str]()

    def order_one(here: Workspace, picture: str) -> None:
        draft = DraftInput(image_url=picture, script_text="Hello.", width=64, height=64)
        plan = here.renders.plan(draft, ONE_SECOND)
        permit = here.billing.authorise(here.billing.quote(plan.lines))
        together.wait()
        with suppress(RenderRefused):
            passed.append(here.renders.order(plan, permit, "x").id)

    with ThreadPoolExecutor(len(galleries)) as threads:
        list(threads.map(order_one, galleries, pictures))
    assert len(passed) == sum(len(here.jobs.list()) for here in galleries) == 3


def test_a_full_disk_is_said_before_and_refuses_uploads_and_orders(studio: Studio) -> None:
    here = gallery(studio)
    picture = here.portraits.add(small_picture(), "a.png").reference
    assert here.jobs.space_remark() is None
    fill(studio, here, 9)
    assert "9 of 10 MB" in (here.jobs.space_remark() or "")
    fill(studio, here, 2)
    with pytest.raises(InvalidPortrait, match="Delete videos"):
        here.portraits.add(small_picture(), "b.png")
    draft = DraftInput(image_url=picture, script_text="Hello.")
    with pytest.raises(RenderRefused, match="Delete videos"):
        order_render(here, draft, ONE_SECOND, "x")


def test_what_is_made_of_uploads_needs_room_too(studio: Studio) -> None:
    here = gallery(studio)
    portrait = here.portraits.add(small_picture(), "a.png")
    recording = here.recordings.add(SPEECH.read_bytes(), "a.flac")
    fill(studio, here, 11)
    used = store_of(studio).used_bytes(here.id)
    with pytest.raises(InvalidRecording, match="Delete videos"):
        here.recordings.edit(recording, RecordingEdit(start=0.2))
    with pytest.raises(InvalidRecording, match="Delete videos"):
        here.recordings.add_sound_of(recording.reference, 1.0, "sound")
    with pytest.raises(InvalidPortrait, match="Delete videos"):
        here.portraits.crop(portrait, CropBox(0, 0, 0.5, 0.5), Geometry(64, 64))
    with pytest.raises(InvalidPortrait, match="Delete videos"):
        here.portraits.rotate(portrait, 1)
    with pytest.raises(InvalidPortrait, match="Delete videos"):
        here.portraits.add_stored(portrait.reference, "again")
    with pytest.raises(InvalidScript, match="Delete videos"):
        here.voices.hear("af_heart", "My own words.")
    assert store_of(studio).used_bytes(here.id) == used


def test_the_disk_of_a_client_is_that_of_all_their_galleries(studio: Studio) -> None:
    galleries = [gallery(studio) for _ in range(2)]
    for here in galleries:
        fill(studio, here, 8)
    with pytest.raises(InvalidPortrait, match="16 of your 15 MB"):
        galleries[0].portraits.add(small_picture(), "a.png")
    gallery(studio, "two").portraits.add(small_picture(), "a.png")


def test_on_ones_own_machine_nothing_is_limited_unless_asked_for() -> None:
    assert Settings(single_user=True).usage == UsageLimits()
    assert Settings(single_user=True, draft_seconds=90).usage == UsageLimits(draft_seconds=90)
    assert Settings(single_user=False).usage == HOSTED
