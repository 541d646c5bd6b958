"""The inputs of exports, and those that were written down by earlier versions."""

from typing import Any

from talkinghead.catalogue import ExportInput
from talkinghead.catalogue.export import PLATFORM_SIZES, ExportLabel
from talkinghead.exports.ordering import fingerprint
from talkinghead.exports.values import WantedVersion, version_of

YESTERDAY: dict[str, Any] = {
    "video_url": "asset:" + "1" * 64 + ".mp4",
    "made_from": "f" * 32,
    "original_model": "draft",
    "original_inputs": {"script_text": "Hello."},
    "original_seed": 7,
    "style": "pop",
    "cues": [[0.0, 1.0, [[["Hello.", 0.1, 0.6]]]]],
    "shape": "9:16",
    "fit": "crop",
    "colour": [18, 19, 24],
}
"""The arguments of an export from before there were sizes and labels."""
STORED = "bf4c4ff753b8a273ce0f8a1f0ea6c1ae9d519f356adf41d07dcea67ac02b8639"
"""Its fingerprint, as it was stored then."""


def test_an_earlier_export_opens_and_keeps_its_fingerprint() -> None:
    opened = ExportInput.model_validate(YESTERDAY)
    assert (opened.size, opened.label, opened.label_off_reason) == (None, None, None)
    assert opened.arguments() == YESTERDAY
    assert fingerprint(opened.arguments()) == STORED


def test_a_size_or_a_label_makes_another_export() -> None:
    old = ExportInput.model_validate(YESTERDAY)
    changes: list[dict[str, Any]] = [
        {"size": PLATFORM_SIZES["9:16"]},
        {"label": ExportLabel(text="AI")},
        {"label": ExportLabel(text="AI", corner="top_left")},
        {"label_off_reason": "The page says so."},
    ]
    prints = {fingerprint(old.model_copy(update=change).arguments()) for change in changes}
    assert len(prints | {fingerprint(YESTERDAY)}) == len(changes) + 1


def test_a_label_survives_the_journal() -> None:
    label = ExportLabel(text="AI", shown="intervals", times=((0.0, 5.0), (30.0, 35.0)))
    stored = ExportInput.model_validate(YESTERDAY).model_copy(update={"label": label}).arguments()
    assert version_of(stored).label == label
    assert ExportInput.model_validate(stored).label == label
    assert not version_of({}).is_decided


def test_sizes_are_those_of_the_platforms_where_a_shape_is_chosen() -> None:
    sizes = [WantedVersion(shape=each, platform_size=True).size for each in PLATFORM_SIZES]
    assert sizes == [(1080, 1920), (1080, 1350), (1080, 1080), (1920, 1080)]
    assert WantedVersion(platform_size=True).size is None
    assert WantedVersion(shape="1:1").size is None
