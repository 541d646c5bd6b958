"""What a page knows of its visitor."""

import pytest
from streamlit.runtime.context import StreamlitHeaders

from components.shell.session import forwarded_for

MADE_UP, VISITOR = "192.0.2.99", "198.51.100.7"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([], None),
        ([("X-Forwarded-For", VISITOR)], VISITOR),
        ([("X-Forwarded-For", f"{MADE_UP}, {VISITOR}")], f"{MADE_UP}, {VISITOR}"),
        # A proxy may add a line of its own below one that the visitor made up.
        ([("x-forwarded-for", MADE_UP), ("X-Forwarded-For", VISITOR)], f"{MADE_UP}, {VISITOR}"),
    ],
)
def test_every_line_of_the_header_is_read_in_order(
    headers: list[tuple[str, str]], expected: str | None
) -> None:
    assert forwarded_for(StreamlitHeaders(headers)) == expected
