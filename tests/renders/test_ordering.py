"""Refused orders write nothing, and a job's title is one line."""

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal

import pytest

from talkinghead import Studio, Workspace
from talkinghead.catalogue import DraftInput, FlashheadInput, SpeechLength
from talkinghead.core.errors import NotFound, RenderRefused
from tests.jobs.studios import ONE_SECOND, hosted_studio, small_picture
from tests.orders import order_render


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with closing(hosted_studio(tmp_path_factory.mktemp("studio"))) as studio:
        yield studio


@pytest.fixture
def workspace(studio: Studio) -> Workspace:
    return studio.workspace(studio.new_token())


def test_a_bought_model_says_what_it_needs(workspace: Workspace) -> None:
    portrait = workspace.portraits.add(small_picture(), "small.png").reference
    with pytest.raises(RenderRefused, match="Add a fal"):
        order_render(workspace, FlashheadInput(image_url=portrait, text="Hello."), ONE_SECOND, "x")
    assert workspace.jobs.list() == []


def test_what_a_model_cannot_take_is_refused_before_anything_is_written(
    workspace: Workspace,
) -> None:
    portrait = workspace.portraits.add(small_picture(), "small.png").reference
    recording = SpeechLength(Decimal(1), "recording")
    with pytest.raises(RenderRefused, match="a script"):
        order_render(workspace, FlashheadInput(image_url=portrait, text="Hello."), recording, "x")


def test_an_input_that_is_gone_is_said_before_anything_is_written(workspace: Workspace) -> None:
    gone = DraftInput(image_url="asset:" + "0" * 64 + ".jpg", script_text="Hello.")
    with pytest.raises(NotFound, match="Choose it again"):
        order_render(workspace, gone, ONE_SECOND, "x")
    assert workspace.jobs.list() == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [("  two\n words ", "two words"), ("", "Draft"), ("x" * 500, "x" * 120), ("a\x00b", "ab")],
)
def test_a_title_is_one_short_line(workspace: Workspace, given: str, kept: str) -> None:
    portrait = workspace.portraits.add(small_picture(), "small.png").reference
    draft = DraftInput(image_url=portrait, script_text="frames=1", width=64, height=64)
    job = order_render(workspace, draft, ONE_SECOND, given)
    assert job.title == kept
    workspace.jobs.cancel(job.id)
