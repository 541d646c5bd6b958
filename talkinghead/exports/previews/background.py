"""Draws previews of exports in the background, for every workspace.

They are drawn by a process of their own while a page shows something else: it asks again, and finds
them when they are ready.
"""

import base64
import sys
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Any

from talkinghead.captions.background import local_video
from talkinghead.captions.worker_client import CaptionProcess
from talkinghead.core.errors import RenderFailed
from talkinghead.core.store import Store
from talkinghead.core.workers.budget import MACHINE, PREVIEWS
from talkinghead.core.workers.lanes import ClientLanes
from talkinghead.jobs.job import Video

PREVIEW_WORKER = (sys.executable, "-m", "talkinghead.exports.previews.worker")
REMEMBERED_PREVIEWS = 48  # of about 100 KB each
WAITING_AT_ONCE = 32  # clients that wait for their turns, in which `core/workers/budget` lets them
MOST_UNDRAWN = 6  # previews of a client, one for each shape; of more, the oldest is given up
_NOT_DRAWN = "The preview could not be drawn on this video."

Pictures = Mapping[str, bytes]
"""JPEG by the id of a style; "" is the picture without captions."""


@dataclass(frozen=True)
class _Preview:
    """Previews of one shape.

    Attributes:
        client: who asked first.
        pictures: once they are drawn.
    """

    client: str
    pictures: Future[Pictures]

    def is_undrawn_of(self, client: str) -> bool:
        return self.client == client and not self.pictures.done()


class PreviewDrawer:
    """Draws previews, one at a time, in turns by client.

    Args:
        store: holds the videos.
        process: draws them.
        client_of: returns whose turn it is that a workspace takes.
    """

    def __init__(
        self, store: Store, process: CaptionProcess, client_of: Callable[[str], str]
    ) -> None:
        self._store, self._process, self._client_of = store, process, client_of
        self._closed = False
        self._drawers = ClientLanes[Pictures](WAITING_AT_ONCE, "previews")
        self._previews: OrderedDict[str, _Preview] = OrderedDict()
        self._lock = Lock()

    def close(self) -> None:
        """Stop the workers."""
        self._closed = True
        self._process.close()
        self._drawers.close()

    def previews(self, video: Video, question: str, order: Mapping[str, Any]) -> Pictures | None:
        """Return a frame in each style; None while they are drawn.

        Args:
            video: which.
            question: identifies the pictures: equal questions return equal pictures.
            order: further fields of the order to the process.

        Raises:
            RenderFailed: it cannot be drawn.
        """
        key = f"{video.workspace}\n{video.file}\n{question}"
        client = self._client_of(video.workspace)
        with self._lock:
            if key not in self._previews:
                self._make_room(client)
                drawing = self._drawers.submit(client, partial(self._draw, video, order))
                self._previews[key] = _Preview(client, drawing)
            self._previews.move_to_end(key)
            drawn = self._previews[key].pictures
        if not drawn.done():
            return None
        if drawn.cancelled() or drawn.exception() is not None:
            raise RenderFailed(_NOT_DRAWN)
        return drawn.result()

    def _make_room(self, client: str) -> None:
        """Forget what is too much: what nobody looked at for longest, and of what this client has
        not seen yet the oldest."""
        undrawn = [key for key, each in self._previews.items() if each.is_undrawn_of(client)]
        known = [key for key in self._previews if key not in undrawn]
        given_up = undrawn[: max(len(undrawn) + 1 - MOST_UNDRAWN, 0)]
        surplus = max(len(self._previews) - len(given_up) + 1 - REMEMBERED_PREVIEWS, 0)
        for key in (*given_up, *known[:surplus]):
            self._previews.pop(key).pictures.cancel()

    def _draw(self, video: Video, order: Mapping[str, Any]) -> Pictures:
        workspace = video.workspace
        with (
            MACHINE.hold(PREVIEWS, self._client_of(workspace), self._raise_if_closed),
            local_video(self._store, workspace, video.file) as path,
        ):
            self._raise_if_closed()
            report = self._process.ask({"video": str(path), **order})
        return {name: base64.b64decode(picture) for name, picture in report.items()}

    def _raise_if_closed(self) -> None:
        if self._closed:
            raise RenderFailed(_NOT_DRAWN)
