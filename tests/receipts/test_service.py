"""A receipt names everything on the way from the portrait to a version, in JSON and on a page."""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from talkinghead import Studio, Workspace
from talkinghead.av.cropping import CropBox
from talkinghead.catalogue import FlashheadInput, Geometry, StableAvatarInput
from talkinghead.consent.values import Ground, Statement
from talkinghead.core.errors import RenderRefused
from talkinghead.jobs.job import Job, JobState
from talkinghead.receipts.json_values import receipt_json
from talkinghead.receipts.page import receipt_page
from talkinghead.receipts.platforms import BOXES
from talkinghead.receipts.values import Receipt
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.studios import finished, wait_for_end
from tests.orders import export, order_comparison, order_render, order_speech, quote_render
from tests.paid_studio import SPOKEN, Person, hosted, opened

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
WHOLE = CropBox(left=0, top=0, width=1, height=1)


@pytest.fixture(scope="module")
def fal() -> Iterator[FalServer]:
    with FalServer(Options(keys=(KEY,), log_interval=0.05)) as running:
        yield running


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory, fal: FalServer) -> Iterator[Studio]:
    folder: Path = tmp_path_factory.mktemp("receipts")
    with closing(opened(hosted(folder, fal))) as running:
        yield running


@pytest.fixture(scope="module")
def person(studio: Studio) -> Person:
    workspace = studio.workspace(studio.new_token())
    workspace.billing.enter_key(KEY)
    return Person(workspace, KEY)


@pytest.fixture(scope="module")
def permitted(person: Person) -> str:
    """A crop of a portrait of somebody who gave permission."""
    here = person.workspace
    proof = here.consent.attach(person.portrait, b"signed", "release.pdf")
    said = Statement(Ground.PERMISSION, "Ada <b>Lovelace</b>", date(2026, 11, 30), proof)
    here.consent.give(person.portrait, said)
    crop = here.portraits.crop(here.portraits.find(person.portrait), WHOLE, Geometry(512, 512))
    person.portrait = crop
    return crop


@pytest.fixture(scope="module")
def rendered(person: Person, permitted: str) -> Job:
    job = wait_for_end(person.workspace, person.order(FlashheadInput, "Hi & bye."))
    assert job.state is JobState.DONE
    return job


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_version_is_traced_back_to_its_portrait(
    person: Person, rendered: Job, permitted: str, fal: FalServer
) -> None:
    here = person.workspace
    original = here.gallery.find(rendered.video_id or "")
    made = wait_for_end(here, export(here, original.id, "16:9"))
    version = here.gallery.find(made.video_id or "")
    receipt = here.receipts.find(version.id)

    whole = here.consent.whole_of(permitted)
    assert [(each.role, each.sha256) for each in receipt.files] == [
        ("Portrait", whole.removeprefix("asset:").partition(".")[0]),
        ("Portrait as sent", permitted.removeprefix("asset:").partition(".")[0]),
        ("Original video", digest(here.gallery.content(original.id))),
        ("This version", digest(here.gallery.content(version.id))),
    ]
    [request] = receipt.requests
    [bill] = fal.bills
    assert (request.request_id, request.billed) == (bill.request_id, bill.dollars)
    assert (request.agreed, request.ordered_by) == (rendered.estimate, here.actor.id)
    assert request.paid_by.startswith("account ")
    assert (receipt.model, receipt.original_id) == (FlashheadInput.endpoint_id, original.id)
    assert (receipt.ordered_by, receipt.ordered_at) == (here.actor.id, made.created_at)
    said = receipt.consent
    assert (said.state, said.ground, said.person) == ("given", "permission", "Ada <b>Lovelace</b>")
    assert (said.agreed_on, said.proof_sha256) == (date(2026, 11, 30), digest(b"signed"))
    assert said.given_by == here.actor.id
    assert receipt.label is not None
    assert receipt.label["text"] == "AI-generated"
    assert receipt.credentials == here.content_credentials.facts(version.id)
    assert receipt.credentials is not None
    page = receipt_page(receipt)
    assert "AI-generated" in page
    assert "this studio's own certificate" in page


def test_json_is_exact(person: Person, rendered: Job) -> None:
    values = json.loads(receipt_json(person.workspace.receipts.find(rendered.video_id or "")))
    [request] = values["requests"]
    assert Decimal(request["agreed"]) == rendered.estimate
    assert values["consent"]["agreed_on"] == "2026-11-30"
    assert values["ordered_at"].endswith("+00:00")
    google = next(box for box in values["boxes"] if box["platform"] == "Google Ads")
    assert google["field"] == "syntheticContentAttestationStatus=IS_SYNTHETIC"
    assert (values["label"], values["credentials"]) == (None, None)


def test_the_page_loads_nothing_and_runs_nothing(person: Person, rendered: Job) -> None:
    page = receipt_page(person.workspace.receipts.find(rendered.video_id or ""))
    assert not re.search(r"(?i)<(script|img|link|iframe|object)|src=|url\(|@import|https?:", page)
    assert "Ada &lt;b&gt;Lovelace&lt;/b&gt;" in page
    assert "Hi &amp; bye." in page
    for box in BOXES:
        assert box.platform in page
    assert rendered.request_id
    assert rendered.request_id in page


def labeled(receipt: Receipt) -> Receipt:
    return replace(
        receipt,
        label={"wording": "generated", "text": "AI <GENERATED>"},
        credentials={
            "own": False,
            "subject": "Studio & co",
            "issuer": "An authority",
            "timestamp": None,
            "timestamp_expected": True,
            "original_carried_credentials": False,
        },
    )


def test_the_page_names_label_and_credentials(person: Person, rendered: Job) -> None:
    plain = person.workspace.receipts.find(rendered.video_id or "")
    assert "None in the video" in receipt_page(plain)
    page = receipt_page(labeled(plain))
    assert "AI &lt;GENERATED&gt;" in page
    assert "Studio &amp; co" in page
    assert "the timestamp authority didn't answer" in page
    off = receipt_page(replace(plain, label_off_reason="A feature film"))
    assert "None. Reason: A feature film" in off


def test_a_draft_has_one_without_requests(studio: Studio) -> None:
    here = studio.workspace(studio.new_token())
    video = finished(here)
    receipt = here.receipts.find(video.id)
    assert (receipt.is_draft, receipt.requests, receipt.consent.state) == (True, (), "missing")
    page = receipt_page(receipt)
    assert "free of charge" in page
    assert "None needed for a draft" in page


def test_a_blind_test_hides_it(person: Person, permitted: str) -> None:
    here: Workspace = person.workspace
    given = person.input(FlashheadInput, "One.")
    comparison = order_comparison(
        here, [given, given.model_copy(update={"seed": 7})], SPOKEN, "x",
        agreed=Decimal(5), blind=True,
    )  # fmt: skip
    job = wait_for_end(here, comparison.jobs[0])
    with pytest.raises(RenderRefused, match="blind test"):
        here.receipts.find(job.video_id or "")


def test_a_paid_voice_over_is_on_the_receipt(person: Person, permitted: str) -> None:
    here = person.workspace
    voice = next(one.id for one in here.voices.list() if one.endpoint_id)
    spoken = wait_for_end(here, order_speech(here, "Hello there.", voice, Decimal(1)))
    sound = here.speech.of_job(spoken.id)
    assert sound is not None
    given = person.input(StableAvatarInput).model_copy(update={"audio_url": sound.reference})
    agreed = quote_render(here, given, SPOKEN).quote.dollars
    job = wait_for_end(here, order_render(here, given, SPOKEN, "Spoken", agreed=agreed))
    receipt = here.receipts.find(job.video_id or "")
    voiced, rendered = receipt.requests
    assert (voiced.agreed > 0, rendered.job_id) == (True, job.id)
    assert [each.role for each in receipt.files][-2:] == ["Audio", "Original video"]


def test_every_box_says_when_it_was_known() -> None:
    assert {box.platform for box in BOXES} == {
        "YouTube",
        "TikTok",
        "Meta",
        "LinkedIn",
        "Google Ads",
    }
    assert all(date(2024, 1, 1) < box.known_on <= date(2026, 12, 31) for box in BOXES)
    assert all(box.tick and box.where for box in BOXES)
