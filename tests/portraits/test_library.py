"""The portrait library of a workspace: nothing that was used is lost, and what is removed goes."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops
from sqlalchemy import update

from talkinghead import Studio, Workspace
from talkinghead.catalogue import Geometry
from talkinghead.core.errors import NotFound
from talkinghead.core.tables import assets
from talkinghead.portraits.tables import portrait_library
from talkinghead.portraits.values import Portrait
from talkinghead.retention.purge import KEPT_AFTER_DELETION
from tests.jobs.studios import hosted_studio
from tests.records import database_of, store_of

SAMPLES = Path(__file__).parents[2] / "components" / "portraits" / "samples"
SQUARE = Geometry(512, 512)


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    with closing(hosted_studio(tmp_path)) as studio:
        yield studio


@pytest.fixture
def here(studio: Studio) -> Workspace:
    return studio.workspace(studio.new_token())


def added(here: Workspace, name: str) -> Portrait:
    return here.portraits.add((SAMPLES / f"{name}.jpg").read_bytes(), f"{name}.jpg")


def names(here: Workspace) -> list[str]:
    return [entry.name for entry in here.portrait_library.list()]


def near(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures are the same to the eye."""
    return float(np.mean(np.asarray(ImageChops.difference(one, other)))) < 2


def a_day_later(studio: Studio) -> None:
    """Purge as if all had happened more than a day ago."""
    long_ago = datetime.now(UTC) - KEPT_AFTER_DELETION - timedelta(minutes=1)
    with database_of(studio) as database, database.writing() as connection:
        connection.execute(update(assets).values(put_at=long_ago))
        removed = portrait_library.c.removed_at.is_not(None)
        connection.execute(update(portrait_library).where(removed).values(removed_at=long_ago))
    studio.purge()


def test_every_portrait_is_listed_the_one_chosen_last_first(here: Workspace) -> None:
    mona_lisa = added(here, "mona-lisa")
    added(here, "lady-agnew")
    assert names(here) == ["lady-agnew.jpg", "mona-lisa.jpg"]
    assert here.portrait_library.choose(mona_lisa.reference) == mona_lisa
    assert names(here) == ["mona-lisa.jpg", "lady-agnew.jpg"]


def test_each_workspace_has_a_library_of_its_own(studio: Studio, here: Workspace) -> None:
    portrait = added(here, "mona-lisa")
    other = studio.workspace(studio.new_token())
    assert names(other) == []
    with pytest.raises(NotFound):
        other.portrait_library.choose(portrait.reference)
    with pytest.raises(NotFound):
        other.portrait_library.remove(portrait.reference)


def test_an_entry_has_a_square_thumbnail_also_one_from_before_there_were_thumbnails(
    studio: Studio, here: Workspace
) -> None:
    added(here, "mona-lisa")
    [entry] = here.portrait_library.list()
    assert entry.thumbnail is not None
    picture = Image.open(BytesIO(entry.thumbnail))
    assert picture.width == picture.height <= 224
    with database_of(studio) as database, database.writing() as connection:
        connection.execute(update(portrait_library).values(thumbnail=None))
    [again] = here.portrait_library.list()
    assert again.thumbnail is not None
    # Cut from the stored picture, which is a JPEG of the one that was read.
    assert near(Image.open(BytesIO(again.thumbnail)), picture)


def test_a_portrait_that_nothing_uses_stays_in_the_library(studio: Studio, here: Workspace) -> None:
    portrait = added(here, "mona-lisa")
    a_day_later(studio)
    assert names(here) == ["mona-lisa.jpg"]
    assert here.portraits.shown(portrait.reference)


def test_a_removed_one_can_be_restored_for_a_day_and_is_gone_then(
    studio: Studio, here: Workspace
) -> None:
    portrait = added(here, "mona-lisa")
    here.portrait_library.remove(portrait.reference)
    assert names(here) == []
    here.portrait_library.restore(portrait.reference)
    assert names(here) == ["mona-lisa.jpg"]
    here.portrait_library.remove(portrait.reference)
    a_day_later(studio)
    with pytest.raises(NotFound):
        here.portrait_library.restore(portrait.reference)
    assert not store_of(studio).exists(here.id, portrait.reference)


def test_a_removed_one_stays_as_long_as_a_crop_of_it_is_used(
    studio: Studio, here: Workspace
) -> None:
    portrait = added(here, "mona-lisa")
    box = here.portraits.default_crop(portrait, SQUARE.aspect)
    cut = here.portraits.crop(portrait, box, SQUARE)
    cut_portrait = here.portraits.add_stored(cut, "a video's picture")
    here.portrait_library.remove(portrait.reference)
    a_day_later(studio)
    assert names(here) == ["a video's picture"]
    assert cut_portrait == here.portraits.find(cut_portrait.reference)


def test_a_rotated_picture_takes_the_place_of_the_one_it_was(here: Workspace) -> None:
    portrait = added(here, "mona-lisa")
    added(here, "lady-agnew")
    rotated = here.portraits.rotate(portrait, 1)
    assert (rotated.width, rotated.height) == (portrait.height, portrait.width)
    assert here.portrait_library.list()[0].reference == rotated.reference
    assert sorted(names(here)) == ["lady-agnew.jpg", "mona-lisa.jpg"]


def test_it_is_rotated_from_the_upload_and_rotated_back_it_is_the_same(here: Workspace) -> None:
    portrait = added(here, "mona-lisa")
    once = here.portraits.rotate(portrait, 1)
    assert here.portraits.rotate(once, -1) == portrait
    assert here.portraits.rotate(here.portraits.rotate(once, 1), 1) == here.portraits.rotate(
        portrait, 3
    )


def test_the_upload_stays_as_long_as_its_rotated_picture(studio: Studio, here: Workspace) -> None:
    portrait = added(here, "mona-lisa")
    rotated = here.portraits.rotate(portrait, 1)
    a_day_later(studio)
    assert here.portraits.rotate(rotated, -1) == portrait
    sideways = here.portraits.rotate(portrait, 1)
    here.portrait_library.remove(sideways.reference)
    a_day_later(studio)
    a_day_later(studio)  # the upload is looked at once the rotated picture is gone
    assert not store_of(studio).exists(here.id, portrait.reference)


def test_a_sideways_photo_has_no_finding_once_it_is_rotated_as_it_says(here: Workspace) -> None:
    upright = Image.open(SAMPLES / "mona-lisa.jpg")
    file = BytesIO()
    upright.transpose(Image.Transpose.ROTATE_90).save(file, "JPEG", quality=95)
    portrait = here.portraits.add(file.getvalue(), "sideways.jpg")
    [turns] = [
        finding.turns
        for finding in here.portraits.findings(portrait, None, None, SQUARE)
        if finding.what == "tilted"
    ]
    rotated = here.portraits.rotate(portrait, turns)
    found = here.portraits.findings(rotated, None, None, SQUARE)
    assert not any(finding.blocks for finding in found)
