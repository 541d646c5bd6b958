"""Today's studio on the folder of one of 2b5e00a, which was killed in the middle of everything."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from talkinghead import Settings, Workspace
from talkinghead.core.errors import ConsentNeeded
from talkinghead.jobs.job import JobState
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.orders import export, quote_speech
from tests.paid_studio import opened
from tests.upgrade.yesterday import EXPECTED, OPERATOR, OWN, restore
from tests.waiting import wait_until

HEYGEN = "fal-ai/heygen/avatar4/image-to-video"
UNDER_WAY: dict[str, dict[str, Any]] = EXPECTED["under_way"]
LOST = ("unconfirmed", "submitting")  # fal never got these
WANT_KEY = ("key", "rendering_key")
BY_THEMSELVES = tuple(name for name in UNDER_WAY if name not in (*LOST, *WANT_KEY))
NOT_SENT = {JobState.WAITING, JobState.PREPARING}
VIDEOS: list[dict[str, Any]] = EXPECTED["videos"]


@dataclass(frozen=True)
class Lived:
    """A studio after everything in it has come as far as it goes.

    Attributes:
        here: its workspace.
        fal: where it orders.
        stood: what waited for a key before there was one, by name.
    """

    here: Workspace
    fal: FalServer
    stood: dict[str, tuple[JobState, str | None]]

    def state(self, name: str) -> JobState:
        """Return the current state of a job that was under way."""
        return self.here.jobs.find(UNDER_WAY[name]["id"]).state


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """The old folder, opened by today's code and given the time and the key that it wants."""
    folder = tmp_path_factory.mktemp("yesterday")
    state = restore(folder)
    options = Options(short_side=108, log_interval=0.05)
    with FalServer(options, state=state) as fal, closing(opened(settings(folder, fal))) as studio:
        yield live(studio.workspace(), fal)


def settings(folder: Path, fal: FalServer) -> Settings:
    """Those of the old studio, today."""
    return Settings(
        data_dir=folder / "data",
        single_user=True,
        database_url=None,
        media_url=None,
        fal_key=OPERATOR,
        fal_proxy_url=fal.url,
    )


def live(here: Workspace, fal: FalServer) -> Lived:
    """Wait until nothing goes on by itself, and again with the key that some wait for."""

    def found(name: str) -> Any:
        return here.jobs.find(UNDER_WAY[name]["id"])

    def moving() -> list[tuple[str, float | None]]:
        return [(job.state, job.fraction) for job in here.jobs.list(open_only=True)]

    wait_until(lambda: all(found(name).waiting_for == "key" for name in WANT_KEY), moving=moving)
    stood = {name: (found(name).state, found(name).waiting_for) for name in WANT_KEY}
    here.billing.enter_key(OWN)
    settled = (*BY_THEMSELVES, *WANT_KEY)
    wait_until(lambda: all(found(name).state.ended for name in settled), moving=moving)
    lost = JobState.UNCONFIRMED
    wait_until(lambda: all(found(name).state is lost for name in LOST), moving=moving)
    return Lived(here, fal, stood)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def plain(value: Any) -> Any:
    """As JSON gives it back."""
    return json.loads(json.dumps(asdict(value), default=str))


# What was under way


@pytest.mark.parametrize("name", BY_THEMSELVES)
def test_what_was_under_way_ends_by_itself(lived: Lived, name: str) -> None:
    job = lived.here.jobs.find(UNDER_WAY[name]["id"])
    assert (job.state, job.problem) == (JobState.DONE, None)


@pytest.mark.parametrize("name", WANT_KEY)
def test_what_wants_a_key_of_ones_own_waits_for_it_and_goes_on(lived: Lived, name: str) -> None:
    assert lived.stood[name] == (UNDER_WAY[name]["state"], "key")
    assert lived.state(name) is JobState.DONE


@pytest.mark.parametrize("name", LOST)
def test_an_order_that_fal_does_not_have_waits_for_a_person(lived: Lived, name: str) -> None:
    assert lived.state(name) is JobState.UNCONFIRMED


@pytest.mark.parametrize("name", ["unconfirmed_at_fal", "submitting_at_fal"])
def test_an_order_that_fal_has_is_adopted(lived: Lived, name: str) -> None:
    assert UNDER_WAY[name]["request_id"] is None
    assert lived.here.jobs.find(UNDER_WAY[name]["id"]).request_id in EXPECTED["requests"]


def test_nothing_is_paid_again(lived: Lived) -> None:
    bills = Counter(bill.request_id for bill in lived.fal.bills)
    assert set(bills.values()) == {1}
    assert set(EXPECTED["bills"]) <= set(bills)
    billed = Counter(bill.arguments_hash for bill in lived.fal.bills)
    assert set(billed.values()) == {1}


def test_only_what_had_not_been_sent_is_ordered(lived: Lived) -> None:
    unsent = [job for job in UNDER_WAY.values() if job["state"] in NOT_SENT and job["payer"]]
    ordered = {request.request_id for request in lived.fal.jobs} - set(EXPECTED["requests"])
    assert ordered == {lived.here.jobs.find(job["id"]).request_id for job in unsent}


def test_every_request_is_still_that_of_its_job(lived: Lived) -> None:
    for job in (*UNDER_WAY.values(), *EXPECTED["ended"]):
        if job["payer"] and job["request_id"]:
            assert lived.here.jobs.find(job["id"]).request_id == job["request_id"]


def test_the_long_video_keeps_the_parts_that_were_made(lived: Lived) -> None:
    film = UNDER_WAY["film"]
    parts = lived.here.renders.parts(film["id"])
    assert [part.id for part in parts] == [part_id for part_id, _ in film["parts"]]
    assert {state for _, state in film["parts"]} > {"done"}
    assert {part.state for part in parts} == {JobState.DONE}


# What was there


@pytest.mark.parametrize(
    "job", [*UNDER_WAY.values(), *EXPECTED["ended"]], ids=lambda job: job["title"]
)
def test_what_happened_to_a_job_is_still_told(lived: Lived, job: dict[str, Any]) -> None:
    events = [[event.kind, event.text] for event in lived.here.jobs.events(job["id"])]
    assert events[: len(job["events"])] == job["events"]


@pytest.mark.parametrize("video", VIDEOS, ids=lambda video: video["title"])
def test_a_video_of_the_gallery_is_as_it_was(lived: Lived, video: dict[str, Any]) -> None:
    gallery = lived.here.gallery
    assert video["id"] in [shown.id for shown in gallery.list().videos]
    shown = plain(gallery.find(video["id"]))
    files = {"file": digest(gallery.content(video["id"]))}
    files["thumbnail"] = digest(gallery.thumbnail(video["id"]))
    assert {**{name: shown[name] for name in video}, **files} == video


@pytest.mark.parametrize("video_id", EXPECTED["captions"])
def test_captions_say_what_they_said(lived: Lived, video_id: str) -> None:
    captions = lived.here.captions.find(video_id)
    assert plain(captions) == EXPECTED["captions"][video_id]


def test_a_correction_of_captions_is_still_one(lived: Lived) -> None:
    assert any(captions["edited"] for captions in EXPECTED["captions"].values())
    [version] = [video for video in VIDEOS if video["made_from"]]
    original = version["made_from"]
    captions = lived.here.captions.find(original)
    assert captions is not None
    assert captions.edited
    assert version["id"] in [made.id for made in lived.here.exports.list(original)]


def test_the_portrait_of_a_paid_video_is_asked_about_at_its_next_export(lived: Lived) -> None:
    here = lived.here
    paid = [one for one in here.gallery.list().videos if one.kind.paid and not one.made_from]
    assert paid
    for video in paid:
        if here.consent.missing(video.endpoint_id, video.arguments):
            with pytest.raises(ConsentNeeded, match="Say who is in this portrait"):
                export(here, video.id, "16:9")
    assert any(here.consent.missing(one.endpoint_id, one.arguments) for one in paid)


def test_a_deleted_video_can_still_be_brought_back(lived: Lived) -> None:
    deleted = EXPECTED["deleted"]
    shown = lived.here.gallery.find(deleted["id"])
    assert shown.deleted_at is not None
    assert shown.id not in [video.id for video in lived.here.gallery.list().videos]
    lived.here.gallery.restore(shown.id)
    assert shown.id in [video.id for video in lived.here.gallery.list().videos]


def test_a_speech_is_as_it_was(lived: Lived) -> None:
    for kept in EXPECTED["speeches"]:
        shown = plain(lived.here.speech.find(kept["id"]))
        assert shown | {"created_at": None} == kept
        assert lived.here.recordings.sound(kept["reference"])[:4] == b"RIFF"


def test_a_sentence_that_was_bought_is_not_bought_again(lived: Lived) -> None:
    [speech] = EXPECTED["speeches"]
    turned = " ".join(reversed([sentence["text"] for sentence in speech["sentences"]]))
    offer = quote_speech(lived.here, turned, speech["voice_id"])
    assert (offer.sentences, len(offer.new_texts), offer.dollars) == (2, 0, Decimal(0))


def test_a_removed_speech_can_still_be_brought_back(lived: Lived) -> None:
    removed = EXPECTED["removed_speech"]
    assert removed not in [speech.id for speech in lived.here.speech.list()]
    lived.here.speech.restore(removed)
    assert removed in [speech.id for speech in lived.here.speech.list()]


def test_names_are_said_as_they_were(lived: Lived) -> None:
    entries = [plain(entry) for entry in lived.here.pronunciations.list()]
    assert entries == EXPECTED["pronunciations"]


@pytest.mark.parametrize("kept", EXPECTED["comparisons"], ids=lambda kept: kept["title"])
def test_a_comparison_is_as_it_was_and_a_blind_one_still_blind(
    lived: Lived, kept: dict[str, Any]
) -> None:
    shown = lived.here.comparisons.find(kept["id"])
    assert {
        "id": shown.id,
        "title": shown.title,
        "blind": shown.blind,
        "hides_names": shown.hides_names,
        "chosen": shown.chosen,
        "jobs": [job.id for job in shown.jobs],
        "mixed": [job.id for job in shown.mixed],
    } == kept


def test_what_was_brought_is_still_known(lived: Lived) -> None:
    portrait = EXPECTED["portrait"]
    assert plain(lived.here.portraits.find(portrait["reference"])) == portrait
    for kept in EXPECTED["recordings"]:
        assert plain(lived.here.recordings.find(kept["reference"])) == kept


@pytest.mark.parametrize("project_id", EXPECTED["projects"])
def test_a_project_holds_what_it_held(lived: Lived, project_id: str) -> None:
    project, kept = lived.here.projects.find(project_id), EXPECTED["projects"][project_id]
    assert project is not None
    held = project.model_dump(mode="json")
    # Since the fourth form a model's own voice speaks only where one was chosen.
    chosen = bool(kept["parameters"].get(HEYGEN, {}).get("voice"))
    kept = {**kept, "own_voice": kept["own_voice"] and chosen}
    if kept["endpoint_id"] == HEYGEN and kept["portrait"] and kept["shape"] is None:
        kept["shape"] = 16 / 9  # what it made until a shape was chosen for every model
    if kept["made"]:  # its pronunciations were not stored with it
        kept["made"] = {**kept["made"], "said": None}
    for name, value in kept.items():
        assert held[name] == value, name


def test_the_ledger_tells_what_it_told(lived: Lived) -> None:
    entries = {entry.job_id: entry for entry in lived.here.billing.ledger()}
    for kept in EXPECTED["ledger"]:
        entry = entries[kept["job_id"]]
        if kept["billed"] is not None:
            assert (entry.request_id, str(entry.billed)) == (kept["request_id"], kept["billed"])
