"""A visitor without a browser: speaks Streamlit's protocol, and requests what its page would."""

import asyncio
import contextlib
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol


class Visitor:
    """One open page.

    Args:
        url: the app's address.
        query: the query of the page's address.
    """

    def __init__(self, url: str, query: str) -> None:
        self._url = f"ws://{urlsplit(url).netloc}/_stcore/stream"
        self._query = query
        self._timers: dict[str, asyncio.Task[None]] = {}
        self._socket: ClientConnection | None = None
        self._text_area = ""  # the id of the first one on the page
        self.bytes = 0
        self.runs = 0

    async def stay(self, opened: asyncio.Event) -> None:
        """Open the page and watch it until cancelled."""
        async with connect(
            self._url, subprotocols=[Subprotocol("streamlit")], max_size=None
        ) as socket:
            self._socket = socket
            await self._ask(socket, "")
            try:
                async for message in socket:
                    self._take(socket, bytes(message), opened)  # type: ignore[arg-type]
            finally:
                for timer in self._timers.values():
                    timer.cancel()

    async def write_every(
        self, seconds: float, opened: asyncio.Event, *, delay: float = 0.0
    ) -> None:
        """Write other words into the page's text area again and again, until cancelled.

        Args:
            seconds: between two changes.
            opened: set once the page is there.
            delay: seconds before the first one.
        """
        await opened.wait()
        await asyncio.sleep(delay)
        number = 0
        while self._socket is not None:
            number += 1
            asked = BackMsg()
            asked.rerun_script.query_string = self._query
            state = asked.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = self._text_area, f"These are the words number {number}."
            await self._socket.send(asked.SerializeToString())
            await asyncio.sleep(seconds)

    def _take(self, socket: ClientConnection, data: bytes, opened: asyncio.Event) -> None:
        self.bytes += len(data)
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "script_finished":
            self.runs += 1
            opened.set()
        elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "text_area":
            self._text_area = self._text_area or message.delta.new_element.text_area.id
        elif kind == "auto_rerun":
            again = message.auto_rerun
            if again.fragment_id not in self._timers:
                ticking = self._tick(socket, again.fragment_id, again.interval)
                self._timers[again.fragment_id] = asyncio.create_task(ticking)

    async def _tick(self, socket: ClientConnection, fragment: str, seconds: float) -> None:
        with contextlib.suppress(Exception):  # the page is closed
            while True:
                await asyncio.sleep(seconds)
                await self._ask(socket, fragment)

    async def _ask(self, socket: ClientConnection, fragment: str) -> None:
        asked = BackMsg()
        asked.rerun_script.query_string = self._query
        asked.rerun_script.fragment_id = fragment
        asked.rerun_script.is_auto_rerun = bool(fragment)
        await socket.send(asked.SerializeToString())
