"""Consent: kept with the whole picture's hash, withdrawable, and private with its file."""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from components.portraits.sample_portraits import PAINTINGS
from talkinghead import Studio, Workspace
from talkinghead.av.cropping import CropBox
from talkinghead.catalogue import Geometry
from talkinghead.consent.samples import SAMPLE_FILES, STORED_SAMPLES
from talkinghead.consent.values import LARGEST_PROOF, Ground, Statement
from talkinghead.core.errors import InvalidInput, NotAllowed, NotFound
from talkinghead.teams.permissions import OWNER
from talkinghead.teams.values import Actor
from tests.jobs.studios import hosted_studio, small_picture
from tests.paid_studio import small_portrait

WHOLE = CropBox(left=0, top=0, width=1, height=1)
PAID = "fal-ai/flashhead"
SQUARE = Geometry(64, 64)
ME = Statement(Ground.ME)
ADA = Statement(Ground.PERMISSION, "Ada Lovelace", date(2026, 11, 30))


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with closing(hosted_studio(tmp_path_factory.mktemp("consent"))) as opened:
        yield opened


@pytest.fixture
def token(studio: Studio) -> str:
    return studio.new_token()


@pytest.fixture
def here(studio: Studio, token: str) -> Workspace:
    return studio.workspace(token)


@pytest.fixture
def portrait(here: Workspace) -> str:
    return here.portraits.add(small_picture(), "me.png").reference


def test_nobody_was_asked_about_a_new_portrait(here: Workspace, portrait: str) -> None:
    assert here.consent.status(portrait).state == "missing"
    assert here.consent.missing(PAID, {"image_url": portrait}) == [portrait]


def test_it_is_kept_with_the_hash_the_actor_and_the_time(here: Workspace, portrait: str) -> None:
    before = datetime.now(UTC)
    here.consent.give(portrait, ME)
    consent = here.consent.status(portrait).consent
    assert consent is not None
    assert f"asset:{consent.portrait}.png" == portrait
    assert (consent.given_by, consent.statement) == (here.actor.id, ME)
    assert before <= consent.given_at <= datetime.now(UTC)
    assert here.consent.missing(PAID, [portrait]) == []


def test_a_crop_and_a_rotated_picture_have_that_of_the_whole_one(
    here: Workspace, portrait: str
) -> None:
    whole = here.portraits.find(portrait)
    rotated = here.portraits.rotate(whole, 1)
    crops = [here.portraits.crop(each, WHOLE, SQUARE) for each in (whole, rotated)]
    copied = here.portraits.add_stored(crops[1], "from a video")
    every = [rotated.reference, *crops, copied.reference]
    assert len(here.consent.missing(PAID, every)) == 1  # all of them are one portrait
    here.consent.give(crops[1], ME)
    assert here.consent.missing(PAID, every) == []
    assert {here.consent.status(each).state for each in every} == {"given"}


def test_a_picture_that_was_copied_and_cropped_many_times_is_still_the_same_portrait(
    here: Workspace,
) -> None:
    portrait = here.portraits.add(small_portrait(), "me.jpg")
    every = [portrait.reference]
    for step in range(1, 12):  # each video is made of a crop, and "Edit a copy" begins with that
        crop = here.portraits.crop(here.portraits.find(every[-1]), WHOLE, Geometry(64 + step, 90))
        every += [crop, here.portraits.add_stored(crop, "from a video").reference]
    here.consent.give(portrait.reference, ME)
    assert here.consent.missing(PAID, every) == []
    assert {here.consent.whole_of(each) for each in every} == {portrait.reference}


def test_one_picture_says_nothing_of_another(here: Workspace, portrait: str) -> None:
    here.consent.give(portrait, ME)
    other = here.portraits.add(PAINTINGS[0].read() + b"\n", "almost the sample").reference
    assert here.consent.status(other).state == "sample"  # its pixels are the painting's
    third = here.portraits.add(small_portrait(), "she.jpg").reference
    assert here.consent.missing(PAID, [portrait, other, third]) == [third]


def test_samples_need_none_by_their_content(here: Workspace) -> None:
    files = [painting.read() for painting in PAINTINGS]
    assert {hashlib.sha256(data).hexdigest() for data in files} == SAMPLE_FILES
    added = [here.portraits.add(data, "any name") for data in files]
    assert {f"asset:{digest}.jpg" for digest in STORED_SAMPLES} == {one.reference for one in added}
    cropped = here.portraits.crop(here.portraits.rotate(added[0], 2), WHOLE, SQUARE)
    assert here.consent.missing(PAID, [*(one.reference for one in added), cropped]) == []
    assert here.consent.status(cropped).state == "sample"


def test_what_was_withdrawn_is_missing_until_someone_says_so_again(
    here: Workspace, portrait: str
) -> None:
    here.consent.give(portrait, ADA)
    here.consent.withdraw(portrait)
    status = here.consent.status(portrait)
    assert status.state == "withdrawn"
    assert status.consent is not None
    assert status.consent.withdrawn_by == here.actor.id
    assert here.consent.missing(PAID, [portrait]) == [portrait]
    with pytest.raises(NotFound, match="no consent"):
        here.consent.withdraw(portrait)
    here.consent.give(portrait, ME)
    assert here.consent.missing(PAID, [portrait]) == []


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        (Statement(Ground.PERMISSION, "  "), "name"),
        (Statement(Ground.PERMISSION, "Ada", datetime.now(UTC).date() + timedelta(3)), "future"),
    ],
)
def test_a_permission_needs_a_person_and_a_day_that_has_come(
    here: Workspace, portrait: str, statement: Statement, what: str
) -> None:
    with pytest.raises(InvalidInput, match=what):
        here.consent.give(portrait, statement)
    assert here.consent.status(portrait).state == "missing"


def test_what_does_not_belong_to_the_ground_is_not_kept(here: Workspace, portrait: str) -> None:
    here.consent.give(portrait, Statement(Ground.NOBODY, "Ada", date(2026, 11, 30)))
    consent = here.consent.status(portrait).consent
    assert consent is not None
    assert consent.statement == Statement(Ground.NOBODY)


def test_what_is_typed_stays_until_it_is_given(here: Workspace, portrait: str) -> None:
    half = Statement(Ground.PERMISSION, "Ad")
    here.consent.save_answer(portrait, half)
    here.consent.save_answer(portrait, ADA)
    assert here.consent.answer(portrait) == ADA
    assert here.consent.status(portrait).state == "missing"
    here.consent.give(portrait, ADA)
    assert here.consent.answer(portrait) is None


# The file


def test_the_file_is_for_who_gave_it(studio: Studio, token: str, portrait: str) -> None:
    here = studio.workspace(token, Actor("ada", "Ada", OWNER))
    proof = here.consent.attach(portrait, b"%PDF-1.7 signed", "release.pdf")
    given = Statement(Ground.PERMISSION, "Ada", proof=proof)
    here.consent.give(portrait, given)
    assert here.consent.proof(portrait) == ("release.pdf", b"%PDF-1.7 signed")
    colleague = studio.workspace(token, Actor("bob", "Bob", OWNER))
    assert colleague.consent.status(portrait).mine is False
    with pytest.raises(NotAllowed):
        colleague.consent.proof(portrait)
    known = colleague.consent.status(portrait).consent
    assert known is not None
    with pytest.raises(NotAllowed, match="someone else gave"):
        colleague.consent.give(portrait, known.statement)


def test_a_file_is_bounded(here: Workspace, portrait: str) -> None:
    with pytest.raises(InvalidInput, match="empty"):
        here.consent.attach(portrait, b"", "nothing.pdf")
    with pytest.raises(InvalidInput, match="larger than 10 MB"):
        here.consent.attach(portrait, bytes(LARGEST_PROOF * 2**20 + 1), "scan.tiff")


def test_a_file_of_nowhere_is_no_proof(here: Workspace, portrait: str) -> None:
    proof = here.consent.attach(portrait, b"x", "a.pdf")
    gone = Statement(Ground.PERMISSION, "Ada", proof=type(proof)(f"asset:{'0' * 64}.proof", "b"))
    with pytest.raises(NotFound, match="Attach it again"):
        here.consent.give(portrait, gone)


def test_erasing_a_workspace_erases_its_consents(here: Workspace) -> None:
    portrait = here.portraits.add(small_picture(), "me.png").reference
    here.consent.give(portrait, ME)
    here.retention.erase()
    again = here.portraits.add(small_picture(), "me.png").reference
    assert here.consent.status(again).state == "missing"
