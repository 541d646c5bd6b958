"""A wait ends with what it waits for, and one in vain says what that was."""

from itertools import count

import pytest

from tests.waiting import wait_until


def test_a_wait_in_vain_says_what_was_awaited_and_where_it_stood() -> None:
    said = r"0\.\d+ s in vain for: .*bool\(\[\]\).*stood at 'here'"
    with pytest.raises(AssertionError, match=said):
        wait_until(lambda: bool([]), moving=lambda: "here", deadline=0.01)


def test_what_moves_is_waited_for_longer() -> None:
    looks = count()
    wait_until(lambda: next(looks) > 10, moving=lambda: repr(looks), deadline=0.1)
