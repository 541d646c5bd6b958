"""Jobs and videos as the tests need them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import av
import numpy as np

from talkinghead.jobs.job import Job, JobState, Video

PORTRAIT = "asset:" + "a" * 64 + ".jpg"
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def a_job(workspace: str, **changes: Any) -> Job:
    """A waiting draft."""
    job = Job(
        id=uuid4().hex,
        workspace=workspace,
        endpoint_id="draft",
        arguments={"image_url": PORTRAIT, "script_text": "Good morning."},
        title="Morning",
        state=JobState.WAITING,
        speech_seconds=Decimal("1.5"),
        estimate=Decimal(0),
        created_at=NOON,
        updated_at=NOON,
    )
    waits = changes.get("state", JobState.WAITING) is JobState.WAITING
    return job.replace(waiting_for="turn" if waits else None, **changes)


def a_video(workspace: str, number: int = 0, **changes: Any) -> Video:
    """A finished draft; each number is an hour younger."""
    values: dict[str, Any] = {
        "id": uuid4().hex,
        "workspace": workspace,
        "job_id": uuid4().hex,
        "endpoint_id": "draft",
        "arguments": {"image_url": PORTRAIT, "script_text": "Good morning."},
        "title": f"Video {number}",
        "file": "asset:" + f"{number:064x}" + ".mp4",
        "thumbnail": "asset:" + f"{number:064x}" + ".jpg",
        "seconds": 1.5,
        "width": 512,
        "height": 512,
        "fps": 25.0,
        "dollars": Decimal(0),
        "created_at": NOON + timedelta(hours=number),
        "seed": number,
    }
    return Video(**{**values, **changes})


def small_mp4(path: Path, *, frames: int = 25, side: int = 64) -> Path:
    """A second of grey."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = side, side, "yuv420p"
        for number in range(frames):
            picture = np.full((side, side, 3), number * 5, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    return path
