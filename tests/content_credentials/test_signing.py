"""A version is signed last, with what it was made from; read back with the library's own reader."""

import json
from pathlib import Path
from typing import Any

import c2pa
import pytest

from talkinghead.content_credentials.keys.certificates import given_certificate
from talkinghead.content_credentials.manifests import DRAFTED, RENDERED, Edit
from talkinghead.content_credentials.reading import read_file
from talkinghead.content_credentials.signing import sign_version
from talkinghead.content_credentials.signing_desk import REFUSED, SigningDesk
from talkinghead.content_credentials.values import FileState
from talkinghead.core.errors import RenderFailed
from tests.content_credentials.signed import (
    CROPPED,
    Issuer,
    asking,
    signed_version,
    with_byte_changed,
)


def report_of(path: Path, trusted: str | None = None) -> dict[str, Any]:
    """What the library's reader says of a file."""
    settings: dict[str, Any] = {"verify": {"ocsp_fetch": False}}
    if trusted:
        settings["trust"] = {
            "trust_anchors": trusted,
            "trust_config": "1.3.6.1.4.1.62558.2.1",
        }
    context = c2pa.Context(c2pa.Settings.from_dict(settings))
    with c2pa.Reader(str(path), context=context) as reader:
        found: dict[str, Any] = json.loads(reader.json())
    return found


def actions_in(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        action
        for assertion in manifest["assertions"]
        if assertion["label"].startswith("c2pa.actions")
        for action in assertion["data"]["actions"]
    ]


def test_an_unsigned_original_is_created_then_opened_and_edited(signed: Path) -> None:
    report = report_of(signed)
    assert report["validation_state"] == "Valid"
    version = report["manifests"][report["active_manifest"]]
    assert [each["action"] for each in actions_in(version)] == ["c2pa.opened", "c2pa.cropped"]
    [parent] = version["ingredients"]
    assert parent["relationship"] == "parentOf"
    [created] = actions_in(report["manifests"][parent["active_manifest"]])
    assert (created["action"], created["digitalSourceType"]) == ("c2pa.created", RENDERED)


@pytest.mark.parametrize(
    ("box", "further"), [(b"mdat", 100), (b"moov", 300), (b"c2pa.actions", 60), (b"c2pa.claim", 60)]
)
def test_one_changed_byte_is_reported(signed: Path, box: bytes, further: int) -> None:
    changed = with_byte_changed(signed, signed.read_bytes().rindex(box) + further)
    assert report_of(changed)["validation_state"] == "Invalid"
    assert read_file(changed).state is FileState.CHANGED


def test_an_original_with_credentials_keeps_them(
    signed: Path, video: Path, issuer: Issuer, tmp_path: Path
) -> None:
    before = report_of(signed)["active_manifest"]
    desk = SigningDesk(given_certificate(*issuer.issue()))
    out = tmp_path / "again.mp4"
    facts = signed_version(desk, video, out, original=signed, edits=[Edit("c2pa.addedText", "x")])
    report = report_of(out, issuer.pem)
    assert report["validation_state"] == "Trusted"
    [parent] = report["manifests"][report["active_manifest"]]["ingredients"]
    assert parent["active_manifest"] == before
    assert facts["original_carried_credentials"]
    assert (facts["subject"], facts["issuer"], facts["own"]) == ("A Brand", "An Authority", False)
    steps = [[action for action, _ in each.actions] for each in read_file(out).history]
    assert steps == [
        ["c2pa.created"],
        ["c2pa.opened", "c2pa.cropped"],
        ["c2pa.opened", "c2pa.addedText"],
    ]


def test_credentials_that_no_longer_fit_their_video_are_kept_and_said_to_be_doubtful(
    signed: Path, video: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.mp4"
    signed_version(SigningDesk(), video, out, original=with_byte_changed(signed, -20))
    found = read_file(out)
    assert (found.state, found.history_confirmed) == (FileState.UNCHANGED, False)
    assert len(found.history) == 3


def test_a_video_that_is_put_in_keeps_its_credentials_and_one_without_is_no_ingredient(
    signed: Path, video: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.mp4"
    signed_version(SigningDesk(), video, out, placed=[signed, video])
    report = report_of(out)
    version = report["manifests"][report["active_manifest"]]
    kinds = sorted(each["relationship"] for each in version["ingredients"])
    assert kinds == ["componentOf", "parentOf"]
    placed = next(each for each in actions_in(version) if each["action"] == "c2pa.placed")
    assert len(placed["parameters"]["ingredients"]) == 1
    assert report["validation_state"] == "Valid"


def test_nothing_private_is_in_the_file(video: Path, tmp_path: Path) -> None:
    out = tmp_path / "Anna says hello.mp4"
    signed_version(SigningDesk(), video, out, source=DRAFTED)
    content = out.read_bytes()
    for private in (b"Anna", str(tmp_path).encode(), video.parent.name.encode()):
        assert private not in content


def test_what_is_not_complete_leaves_no_file(video: Path, tmp_path: Path) -> None:
    ask = asking(SigningDesk())

    def refuses(question: dict[str, Any]) -> dict[str, Any]:
        return REFUSED if question["want"] == "sign" else ask(question)

    out = tmp_path / "out.mp4"
    with pytest.raises(RenderFailed, match="couldn't be signed"):
        sign_version(refuses, video, out, original=video, source=RENDERED, edits=[CROPPED])
    assert list(tmp_path.iterdir()) == []


def test_the_originals_file_stays_as_it_is(video: Path, signed: Path) -> None:
    assert signed.exists()
    assert read_file(video).state is FileState.NONE
