"""A fresh fal for each test, and the real client pointed at it."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fal_client.client
import pytest
from PIL import Image

from tests.fal_server import FalServer
from tests.fal_server.sound import encode, speak
from tests.fal_server_tests.proxied import ProxiedClient

PORTRAIT = Path("components/portraits/samples/girl-with-a-pearl-earring.jpg")


@pytest.fixture(autouse=True)
def _quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client's ten tries, without their fifty seconds."""
    monkeypatch.setattr(fal_client.client, "BASE_DELAY", 0.0001)


@pytest.fixture(scope="session")
def running() -> Iterator[FalServer]:
    """One fal for all tests, since stopping one takes some tenths of a second."""
    with FalServer() as running:
        yield running


@pytest.fixture
def server(running: FalServer) -> FalServer:
    """A fal as if just started."""
    running.options.restore()
    running.options.keys = ()
    running.reset()
    return running


@pytest.fixture
def client(server: FalServer) -> Iterator[ProxiedClient]:
    """The real client, with a key, through the proxy address."""
    client = ProxiedClient(key="k-1").through(server.url)
    yield client
    client.close()


@pytest.fixture
def flat() -> bytes:
    """A picture with nobody in it."""
    out = io.BytesIO()
    Image.new("RGB", (300, 300), "white").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def portrait(client: ProxiedClient) -> str:
    """The address of an uploaded portrait."""
    return str(client.upload(PORTRAIT.read_bytes(), "image/jpeg", "portrait.jpg"))


@pytest.fixture
def speech(client: ProxiedClient) -> str:
    """The address of two seconds of uploaded sound."""
    return str(client.upload(encode(speak("x" * 30), "wav"), "audio/wav", "speech.wav"))


@pytest.fixture
def flashhead(portrait: str) -> dict[str, Any]:
    """Good inputs for fal-ai/flashhead: two seconds."""
    return {"image_url": portrait, "text": "It was a bright cold day."}
