"""Other projects beside the title of Create: continued, renamed, deleted, and the way back."""

from collections.abc import Callable

from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from components.projects.project_list import RENAMING, project_state
from talkinghead.catalogue import BUILT_IN
from talkinghead.jobs.job import JobState
from talkinghead.projects.listing.repository import ProjectListRepository
from talkinghead.projects.listing.summaries import summary_of
from talkinghead.projects.repository import ProjectRepository
from talkinghead.projects.stored_form import stored
from talkinghead.projects.tables import projects as table
from talkinghead.projects.values import Project
from tests.browser.seeding import Seeder

OpenPage = Callable[..., AppTest]


def saved(seeder: Seeder, script: str) -> str:
    """A project with a script; returns its id."""
    content = stored(Project(catalogue=BUILT_IN, script=script))
    return ProjectRepository(seeder.database).add(seeder.workspace, content)


def offered(app: AppTest) -> list[str]:
    """The titles of the projects that can be opened."""
    return [b.label for b in app.button if str(b.key).startswith("open_project_")]


def test_an_empty_page_offers_to_continue(open_page: OpenPage, seeder: Seeder) -> None:
    first, second = saved(seeder, "Spring sale"), saved(seeder, "Welcome aboard")
    app = open_page("create")
    assert offered(app) == ["Welcome aboard", "Spring sale"]
    app.button(key=f"open_project_{first}").click().run()
    assert not app.exception
    assert app.query_params["project"] == first
    assert app.text_area(key="create_script").value == "Spring sale"
    assert app.button(key=f"open_project_{second}")


def test_without_projects_there_is_no_way_to_them(open_page: OpenPage, seeder: Seeder) -> None:
    assert offered(open_page("create")) == []


def test_starting_over_is_undone_also_after_a_reload(open_page: OpenPage, seeder: Seeder) -> None:
    project = saved(seeder, "Spring sale")
    app = open_page("create", project=project)
    app.button(key="start_over").click().run()
    assert app.text_area(key="create_script").value == ""
    assert app.query_params["closed"] == project
    again = open_page("create", closed=project)
    again.button(key="undo_start_over").click().run()
    assert not again.exception
    assert again.text_area(key="create_script").value == "Spring sale"
    assert "closed" not in again.query_params


def test_the_undo_goes_once_the_new_project_holds_something(
    open_page: OpenPage, seeder: Seeder
) -> None:
    app = open_page("create", closed=saved(seeder, "Spring sale"))
    app.text_area(key="create_script").set_value("Another.").run()
    app.run()
    assert "undo_start_over" not in [button.key for button in app.button]
    assert "closed" not in app.query_params


def test_a_project_gets_a_name(open_page: OpenPage, seeder: Seeder) -> None:
    project = saved(seeder, "Spring sale")
    app = open_page("create")
    app.session_state[RENAMING] = project
    app.run()
    app.text_input(key=f"project_name_{project}").set_value("Teaser")
    app.button(key="save_project_name").click().run()
    assert not app.exception
    with seeder.database.reading() as connection:
        assert connection.scalar(select(table.c.name)) == "Teaser"


def test_what_is_missing_is_the_state_of_a_project(seeder: Seeder) -> None:
    saved(seeder, "Spring sale")
    [listed] = ProjectListRepository(seeder.database).recent(seeder.workspace, 5)
    assert project_state(summary_of(listed), None) == "Needs a portrait"
    job = seeder.job("Spring sale", state=JobState.FAILED)
    assert project_state(summary_of(listed), job) == "Draft: failed"
