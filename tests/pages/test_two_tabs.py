"""One project in two tabs of the Create page: what both do comes together, and nothing is lost."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.shell.project import WIDGETS
from components.shell.session import process_studio
from talkinghead.workspace import Workspace
from tests.pages.conftest import ROOT

OpenPage = Callable[..., AppTest]
FLASHHEAD, HEYGEN = "fal-ai/flashhead", "fal-ai/heygen/avatar4/image-to-video"


@pytest.fixture
def tabs(open_page: OpenPage) -> tuple[AppTest, AppTest]:
    """Two tabs on one project, in which nothing was written yet."""
    first = open_page("create")
    first.session_state["create_samples_0"] = {"chosen": "mona-lisa"}
    run(first)
    return first, open_page("create", project=project_id(first))


def project_id(tab: AppTest) -> str:
    """The project in the address."""
    named = tab.query_params["project"]
    return named if isinstance(named, str) else named[0]


def run(tab: AppTest) -> AppTest:
    """Run the page; it never shows a traceback."""
    tab.run()
    assert not tab.exception
    return tab


def write(tab: AppTest, words: str) -> AppTest:
    """Write a script."""
    tab.text_area("create_script").set_value(words)
    return run(tab)


def script(tab: AppTest) -> str:
    """The words in the field."""
    return str(tab.text_area("create_script").value)


def choose_model(tab: AppTest, endpoint_id: str) -> AppTest:
    """Choose a model by its card."""
    tab.session_state["create_model_chosen"] = {"chosen": endpoint_id}
    return run(tab)


def chosen_model(tab: AppTest) -> str:
    """The heading of the settings."""
    return next(each.value for each in tab.markdown if each.value.endswith(" settings**"))


def shown(tab: AppTest) -> list[str]:
    """The plain texts on the page."""
    return [str(each.value) for each in tab.text]


def test_what_one_tab_writes_stays_when_the_other_chooses_a_model(
    tabs: tuple[AppTest, AppTest], open_page: OpenPage
) -> None:
    first, second = tabs
    write(first, "Hello there.")
    choose_model(second, HEYGEN)
    assert script(second) == "Hello there."
    assert "HeyGen" in chosen_model(second)
    after_reload = open_page("create", project=project_id(first))
    assert script(after_reload) == "Hello there."
    assert "HeyGen" in chosen_model(after_reload)


def test_the_first_tab_takes_over_what_the_second_saved(tabs: tuple[AppTest, AppTest]) -> None:
    first, second = tabs
    write(second, "Written there.")
    choose_model(first, HEYGEN)
    assert (script(first), "HeyGen" in chosen_model(first)) == ("Written there.", True)
    write(first, "Written here.")  # it knows by now what stood there: no conflict
    assert (script(first), _asks(first)) == ("Written here.", False)


def _asks(tab: AppTest) -> bool:
    return any(str(each.key).startswith("create_conflict_") for each in tab.button)


def test_two_scripts_stand_beside_each_other_until_one_is_chosen(
    tabs: tuple[AppTest, AppTest], open_page: OpenPage
) -> None:
    first, second = tabs
    write(first, "From the first.")
    write(second, "From the second.")
    assert (script(second), "From the first." in shown(second)) == ("From the second.", True)
    after_reload = open_page("create", project=project_id(first))
    assert script(after_reload) == "From the second."
    assert "From the first." in shown(after_reload)

    after_reload.button("create_conflict_0_other").click()
    run(after_reload)
    assert (script(after_reload), _asks(after_reload)) == ("From the first.", False)
    second.button("create_conflict_0_mine").click()
    assert not _asks(run(second))


def test_keeping_ones_own_words_settles_it(
    tabs: tuple[AppTest, AppTest], open_page: OpenPage
) -> None:
    first, second = tabs
    write(first, "From the first.")
    write(second, "From the second.")
    second.button("create_conflict_0_mine").click()
    run(second)
    assert (script(second), _asks(second)) == ("From the second.", False)
    after_reload = open_page("create", project=project_id(first))
    assert (script(after_reload), _asks(after_reload)) == ("From the second.", False)


def test_words_as_markup_are_shown_as_they_were_typed(tabs: tuple[AppTest, AppTest]) -> None:
    first, second = tabs
    write(first, "# Hi [there](https://example.com) <b>")
    write(second, "Plain.")
    assert "# Hi [there](https://example.com) <b>" in shown(second)


def test_two_models_are_chosen_from_by_their_names(tabs: tuple[AppTest, AppTest]) -> None:
    first, second = tabs
    choose_model(first, HEYGEN)
    choose_model(second, "fal-ai/stable-avatar")
    assert "HeyGen Avatar 4" in shown(second)
    second.button("create_conflict_0_other").click()
    assert "HeyGen" in chosen_model(run(second))


def test_the_takes_of_both_tabs_are_there_after_a_reload(
    tabs: tuple[AppTest, AppTest], open_page: OpenPage
) -> None:
    first, second = tabs
    workspace: Workspace = process_studio().workspace()
    base = workspace.projects.open(project_id(first))
    assert base is not None
    workspace.projects.save(project_id(first), base.project.with_(jobs=("a" * 32,)), base)
    write(second, "Hello.")
    after_reload = workspace.projects.find(project_id(second))
    assert after_reload is not None
    assert (after_reload.jobs, after_reload.script) == (("a" * 32,), "Hello.")


def test_words_typed_after_everything_was_deleted_elsewhere_begin_a_new_project(
    tabs: tuple[AppTest, AppTest], open_page: OpenPage
) -> None:
    first, _ = tabs
    before = project_id(first)
    process_studio().workspace().retention.erase()
    write(first, "Still here.")
    assert script(first) == "Still here."
    assert project_id(first) != before
    assert script(open_page("create", project=project_id(first))) == "Still here."


@pytest.mark.parametrize("key", [key for keys in WIDGETS.values() for key in keys])
def test_every_key_of_a_widget_is_one(key: str) -> None:
    with_prefix = f"{{PREFIX}}{key.removeprefix('create_')}"
    files = [file for file in (ROOT / "components").rglob("*.py") if file.parent.name != "shell"]
    texts = [file.read_text(encoding="utf-8") for file in files]
    assert [text for text in texts if f'"{key}"' in text or f'"{with_prefix}"' in text]
