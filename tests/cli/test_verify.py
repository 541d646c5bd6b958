"""`verify` from a shell: what is said, and the exit code for each result."""

from pathlib import Path

import pytest

from talkinghead.content_credentials.signing_desk import SigningDesk
from tests.cli.shell import Shell
from tests.content_credentials.signed import signed_version, with_byte_changed
from tests.jobs.made import small_mp4


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signed")
    video = small_mp4(folder / "plain.mp4", frames=5)
    signed_version(SigningDesk(), video, folder / "version.mp4")
    return folder / "version.mp4"


def test_an_unchanged_video_is_done(signed: Path) -> None:
    shell = Shell({})
    done = shell.run("verify", str(signed))
    assert done.code == 0
    assert "Unchanged since it was signed" in done.out
    assert "Signed by: Talking Head Studio" in done.out
    facts = shell.run("verify", str(signed), "--json").json
    assert (facts["state"], facts["ai"], facts["trusted"]) == ("unchanged", "generated", None)
    assert facts["history"][1]["actions"][1] == ["c2pa.cropped", "Cropped to 1:1"]


def test_each_other_result_has_an_exit_code(signed: Path, tmp_path: Path) -> None:
    shell = Shell({})
    changed = shell.run("verify", str(with_byte_changed(signed, -20)))
    assert (changed.code, "Changed after it was signed" in changed.out) == (7, True)
    plain = shell.run("verify", str(signed.with_name("plain.mp4")))
    assert (plain.code, "carries no content credentials" in plain.out) == (6, True)
    text = tmp_path / "text.mp4"
    text.write_text("no video", encoding="utf-8")
    refused = shell.run("verify", str(text))
    assert (refused.code, refused.err) == (2, "That isn't an MP4 video. Choose an MP4 file.\n")
    missing = shell.run("verify", str(tmp_path / "none.mp4"))
    assert (missing.code, "does not exist" in missing.err) == (2, True)
