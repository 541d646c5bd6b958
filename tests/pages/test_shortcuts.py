"""The list of keyboard shortcuts."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.shell.shortcuts import ASKED, LISTED


@pytest.mark.parametrize("page", ["create", "gallery", "compare", "jobs", "settings"])
def test_every_page_lists_the_shortcuts_when_asked(
    open_page: Callable[..., AppTest], page: str
) -> None:
    app = open_page(page)
    assert not app.exception
    app.session_state[ASKED] = True
    app.run()
    assert not app.exception
    tables = [table.value for table in app.table]
    assert any(list(table["What it does"]) == list(LISTED.values()) for table in tables)
