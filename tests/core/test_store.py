"""The store on a folder and on a real S3 server on loopback."""

import hashlib
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from talkinghead.core.errors import ConfigurationError, NotFound, StorageFailed
from talkinghead.core.store import Store, open_store


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    request = urllib.request.Request(f"http://{host}:{port}/videos", method="PUT")
    urllib.request.urlopen(request).close()  # noqa: S310  our own server on loopback
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    if request.param == "folder":
        return open_store((tmp_path / "a folder").as_uri())
    server = request.getfixturevalue("s3_server")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "for-tests")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "for-tests")
    return open_store(f"s3://videos/{tmp_path.name}?endpoint={server}&region=us-east-1")


def test_content_comes_back_under_the_name_of_its_hash(store: Store) -> None:
    reference = store.put("local", b"hello", ".wav")
    assert reference == f"asset:{hashlib.sha256(b'hello').hexdigest()}.wav"
    assert store.read("local", reference) == b"hello"


def test_a_file_of_many_chunks_comes_back_whole(store: Store, tmp_path: Path) -> None:
    content = bytes(range(256)) * 50_000  # 12.8 MB: several parts and many chunks
    source = tmp_path / "source.mp4"
    source.write_bytes(content)
    reference = store.put("local", source, ".mp4")
    assert store.save("local", reference, tmp_path / "copy.mp4").read_bytes() == content
    assert sorted(path.name for path in tmp_path.glob("*.part")) == []


def test_the_same_content_again_is_the_same_file(store: Store) -> None:
    assert store.put("local", b"hello", ".wav") == store.put("local", b"hello", ".wav")


def test_another_workspace_does_not_see_it(store: Store) -> None:
    reference = store.put("mine", b"hello", ".wav")
    assert not store.exists("theirs", reference)
    with pytest.raises(NotFound):
        store.read("theirs", reference)


def test_what_is_deleted_is_gone_and_may_be_deleted_again(store: Store) -> None:
    reference = store.put("local", b"hello", ".wav")
    store.delete("local", reference)
    store.delete("local", reference)
    assert not store.exists("local", reference)


def test_saving_what_is_not_there_leaves_no_file(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    with pytest.raises(NotFound):
        store.save("local", "asset:" + "0" * 64 + ".mp4", target / "x.mp4")
    assert list(target.iterdir()) == []


@pytest.mark.parametrize(
    "reference",
    [
        "",
        "asset:",
        "../../etc/passwd",
        "asset:../../../etc/passwd",
        "asset:" + "0" * 64 + "/../x",
        "asset:" + "0" * 64 + ".wav\n",
        "https://example.org/x.jpg",
    ],
)
def test_a_name_that_is_no_reference_is_not_found(store: Store, reference: str) -> None:
    with pytest.raises(NotFound):
        store.read("local", reference)


@pytest.mark.parametrize("workspace", ["", "..", "a/b", "A", "local/../theirs"])
def test_a_name_that_is_no_workspace_is_not_found(store: Store, workspace: str) -> None:
    with pytest.raises(NotFound):
        store.put(workspace, b"hello", ".wav")


def test_a_folder_gives_a_path_and_no_address(tmp_path: Path) -> None:
    store = open_store(tmp_path.as_uri())
    reference = store.put("local", b"hello", ".wav")
    path = store.local_path("local", reference)
    assert path is not None
    assert path.read_bytes() == b"hello"
    assert store.address("local", reference) is None
    store.delete("local", reference)
    with pytest.raises(NotFound):
        store.local_path("local", reference)


@pytest.mark.parametrize("store", ["s3"], indirect=True)
def test_a_bucket_gives_an_address_that_serves_the_content_type_and_no_path(store: Store) -> None:
    reference = store.put("local", b"hello", ".mp4")
    assert store.local_path("local", reference) is None
    address = store.address("local", reference)
    assert address is not None
    with urllib.request.urlopen(address) as answer:  # noqa: S310  our own server on loopback
        assert (answer.read(), answer.headers["Content-Type"]) == (b"hello", "video/mp4")


def test_a_bucket_that_does_not_answer_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "very-secret")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "very-secret")
    store = open_store("s3://videos?endpoint=http://127.0.0.1:1&region=us-east-1")
    with pytest.raises(StorageFailed) as failure:
        store.put("local", b"hello", ".wav")
    assert "secret" not in str(failure.value)


@pytest.mark.parametrize("url", ["gs://videos", "videos", "s3://videos?colour=blue"])
def test_an_address_of_another_kind_names_the_setting(url: str) -> None:
    with pytest.raises(ConfigurationError, match="MEDIA_URL"):
        open_store(url)


def test_a_workspace_is_cleared_and_another_is_not(store: Store) -> None:
    mine, yours = store.put("mine", b"a", ".wav"), store.put("mine2", b"a", ".wav")
    store.clear("mine")
    assert (store.exists("mine", mine), store.exists("mine2", yours)) == (False, True)
