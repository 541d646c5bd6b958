"""Where hostile rows are played: one workspace of a hosted studio, and made-up answers of fal's."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx
from pydantic import SecretStr

from talkinghead import Studio, Workspace
from talkinghead.core.web.transport import PublicTransport
from talkinghead.fal.client import FalClient
from talkinghead.fal.network import Network
from talkinghead.fal.transport import FalTransport
from talkinghead.portraits.values import Portrait
from tests.fal.workbench import KEY

T = TypeVar("T")
Reply = Callable[[httpx.Request], httpx.Response]


@dataclass(frozen=True)
class Here:
    """A workspace with one portrait.

    Attributes:
        studio, workspace: whose it is.
        portrait: a painting.
        folder: for files.
    """

    studio: Studio
    workspace: Workspace
    portrait: Portrait
    folder: Path

    def asked(self, reply: Reply, ask: Callable[[FalClient, Network], Awaitable[T]]) -> T:
        """Ask fal, whose every answer is made by `reply`."""

        async def work() -> T:
            network = Played(reply)
            client = FalClient(SecretStr(KEY), network)
            return await ask(client, network)

        return asyncio.run(work())


Rows = dict[str, Callable[[Here], object]]
"""What is done, by the name of the row."""


class Played(Network):
    """Connections that reach nobody; their answers are made up."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(None)
        self._played = httpx.MockTransport(reply)

    def client(self, key: SecretStr | None) -> httpx.AsyncClient:
        """The client for everything but files."""
        return httpx.AsyncClient(transport=FalTransport(self._played))

    @property
    def downloads(self) -> httpx.AsyncClient:
        """The client for files, with the rule for addresses."""
        public = PublicTransport(self._played, None, _somewhere, self._played)
        return httpx.AsyncClient(transport=public, follow_redirects=True)


async def _somewhere(host: str) -> list[str]:
    return ["1.1.1.1"]
