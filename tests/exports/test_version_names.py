"""How versions are called."""

import pytest

from talkinghead.exports.values import Version
from talkinghead.exports.version_names import ratio_of, version_name


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ((1080, 1920), "9:16"),
        ((480, 832), "9:16"),
        ((832, 480), "16:9"),
        ((960, 960), "1:1"),
        ((720, 900), "4:5"),
        ((600, 800), "3:4"),
        ((2000, 500), "2000 × 500"),
    ],
)
def test_a_shape_has_its_usual_name_or_its_size(size: tuple[int, int], said: str) -> None:
    assert ratio_of(*size) == said


def test_a_version_is_called_after_what_it_differs_in() -> None:
    assert version_name(None, 960, 960) == "Original · 1:1"
    assert version_name(Version("pop", "9:16", "crop"), 720, 1280) == "9:16 · Pop"
    assert version_name(Version("pop", None, "crop"), 832, 480) == "16:9 · Pop"
    assert version_name(Version(None, "4:5", "blur"), 720, 900) == "4:5"
    unlabeled = Version(None, "1:1", "crop", label_off_reason="Labeled on the page.")
    assert version_name(unlabeled, 720, 720) == "1:1 · No label"
