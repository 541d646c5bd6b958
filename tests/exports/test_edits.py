"""What content credentials say of an export is what its order changes, and nothing private."""

from typing import Any

import pytest

from talkinghead.exports.edits import edits_of_export

CUES = [[0.0, 1.0, [[["Secret", 0.0, 1.0]]]]]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ({"shape": "9:16", "fit": "crop"}, [("c2pa.cropped", "Cropped to 9:16")]),
        (
            {"shape": "1:1", "fit": "colour"},
            [("c2pa.resized", "Resized to 1:1 on a colored background")],
        ),
        ({"size": [1080, 1080]}, [("c2pa.resized", "Resized to 1080 × 1080 px")]),
        (
            {"label": {"text": "AI"}, "style": "pop", "cues": CUES},
            [("c2pa.addedText", "Labeled as made with AI"), ("c2pa.addedText", "Captions added")],
        ),
        ({"style": "pop", "cues": []}, [("c2pa.edited", "Encoded again")]),
    ],
)
def test_each_change_is_said_in_its_order(
    order: dict[str, Any], said: list[tuple[str, str]]
) -> None:
    assert [(each.action, each.description) for each in edits_of_export(order)] == said
