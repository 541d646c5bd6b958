"""What a file carries, read in the worker process that opens strangers' files."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import c2pa
import pytest

from talkinghead.content_credentials.json_values import verification_of, verification_values
from talkinghead.content_credentials.library import context
from talkinghead.content_credentials.manifests import DRAFTED
from talkinghead.content_credentials.reading import LONGEST_TEXT, MOST_ACTIONS, NOT_MP4, read_file
from talkinghead.content_credentials.signing import VersionSigner
from talkinghead.content_credentials.signing_desk import SigningDesk
from talkinghead.content_credentials.values import AiUse, FileState, Verification
from talkinghead.content_credentials.verification import InvalidVideo, verify_file
from talkinghead.content_credentials.wording import signed_text, verification_text
from talkinghead.core.errors import InvalidInput
from tests.content_credentials.signed import Issuer, asking, signed_version, with_byte_changed


def test_a_worker_reads_who_signed_when_and_what_happened(signed: Path, issuer: Issuer) -> None:
    found = verify_file(signed)
    assert (found.state, found.ai, found.trusted) == (FileState.UNCHANGED, AiUse.GENERATED, None)
    assert [each.signer for each in found.history] == ["Talking Head Studio"] * 2
    claimed = found.history[-1].claimed_at
    assert claimed is not None
    assert abs((datetime.now(UTC) - claimed).total_seconds()) < 3600
    text = verification_text(found)
    assert "Unchanged since it was signed" in text
    assert "Opened, Cropped to 1:1" in text
    assert verification_of(json.loads(json.dumps(verification_values(found)))) == found


def test_a_trust_list_decides_who_is_trusted(signed: Path, issuer: Issuer, tmp_path: Path) -> None:
    listed = tmp_path / "list.pem"
    listed.write_text(issuer.pem, encoding="utf-8")
    assert verify_file(signed, listed).trusted is False


def test_a_changed_file_one_without_credentials_and_a_damaged_one_are_told_apart(
    signed: Path, video: Path, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(signed.read_bytes()[:-200])
    states = [verify_file(each).state for each in (with_byte_changed(signed, -20), video, cut)]
    assert states == [FileState.CHANGED, FileState.NONE, FileState.DAMAGED]


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG" + bytes(100), b"<html>ftyp</html>"])
def test_what_is_no_mp4_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=NOT_MP4[:20]) as refused:
        read_file(path)
    assert refused.value.field == InvalidVideo.field


def test_a_draft_is_said_to_be_synthetic_in_part(video: Path, tmp_path: Path) -> None:
    signed_version(SigningDesk(), video, tmp_path / "out.mp4", source=DRAFTED)
    assert read_file(tmp_path / "out.mp4").ai is AiUse.PARTLY


def foreign(video: Path, out: Path, actions: list[dict[str, object]], title: str = "x") -> Path:
    """A file that another program signed."""
    manifest = {
        "claim_generator_info": [{"name": title}],
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": actions}}],
    }
    VersionSigner(asking(SigningDesk())).sign(video, out, json.dumps(manifest))
    return out


def test_what_a_stranger_writes_is_short_plain_and_on_one_line(video: Path, tmp_path: Path) -> None:
    created: dict[str, object] = {
        "action": "c2pa.created",
        "digitalSourceType": "http://x/digitalCapture",
    }
    many: list[dict[str, object]] = [
        {"action": "c2pa.edited", "description": "a\nb\u202e" + "x" * 400}
    ] * 50
    found = read_file(foreign(video, tmp_path / "out.mp4", [created, *many], "N\r\n" * 100))
    [entry] = found.history
    assert len(entry.actions) == MOST_ACTIONS
    assert len(entry.program) <= LONGEST_TEXT
    assert entry.actions[1][1].startswith("a b x")
    assert len(entry.actions[1][1]) == LONGEST_TEXT
    assert found.ai is AiUse.NO


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """What a server that a file names is asked."""
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        paths.append(f"http://127.0.0.1:{server.server_port}/manifest.c2pa")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield paths
        server.shutdown()
        thread.join()


def test_an_address_that_a_file_names_is_not_asked(
    video: Path, tmp_path: Path, asked: list[str]
) -> None:
    out, signer = tmp_path / "out.mp4", VersionSigner(asking(SigningDesk()))
    actions = {"actions": [{"action": "c2pa.created", "digitalSourceType": DRAFTED}]}
    manifest = {"assertions": [{"label": "c2pa.actions.v2", "data": actions}]}

    def elsewhere(builder: c2pa.Builder) -> None:
        builder.set_no_embed()
        builder.set_remote_url(asked[0])

    signer.sign(video, out, json.dumps(manifest), elsewhere)
    assert asked[0].encode() in out.read_bytes()
    assert read_file(out).state is FileState.REMOTE
    assert len(asked) == 1


def test_what_a_version_was_signed_with_is_said_in_a_line() -> None:
    facts = {"subject": "A Brand", "own": False, "timestamp": None, "timestamp_expected": True}
    assert signed_text(facts).endswith("the timestamp authority didn't answer")
    assert signed_text({**facts, "timestamp": "2026"}) == "Signed by A Brand, with a timestamp"
    assert "own certificate" in signed_text({**facts, "own": True})


def test_every_state_has_words() -> None:
    for state in FileState:
        assert verification_text(Verification(state))
    assert context() is not None
