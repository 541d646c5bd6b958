"""Writes captions in the background, for every workspace.

They are worked out by a process of its own while a page shows something else: it asks again, and
finds them when they are ready. What nobody waits for any more is finished all the same.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from talkinghead.captions.repository import CaptionRepository, StoredCaptions
from talkinghead.captions.worker_client import CaptionProcess
from talkinghead.core.errors import RenderFailed, StudioError
from talkinghead.core.store import Store
from talkinghead.core.workers.budget import CAPTIONS, MACHINE
from talkinghead.core.workers.lanes import ClientLanes
from talkinghead.jobs.job import Video
from talkinghead.speech.pronunciations.entries import Pronounced, as_written
from talkinghead.speech.text.timed_words import word_values, words_of

WAITING_AT_ONCE = 32  # clients that wait for their turns, in which `core/workers/budget` lets them
_FAULT = "Something went wrong while creating captions. Try again."
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CaptionProgress:
    """The progress of captions being written.

    Attributes:
        fraction: how much is done, 0 to 1.
        problem: why none came of it, in plain words, or None while it goes on.
    """

    fraction: float = 0.0
    problem: str | None = None


class BackgroundCaptionWriter:
    """Writes captions, one at a time, in turns by client.

    Args:
        store: holds the videos.
        captions: their repository.
        process: finds words.
        client_of: returns whose turn it is that a workspace takes.
    """

    def __init__(
        self,
        store: Store,
        captions: CaptionRepository,
        process: CaptionProcess,
        client_of: Callable[[str], str],
    ) -> None:
        self._store, self._captions, self._process = store, captions, process
        self._client_of = client_of
        self._closed = False
        self._writers = ClientLanes[None](WAITING_AT_ONCE, "captions")
        self._writing: dict[tuple[str, str], CaptionProgress] = {}
        self._waited: dict[tuple[str, str], Future[None]] = {}
        self._lock = Lock()

    def close(self) -> None:
        """Stop the workers."""
        self._closed = True
        self._process.close()
        self._writers.close()

    def begin(self, video: Video, script: Pronounced, spoken: Sequence[Any]) -> "Future[None]":
        """Start writing the captions of a video, unless that is under way.

        Args:
            video: which.
            script: what is said in it, and how it is written.
            spoken: text, start and end of each word, if the voice reported them.
        """
        key, client = (video.workspace, video.id), self._client_of(video.workspace)
        with self._lock:
            under_way = self._waited.get(key)
            if under_way is not None and not under_way.done():
                return under_way
            self._writing[key] = CaptionProgress()
            write = partial(self._write, key, video.file, script, list(spoken))
            future = self._writers.submit(client, write)
            self._waited[key] = future
        return future

    def writing(self, workspace: str, video_id: str) -> CaptionProgress | None:
        """Return the progress, or the failure; None if nothing is being written."""
        return self._writing.get((workspace, video_id))

    def forget(self, workspace: str, video_id: str) -> None:
        """Clear a failure that was shown."""
        with self._lock:
            known = self._writing.get((workspace, video_id))
            if known is not None and known.problem is not None:
                del self._writing[workspace, video_id]

    def _write(
        self, key: tuple[str, str], file: str, script: Pronounced, spoken: list[Any]
    ) -> None:
        def report_progress(fraction: float) -> None:
            self._writing[key] = CaptionProgress(fraction)

        try:
            with self._turn(key[0]), local_video(self._store, key[0], file) as path:
                order = {"task": "words", "video": str(path), "script": script.text}
                found = self._process.ask({**order, "spoken": spoken}, report_progress)
            words = word_values(as_written(words_of(found["words"]), script))
            self._captions.save(*key, StoredCaptions(found["source"], words, []))
            with self._lock:
                del self._writing[key]
                self._waited.pop(key, None)
        except StudioError as error:
            self._writing[key] = CaptionProgress(problem=str(error))
        except Exception:  # noqa: BLE001 - a thread's outermost frame: shown to the person
            _log.exception("captions were not written")
            self._writing[key] = CaptionProgress(problem=_FAULT)

    @contextmanager
    def _turn(self, workspace: str) -> Iterator[None]:
        with MACHINE.hold(CAPTIONS, self._client_of(workspace), self._raise_if_closed):
            self._raise_if_closed()
            yield

    def _raise_if_closed(self) -> None:
        if self._closed:
            raise RenderFailed(_FAULT)


@contextmanager
def local_video(store: Store, workspace: str, reference: str) -> Iterator[Path]:
    """Give the path of a stored video, saved for the time being where the store is elsewhere."""
    path = store.local_path(workspace, reference)
    if path is not None:
        yield path
        return
    with TemporaryDirectory() as folder:
        yield store.save(workspace, reference, Path(folder) / "video.mp4")


def wait_reporting(
    future: "Future[None]", report_progress: Callable[[], None], every: float = 0.1
) -> None:
    """Wait for the future to finish, calling `tell` every `every` seconds."""
    while True:
        try:
            return future.result(every)
        except TimeoutError:
            report_progress()
