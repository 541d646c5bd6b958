"""What is known of stored files."""

from talkinghead.core.assets import references_in
from tests.jobs.made import PORTRAIT


def test_references_are_found_anywhere_in_json() -> None:
    assert references_in({"a": [PORTRAIT, {"b": f"x {PORTRAIT} y"}], "c": "asset:short"}) == {
        PORTRAIT
    }
