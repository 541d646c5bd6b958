"""Streamlit looks for tables in what a component is given, and loads pandas for that: more than a
second of every start. It does so for each list and dict that is a value of the dict."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.components.v2.bidi_component import serialization
from streamlit.testing.v1 import AppTest

from components.portraits.sample_portraits import PAINTINGS
from tests.pages.test_create import SCRIPT, run

KNOWN = (tuple, set, str, bytes, int, float, bool, type(None))


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What a table was looked for in, and pandas loaded for."""
    looked: list[object] = []
    looks_like_one: Callable[[Any], bool] = serialization.is_dataframe_like  # type: ignore[attr-defined]

    def look(value: Any) -> bool:
        if not isinstance(value, KNOWN):
            looked.append(value)
        return looks_like_one(value)

    monkeypatch.setattr(serialization, "is_dataframe_like", look)
    return looked


@pytest.mark.parametrize("name", ["create", "gallery", "compare", "jobs", "settings"])
def test_no_page_makes_streamlit_load_pandas(
    name: str, open_page: Callable[..., AppTest], looked_at: list[object]
) -> None:
    open_page(name)
    assert looked_at == []


def test_neither_does_a_portrait_with_its_crop(
    open_page: Callable[..., AppTest], looked_at: list[object]
) -> None:
    page = open_page("create")
    page.session_state["create_samples_0"] = {"chosen": PAINTINGS[0].id}
    page.text_area("create_script").set_value(SCRIPT)
    run(page)
    assert page.session_state["project_kept"].crop is not None
    assert looked_at == []
