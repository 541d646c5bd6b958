"""Galleries to look at: real small MP4s, written with the core before a server starts."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import av
import numpy as np
from PIL import Image
from sqlalchemy import insert

from talkinghead.catalogue import BUILT_IN
from talkinghead.core.database import Database, sqlite_url
from talkinghead.core.store import open_store
from talkinghead.core.workspace_repository import WorkspaceRepository
from talkinghead.jobs.job import Job, JobState, Video
from talkinghead.jobs.journal import Journal
from talkinghead.videos.repository import video_row
from talkinghead.videos.tables import videos
from tests.jobs.permits import FREE_PASS

SHARED = "local"  # the workspace of everybody on one's own machine
FRAMES, RATE = 75, 25  # three seconds
GONE = f"asset:{0:064x}.jpg"  # a portrait that nobody has
SAMPLES = sorted((Path(__file__).parents[2] / "components" / "portraits" / "samples").glob("*.jpg"))


class Seeder:
    """Writes into the data folder of a server that does not run.

    Args:
        data_dir: the server's DATA_DIR.
        token: the visitor whose gallery it is; None is everybody's on one's own machine.
    """

    def __init__(self, data_dir: Path, token: str | None = None) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        self.database = Database(sqlite_url(data_dir / "journal.db"))
        self.store = open_store((data_dir / "media").absolute().as_uri())
        workspaces = WorkspaceRepository(self.database)
        if token is None:
            self.workspace = workspaces.find_or_create_fixed(SHARED)
        else:
            token_hash = hashlib.sha256(token.encode()).hexdigest()
            self.workspace = workspaces.find(token_hash) or workspaces.create(token_hash)

    def __enter__(self) -> "Seeder":
        return self

    def __exit__(self, *_: object) -> None:
        self.database.close()

    def videos(self, count: int, *, titles: Iterable[str] = (), **changes: Any) -> list[Video]:
        """Put so many videos into the gallery, each an hour older than the one before."""
        named = list(titles)
        made = [
            self._video(place, named[place] if place < len(named) else f"Video {place + 1}")
            for place in range(count)
        ]
        made = [replace(video, **changes) for video in made]
        with self.database.writing() as connection:
            connection.execute(insert(videos), [video_row(video, BUILT_IN) for video in made])
        return made

    def job(self, title: str, state: JobState, **changes: Any) -> Job:
        """Put a job that has ended into the list."""
        now = datetime.now(UTC)
        job = Job(
            id=uuid4().hex,
            workspace=self.workspace,
            endpoint_id="draft",
            arguments={"image_url": GONE, "script_text": title},
            title=title,
            state=state,
            speech_seconds=Decimal("5.8"),
            estimate=Decimal(0),
            created_at=now - timedelta(minutes=5),
            updated_at=now,
            ended_at=now if state.ended else None,
        )
        job = job.replace(**changes)
        Journal(self.database).add(job, FREE_PASS)
        return job

    def note(self, job_id: str, text: str) -> None:
        """Write a line into the log of a job."""
        Journal(self.database).note(job_id, text)

    def _video(self, place: int, title: str) -> Video:
        width, height = ((512, 512), (832, 480), (480, 832))[place % 3]
        picture = SAMPLES[place % len(SAMPLES)]
        return Video(
            id=uuid4().hex,
            workspace=self.workspace,
            job_id=uuid4().hex,
            endpoint_id="draft",
            arguments={
                "image_url": self.store.put(self.workspace, picture, ".jpg"),
                "script_text": f"The words of {title}",
                "voice": "af_heart",
                "width": width,
                "height": height,
                "seed": place,
            },
            title=title,
            file=self.store.put(self.workspace, small_video(picture, width, height), ".mp4"),
            thumbnail=self.store.put(self.workspace, small_picture(picture, width, height), ".jpg"),
            seconds=FRAMES / RATE,
            width=width,
            height=height,
            fps=RATE,
            dollars=Decimal(0),
            created_at=datetime.now(UTC) - timedelta(hours=place),
            seed=place,
        )


def _framed(picture: Path, width: int, height: int) -> Image.Image:
    image = Image.open(picture).convert("RGB")
    scale = max(width / image.width, height / image.height)
    image = image.resize((round(image.width * scale) + 1, round(image.height * scale) + 1))
    return image.crop((0, 0, width, height))


@cache
def small_picture(picture: Path, width: int, height: int) -> bytes:
    """A thumbnail as the studio makes them: 320 pixels wide, JPEG."""
    out = BytesIO()
    _framed(picture, width, height).resize((320, round(320 * height / width))).save(out, "JPEG")
    return out.getvalue()


@cache
def small_video(picture: Path, width: int, height: int) -> bytes:
    """Three seconds of a picture that moves a little, as H.264."""
    frame = np.asarray(_framed(picture, width, height))
    out = BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(FRAMES):
            moved = np.roll(frame, number % 5, axis=1)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(moved, format="rgb24")))
        container.mux(stream.encode())
    return out.getvalue()
