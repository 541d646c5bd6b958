"""Each model makes what its document says, at its price, and refuses what it does not say."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import av
import fal_client
import httpx
import pytest

from tests.fal_server import FalServer
from tests.fal_server.endpoints import ENDPOINTS
from tests.fal_server.marks import click_frames, read_marks
from tests.fal_server.sound import RATE, decode, encode, speak
from tests.fal_server.video import request_id_of
from tests.fal_server_tests.proxied import ProxiedClient


def _first(problem: fal_client.FalClientHTTPError) -> dict[str, Any]:
    """The first entry of the error's detail."""
    return cast(list[dict[str, Any]], problem.message)[0]


WORDS = "It was a bright cold day in April."


def _arguments(endpoint_id: str, portrait: str, speech: str) -> dict[str, Any]:
    known: dict[str, dict[str, Any]] = {
        "fal-ai/flashhead": {"image_url": portrait, "text": "x" * 45},
        "fal-ai/infinitalk": {
            "image_url": portrait,
            "audio_url": speech,
            "prompt": WORDS,
            "num_frames": 50,
            "resolution": "720p",
        },
        "fal-ai/infinitalk/single-text": {
            "image_url": portrait,
            "text_input": WORDS,
            "voice": "Bill",
            "prompt": WORDS,
            "num_frames": 41,
        },
        "fal-ai/stable-avatar": {
            "image_url": portrait,
            "audio_url": speech,
            "prompt": WORDS,
            "aspect_ratio": "1:1",
        },
        "fal-ai/heygen/avatar4/image-to-video": {
            "image_url": portrait,
            "audio_url": speech,
            "aspect_ratio": "9:16",
            "resolution": "360p",
        },
    }
    return known[endpoint_id]


@pytest.mark.parametrize(
    ("endpoint_id", "size", "frames", "dollars"),
    [
        ("fal-ai/flashhead", (512, 512), 75, "0.015"),
        ("fal-ai/infinitalk", (960, 960), 50, "0.8"),
        ("fal-ai/infinitalk/single-text", (640, 640), 41, "0.328"),
        ("fal-ai/stable-avatar", (512, 512), 50, "0.4"),
        ("fal-ai/heygen/avatar4/image-to-video", (360, 640), 50, "0.2"),
    ],
)
def test_a_model_makes_a_video_of_its_length_and_shape_at_its_price(
    server: FalServer,
    client: ProxiedClient,
    portrait: str,
    speech: str,
    endpoint_id: str,
    size: tuple[int, int],
    frames: int,
    dollars: str,
) -> None:
    arguments = _arguments(endpoint_id, portrait, speech)
    video = client.subscribe(endpoint_id, arguments, interval=0.02)["video"]
    data = httpx.get(video["url"]).content
    with av.open(io.BytesIO(data), "r") as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height, stream.frames) == (*size, frames)
        assert stream.average_rate == 25
        assert len(container.streams.audio) == 1
    assert [bill.dollars for bill in server.bills] == [Decimal(dollars)]
    assert request_id_of(data) == server.bills[0].request_id
    octets = endpoint_id.startswith("fal-ai/infinitalk")
    assert video["content_type"] == ("application/octet-stream" if octets else "video/mp4")
    assert video["file_size"] == len(data)


def test_marks_tell_the_frame_and_flash_with_the_clicks_of_the_sound(
    client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    output = client.subscribe("fal-ai/flashhead", flashhead | {"text": "x" * 60}, interval=0.02)
    data = httpx.get(output["video"]["url"]).content
    with av.open(io.BytesIO(data), "r") as container:
        lumas = [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]
    marks = [read_marks(luma.astype("uint8")) for luma in lumas]
    assert [mark.frame for mark in marks] == list(range(100))
    assert [mark.frame for mark in marks if mark.flash] == [0, 25, 50, 75]
    heard = click_frames(decode(data).samples, RATE, 100).nonzero()[0]
    assert all(min(abs(int(frame) - second * 25) for second in range(4)) <= 1 for frame in heard)


@pytest.mark.parametrize(
    ("change", "field", "error_type"),
    [
        ({"text": None}, "text", "string_type"),
        ({"voice": "Melissa"}, "voice", "literal_error"),
        ({"stability": 1.5}, "stability", "less_than_equal"),
        ({"seed": "42"}, "seed", "int_type"),
        ({"resolution": "480p"}, "resolution", "extra_forbidden"),
        ({"image_url": "https://v3.fal.media/files/none.jpg"}, "image_url", "file_download_error"),
        ({"image_url": "nonsense"}, "image_url", "file_download_error"),
    ],
)
def test_an_input_that_is_not_as_documented_is_a_422_with_the_result(
    server: FalServer,
    client: ProxiedClient,
    flashhead: dict[str, Any],
    change: dict[str, Any],
    field: str,
    error_type: str,
) -> None:
    handle = client.submit("fal-ai/flashhead", flashhead | change)
    with pytest.raises(fal_client.FalClientHTTPError) as refused:
        handle.get(interval=0.02)
    assert refused.value.status_code == 422
    assert _first(refused.value)["loc"] == ["body", field]
    assert _first(refused.value)["type"] == error_type
    assert _first(refused.value)["type"] == cast(Any, handle.status()).error_type
    assert not server.bills


def test_strict_submit_refuses_at_once(server: FalServer, client: ProxiedClient) -> None:
    server.options.strict_submit = True
    with pytest.raises(fal_client.FalClientHTTPError) as refused:
        client.submit("fal-ai/flashhead", {"text": "Hello"})
    assert _first(refused.value)["type"] == "missing"
    assert not server.jobs


def _refusal_of(client: ProxiedClient, endpoint_id: str, arguments: dict[str, Any]) -> str:
    with pytest.raises(fal_client.FalClientHTTPError) as refused:
        client.subscribe(endpoint_id, arguments, interval=0.02)
    return str(_first(refused.value)["type"])


def test_pictures_without_a_face_and_files_that_are_no_picture_are_refused(
    client: ProxiedClient, flat: bytes
) -> None:
    nobody = client.upload(flat, "image/png", "flat.png")
    broken = client.upload(flat[: len(flat) // 2], "image/png", "broken.png")
    words = client.upload(b"hello", "image/png", "words.png")
    found = [
        _refusal_of(client, "fal-ai/flashhead", {"image_url": url, "text": WORDS})
        for url in (nobody, broken, words)
    ]
    assert found == ["face_detection_error", "image_load_error", "unsupported_image_format"]


def test_sounds_too_long_too_short_or_unreadable_are_refused(
    client: ProxiedClient, portrait: str
) -> None:
    long = client.upload(encode(speak("x" * 15 * 301), "wav"), "audio/wav", "long.wav")
    words = client.upload(b"hello", "audio/mpeg", "words.mp3")
    found = [
        _refusal_of(
            client,
            "fal-ai/stable-avatar",
            {"image_url": portrait, "audio_url": url, "prompt": WORDS},
        )
        for url in (long, words)
    ]
    assert found == ["audio_duration_too_long", "unsupported_audio_format"]


def test_heygen_wants_a_voice_for_words(client: ProxiedClient, portrait: str) -> None:
    endpoint_id = "fal-ai/heygen/avatar4/image-to-video"
    assert _refusal_of(client, endpoint_id, {"image_url": portrait, "prompt": WORDS}) == (
        "value_error"
    )
    arguments = {"image_url": portrait, "prompt": WORDS, "voice": "Melissa", "resolution": "360p"}
    assert client.subscribe(endpoint_id, arguments, interval=0.02)["video"]["url"]


@pytest.mark.parametrize(
    "endpoint_id", [name for name in ENDPOINTS if ENDPOINTS[name].category == "text-to-speech"]
)
def test_text_becomes_a_recording_of_plausible_length(
    server: FalServer, client: ProxiedClient, endpoint_id: str
) -> None:
    field = "text" if "elevenlabs" in endpoint_id else "prompt"
    arguments: dict[str, Any] = {field: "x" * 45}
    if "minimax" in endpoint_id:
        arguments["output_format"] = "url"
    if "elevenlabs" in endpoint_id:
        arguments["timestamps"] = True
    output = client.subscribe(endpoint_id, arguments, interval=0.02)
    sound = decode(httpx.get(output["audio"]["url"]).content)
    assert sound.seconds == pytest.approx(3, abs=0.1)
    assert ("timestamps" in output) == ("elevenlabs" in endpoint_id)
    assert server.bills[0].units == Decimal("0.045")


def test_a_data_address_is_taken_as_a_file(client: ProxiedClient, portrait: str) -> None:
    picture = fal_client.encode_file(Path("components/portraits/samples/lady-agnew.jpg"))
    output = client.subscribe(
        "fal-ai/flashhead", {"image_url": picture, "text": WORDS}, interval=0.02
    )
    assert output["duration"] == pytest.approx(2.28, abs=0.05)
