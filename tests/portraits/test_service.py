"""The portraits of a workspace: stored with their faces, checked and cropped."""

from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from talkinghead import Studio, Workspace
from talkinghead.catalogue import Geometry
from talkinghead.portraits.service import SHOWN_AREA
from tests.jobs.studios import hosted_studio

SAMPLES = Path(__file__).parents[2] / "components" / "portraits" / "samples"
MONA_LISA = SAMPLES / "mona-lisa.jpg"
SQUARE = Geometry(512, 512)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with closing(hosted_studio(tmp_path_factory.mktemp("studio"))) as studio:
        yield studio


@pytest.fixture
def workspace(studio: Studio) -> Workspace:
    return studio.workspace(studio.new_token())


def test_a_portrait_is_kept_with_its_face(workspace: Workspace) -> None:
    portrait = workspace.portraits.add(MONA_LISA.read_bytes(), "mona-lisa.jpg")
    [face] = portrait.faces
    assert 0 < face.left < face.left + face.width < 1
    assert workspace.portraits.find(portrait.reference) == portrait
    shown = Image.open(BytesIO(workspace.portraits.shown(portrait.reference)))
    assert shown.width * shown.height <= 1.01 * SHOWN_AREA
    assert shown.width / shown.height == pytest.approx(portrait.width / portrait.height, abs=0.01)
    assert len(workspace.portraits.face_pictures(portrait)) == 1


def test_a_good_portrait_has_no_findings_that_block(workspace: Workspace) -> None:
    portrait = workspace.portraits.add(MONA_LISA.read_bytes(), "mona-lisa.jpg")
    box = workspace.portraits.default_crop(portrait, SQUARE.aspect)
    findings = workspace.portraits.findings(portrait, None, box, SQUARE)
    assert not any(finding.blocks for finding in findings)


def test_a_crop_is_an_asset_of_its_own_in_the_shape_of_the_video(workspace: Workspace) -> None:
    portrait = workspace.portraits.add(MONA_LISA.read_bytes(), "mona-lisa.jpg")
    box = workspace.portraits.default_crop(portrait, SQUARE.aspect)
    reference = workspace.portraits.crop(portrait, box, SQUARE)
    cut = Image.open(BytesIO(workspace.portraits.shown(reference)))
    assert cut.width == cut.height
