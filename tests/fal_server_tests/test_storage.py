"""Uploads by every way, and media files with ranges."""

from dataclasses import replace

import fal_client
import fal_client.client
import httpx
import pytest

from tests.fal_server import FalServer
from tests.fal_server.files import StoredFile
from tests.fal_server_tests.proxied import ProxiedClient

BYTES = bytes(range(256)) * 400


def _stored(server: FalServer, url: str) -> bytes:
    return httpx.get(server.url, headers={"x-fal-target-url": url}).content


def _targets(server: FalServer) -> list[str]:
    return [visit.url.partition("?")[0] for visit in server.visits]


def test_an_upload_goes_to_the_cdn_with_a_token_and_is_read_back(
    server: FalServer, client: ProxiedClient
) -> None:
    url = client.upload(BYTES, "audio/wav", "speech.wav")
    assert url.startswith("https://v3.fal.media/files/b/")
    assert url.endswith("_speech.wav")
    assert _targets(server) == [
        "https://rest.fal.ai/storage/auth/token",
        "https://v3.fal.media/files/upload",
    ]
    assert _stored(server, url) == BYTES


def test_one_token_serves_uploads_until_it_expires(
    server: FalServer, client: ProxiedClient
) -> None:
    client.upload(b"a", "text/plain")
    client.upload(b"b", "text/plain")
    assert sum("auth/token" in url for url in _targets(server)) == 1
    server.fault("token_expired", times=None)
    other = ProxiedClient(key="k-2").through(server.url)
    other.upload(b"c", "text/plain")  # by the fallback, since the CDN refuses the token
    other.upload(b"d", "text/plain")
    other.close()
    assert sum("auth/token" in url for url in _targets(server)) == 3


def test_a_large_upload_goes_in_parts(
    server: FalServer, client: ProxiedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fal_client.client, "MULTIPART_THRESHOLD", 1000)
    monkeypatch.setattr(fal_client.client, "MULTIPART_CHUNK_SIZE", 10_000)
    url = client.upload(BYTES, "video/mp4", "long.mp4")
    assert _stored(server, url) == BYTES
    assert sum("/multipart/" in target for target in _targets(server)) == 12


def test_a_part_without_an_etag_breaks_the_upload(
    server: FalServer, client: ProxiedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fal_client.client, "MULTIPART_THRESHOLD", 1000)
    server.fault("upload_no_etag", skip=1)
    with pytest.raises(KeyError):
        client.upload(BYTES, "video/mp4", "long.mp4")


def test_when_the_cdn_fails_the_client_falls_back_to_a_signed_address(
    server: FalServer, client: ProxiedClient
) -> None:
    server.fault("upload_500")
    url = client.upload(BYTES, "image/png", "face.png")
    assert _stored(server, url) == BYTES
    assert _targets(server)[2:4] == [
        "https://rest.fal.ai/storage/upload/initiate",
        server.visits[3].url.partition("?")[0],
    ]
    assert server.visits[3].method == "PUT"


@pytest.mark.parametrize(
    "fault", ["token_500", "token_401", "token_drop", "token_malformed_json", "token_nginx_502"]
)
def test_a_token_that_cannot_be_had_stops_the_upload(
    server: FalServer, client: ProxiedClient, fault: str
) -> None:
    server.fault(fault)
    with pytest.raises((httpx.HTTPError, ValueError)):
        client.upload(BYTES, "image/png", "face.png")


def test_a_revoked_token_and_an_expired_one_are_refused_by_the_cdn(
    server: FalServer, client: ProxiedClient
) -> None:
    server.fault("token_revoked")
    client.upload(BYTES, "image/png", "face.png")  # by the fallback
    assert [visit.status_code for visit in server.visits] == [200, 401, 200, 200]


def test_a_token_without_an_offset_breaks_the_second_upload(
    server: FalServer, client: ProxiedClient
) -> None:
    server.fault("token_naive")
    client.upload(BYTES, "image/png", "face.png")
    with pytest.raises(TypeError):
        client.upload(BYTES, "image/png", "face.png")


def test_a_file_expires_by_its_lifecycle(server: FalServer, client: ProxiedClient) -> None:
    kept = client.upload(b"kept", "text/plain", lifecycle=fal_client.StorageSettings("1h"))
    gone = client.upload(b"gone", "text/plain", lifecycle=fal_client.StorageSettings("1h"))
    path = gone.removeprefix("https://v3.fal.media")
    stored = server.fal.files.stored[path]
    assert stored.expires_at
    server.fal.files.put(replace(stored, expires_at=stored.expires_at.replace(year=2020)))
    assert _stored(server, kept) == b"kept"
    assert _stored(server, gone) == b"Not Found"


def test_media_is_served_to_everyone_with_ranges(server: FalServer, client: ProxiedClient) -> None:
    url = client.upload(BYTES, "video/mp4", "a.mp4")
    local = server.url + url.removeprefix("https://v3.fal.media")
    head = httpx.head(local)
    assert (head.headers["content-length"], head.content) == (str(len(BYTES)), b"")
    assert head.headers["content-type"] == "video/mp4"
    for asked, start, end in (("10-19", 10, 20), ("102390-", 102390, 102400), ("-5", -5, None)):
        part = httpx.get(local, headers={"range": f"bytes={asked}"})
        assert (part.status_code, part.content) == (206, BYTES[start:end])
    assert part.headers["content-range"] == "bytes 102395-102399/102400"
    assert httpx.get(local, headers={"range": "bytes=999999-"}).status_code == 416


def _media(server: FalServer, fault: str) -> str:
    path = server.fal.files.new_path("a.mp4")
    server.fal.files.put(StoredFile(path, "video/mp4", BYTES, request_id="r"))
    server.fault(fault)
    return server.url + path


@pytest.mark.parametrize(
    ("fault", "status", "size", "content_type"),
    [
        ("media_404", 404, None, "application/json"),
        ("media_expired", 404, None, "text/plain; charset=utf-8"),
        ("media_short", 200, len(BYTES) // 2, "video/mp4"),
        ("media_wrong_type", 200, len(BYTES), "text/plain"),
        ("media_empty", 200, 0, "video/mp4"),
        ("media_redirect", 302, 0, None),
        ("media_no_length", 200, len(BYTES), "video/mp4"),
        ("media_nginx_503", 503, None, "text/html; charset=utf-8"),
    ],
)
def test_a_media_file_fails_in_each_way(
    server: FalServer, fault: str, status: int, size: int | None, content_type: str | None
) -> None:
    answer = httpx.get(_media(server, fault))
    assert answer.status_code == status
    assert answer.headers.get("content-type") == content_type
    assert size is None or len(answer.content) == size


def test_a_redirect_leads_to_the_file_and_a_loop_nowhere(server: FalServer) -> None:
    url = _media(server, "media_redirect")
    assert httpx.get(url, follow_redirects=True).content == BYTES
    server.fault("media_redirect_loop")
    with pytest.raises(httpx.TooManyRedirects):
        httpx.get(url, follow_redirects=True)


def test_a_truncated_file_breaks_off(server: FalServer) -> None:
    url = _media(server, "media_truncated")
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(url)
    assert httpx.get(url).content == BYTES


def test_a_range_may_be_ignored(server: FalServer) -> None:
    answer = httpx.get(_media(server, "media_no_range"), headers={"range": "bytes=0-9"})
    assert (answer.status_code, len(answer.content)) == (200, len(BYTES))
