"""A small video, and the same signed."""

from pathlib import Path

import pytest

from talkinghead.content_credentials.signing_desk import SigningDesk
from tests.content_credentials.signed import Issuer, signed_version
from tests.jobs.made import small_mp4


@pytest.fixture(scope="session")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video without content credentials."""
    return small_mp4(tmp_path_factory.mktemp("unsigned") / "video.mp4", frames=5)


@pytest.fixture(scope="session")
def signed(video: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A version of it, signed with a certificate of the studio's own."""
    out = tmp_path_factory.mktemp("signed") / "version.mp4"
    signed_version(SigningDesk(), video, out)
    return out


@pytest.fixture(scope="session")
def issuer() -> Issuer:
    return Issuer()
