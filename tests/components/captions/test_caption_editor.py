"""Times beside captions."""

import pytest

from components.captions.caption_editor import clock


@pytest.mark.parametrize(("seconds", "shown"), [(0.14, "0:00"), (59.99, "0:59"), (605.2, "10:05")])
def test_times_are_those_of_a_player(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown
