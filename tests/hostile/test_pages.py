"""What is hostile is a sentence on the page, too, and never a traceback or a box of Streamlit's."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.hostile.media import ODD_PICTURES
from tests.hostile.words import NAMES, SCRIPTS
from tests.pages.conftest import data_dir as data_dir
from tests.pages.conftest import drive_lock as drive_lock
from tests.pages.conftest import open_page as open_page

OpenPage = Callable[..., AppTest]
WRITTEN = ("NUL between words", "overridden directions", "100,000 characters", "SSML", "HTML",
           "Markdown", "a pause of no number", "Zalgo", "brackets without an end")  # fmt: skip
SHOWN = ("BMP of two billion pixels a side", "PNG of an unknown color", "SVG", "an empty file")
PARAMETERS = {"create": ("project", "job"), "gallery": ("video",), "jobs": ("job",)}


def assert_whole(page: AppTest) -> None:
    """The page ran to its end."""
    page.run()
    assert not page.exception, [each.value for each in page.exception]


def test_scripts_of_every_kind_are_written_on_one_page(open_page: OpenPage) -> None:
    page = open_page("create")
    for name in WRITTEN:
        page.text_area("create_script").set_value(SCRIPTS[name])
        assert_whole(page)


def test_pictures_that_are_none_are_refused_on_one_page(open_page: OpenPage) -> None:
    page = open_page("create")
    for turn, name in enumerate(SHOWN):
        data = ODD_PICTURES[name]()
        page.file_uploader(f"create_upload_{turn}").upload("a.png", data, "image/png")
        assert_whole(page)
        assert [each for each in page.markdown if ":material/error:" in str(each.value)], name


@pytest.mark.parametrize("page", PARAMETERS)
def test_names_of_every_kind_may_stand_in_an_address(open_page: OpenPage, page: str) -> None:
    hostile = "".join(NAMES[name][:50] for name in ("a path", "NUL", "HTML", "SQL", "emoji"))
    for parameter in PARAMETERS[page]:
        assert_whole(open_page(page, **{parameter: hostile}))
