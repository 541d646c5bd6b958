"""One pool for all keys, on one event loop at a time."""

import asyncio

import pytest
from pydantic import SecretStr

from talkinghead.fal.network import Network
from talkinghead.fal.transport import Unreachable
from tests.fal_server.server import FalServer

MODELS = "https://api.fal.ai/v1/models"


def test_each_key_has_one_client() -> None:
    async def work() -> None:
        network = Network()
        first = network.client(SecretStr("a"))
        assert network.client(SecretStr("a")) is first
        assert network.client(SecretStr("b")) is not first
        assert "authorization" not in network.client(None).headers
        assert "authorization" not in network.downloads.headers
        await network.close()

    asyncio.run(work())


def test_a_network_reconnects_on_another_loop(fal: FalServer) -> None:
    network = Network(fal.url)

    async def work() -> int:
        try:
            return (await network.ask("GET", MODELS, None)).status
        finally:
            await network.close()

    assert [asyncio.run(work()), asyncio.run(work())] == [200, 200]


def test_an_answer_that_takes_too_long_is_none(fal: FalServer) -> None:
    fal.fault("platform_hang", value=2)
    asyncio.run(_unanswered(Network(fal.url), MODELS))


def test_no_proxy_is_needed_to_say_that_nobody_answers() -> None:
    asyncio.run(_unanswered(Network(), "http://127.0.0.1:1/"))


async def _unanswered(network: Network, url: str) -> None:
    try:
        with pytest.raises(Unreachable):
            await network.ask("GET", url, None, seconds=0.2)
    finally:
        await network.close()
