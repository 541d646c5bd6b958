"""A signature has a timestamp where the authority gives one, and is made all the same where not."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from talkinghead.content_credentials.keys.certificates import given_certificate
from talkinghead.content_credentials.reading import read_file
from talkinghead.content_credentials.signing_desk import SigningDesk
from talkinghead.content_credentials.values import FileState
from talkinghead.content_credentials.wording import verification_text
from tests.content_credentials.signed import Issuer, signed_version
from tests.content_credentials.timestamps.server import Authority, TimestampServer, timestamp_server

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def authority() -> Iterator[TimestampServer]:
    with timestamp_server(NOW) as server:
        yield server


def test_each_signature_has_a_timestamp(
    authority: TimestampServer, video: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.mp4"
    facts = signed_version(SigningDesk(timestamp_url=f"{authority.url}/tsa"), video, out)
    assert (facts["timestamp"], facts["timestamp_expected"]) == (NOW.isoformat(), True)
    found = read_file(out)
    assert found.state is FileState.UNCHANGED
    assert [each.signed_at for each in found.history] == [NOW, NOW]
    assert authority.asked == ["/tsa", "/tsa"]


def test_a_timestamp_keeps_a_signature_valid_after_its_certificate_has_ended(
    video: Path, tmp_path: Path
) -> None:
    issuer, ends = Issuer(), datetime.now(UTC) + timedelta(seconds=3)
    given = given_certificate(*issuer.issue(days=3 / 86400))
    with timestamp_server(datetime.now(UTC)) as server:
        both = issuer.pem + server.authority.issuer.pem
        for name, url in (("with", server.url), ("without", None)):
            signed_version(SigningDesk(given, url), video, tmp_path / f"{name}.mp4")
    time.sleep(max(0.0, (ends - datetime.now(UTC)).total_seconds()) + 1)
    found = read_file(tmp_path / "with.mp4", both)
    assert (found.state, found.trusted) == (FileState.UNCHANGED, True)
    assert "timestamp by a trusted authority" in verification_text(found)
    # Of an authority that is not on the list, a timestamp proves nothing.
    unknown = read_file(tmp_path / "with.mp4", issuer.pem)
    assert (unknown.state, unknown.trusted) == (FileState.UNCONFIRMED, False)
    assert "authority that isn't on" in verification_text(unknown)
    without = read_file(tmp_path / "without.mp4", both)
    assert (without.state, without.timestamp_trusted) == (FileState.UNCONFIRMED, None)


@pytest.mark.parametrize("status", [200, 302, 503])
def test_an_authority_in_trouble_is_asked_once_and_the_version_is_signed_without(
    authority: TimestampServer, video: Path, tmp_path: Path, status: int
) -> None:
    authority.trouble = status
    out = tmp_path / "out.mp4"
    facts = signed_version(SigningDesk(timestamp_url=authority.url), video, out)
    assert (facts["timestamp"], facts["timestamp_expected"]) == (None, True)
    assert read_file(out).state is FileState.UNCHANGED
    assert authority.asked == ["/"]


def test_a_timestamp_that_nobody_can_confirm_is_left_out(
    authority: TimestampServer, video: Path, tmp_path: Path
) -> None:
    authority.authority = Authority(NOW, is_named=False)
    out = tmp_path / "out.mp4"
    facts = signed_version(SigningDesk(timestamp_url=authority.url), video, out)
    assert (facts["timestamp"], facts["timestamp_expected"]) == (None, True)
    assert read_file(out).state is FileState.UNCHANGED


def test_an_authority_that_is_away_is_no_reason_not_to_sign(video: Path, tmp_path: Path) -> None:
    with timestamp_server(NOW) as gone:
        url = gone.url
    facts = signed_version(SigningDesk(timestamp_url=url), video, tmp_path / "out.mp4")
    assert (facts["timestamp"], facts["timestamp_expected"]) == (None, True)
