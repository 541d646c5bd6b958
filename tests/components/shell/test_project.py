"""The inputs of a video become a new project."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from components.portraits.portrait_picker import SAMPLES
from components.projects.reuse import from_video
from talkinghead import Workspace
from talkinghead.av.framing import CropBox
from talkinghead.catalogue import Geometry
from talkinghead.core.errors import NotFound
from talkinghead.jobs.job import Video
from talkinghead.projects.values import Project


def video(**changes: Any) -> Video:
    """A finished draft."""
    facts: dict[str, Any] = {
        "id": "v" * 32, "workspace": "local", "job_id": "j" * 32, "endpoint_id": "draft",
        "arguments": {}, "title": "Hello.", "file": "asset:f", "thumbnail": "asset:t",
        "seconds": 2.0, "width": 512, "height": 512, "fps": 25, "dollars": Decimal(0),
        "created_at": datetime.now(UTC),
    }  # fmt: skip
    return Video(**{**facts, **changes})


def restored(workspace: Workspace, made: Video) -> Project:
    """The project of a video's new project."""
    project = workspace.projects.find(from_video(workspace, made))
    assert project is not None
    return project


def test_the_copy_kept_at_the_render_comes_back_whole(workspace: Workspace) -> None:
    kept = Project(script="Hello.", crops={"1.000": CropBox(0.1, 0.1, 0.3, 0.2)}, reader="x")
    workspace.projects.create(kept, "j" * 32)
    assert restored(workspace, video()) == kept


def test_without_a_copy_the_job_tells_what_it_was_made_from(workspace: Workspace) -> None:
    portrait = workspace.portraits.add((SAMPLES / "mona-lisa.jpg").read_bytes(), "Mona Lisa")
    box = workspace.portraits.default_crop(portrait, 1.0)
    image = workspace.portraits.crop(portrait, box, Geometry(512, 512))
    arguments = {
        "image_url": image, "script_text": "Hello.", "voice": "Brian", "seed": 4,
        "stands_for": "fal-ai/flashhead",
    }  # fmt: skip
    found = restored(workspace, video(arguments=arguments))
    assert (found.script, found.endpoint_id) == ("Hello.", "fal-ai/flashhead")
    assert found.parameters == {"fal-ai/flashhead": {"voice": "Brian", "seed": 4}}
    assert found.crop == CropBox(0, 0, 1, 1)
    assert found.portrait


def test_a_video_whose_portrait_is_gone_says_so(workspace: Workspace) -> None:
    gone = {"image_url": f"asset:{'0' * 64}.jpg", "script_text": "Hello."}
    with pytest.raises(NotFound):
        from_video(workspace, video(arguments=gone))
