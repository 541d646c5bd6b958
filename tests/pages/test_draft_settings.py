"""How the face of the draft behaves, chosen on Create."""

import pytest
from streamlit.testing.v1 import AppTest

from components.shell import session
from talkinghead.catalogue import DraftInput
from tests.pages.test_create import run, visited, with_painting, with_script


@pytest.fixture
def page(data_dir: object) -> AppTest:
    return with_script(with_painting(visited()), "Once, please.")


def test_the_draft_is_ordered_as_its_settings_say(page: AppTest) -> None:
    assert page.segmented_control("create_draft liveliness").value == "natural"
    page.segmented_control("create_draft liveliness").set_value("calm")
    page.segmented_control("create_draft gaze").set_value("at the camera")
    page.toggle("create_draft blinks").set_value(False)
    run(page)
    page.button("create_draft").click()
    run(page)
    made = DraftInput.model_validate(session.process_studio().workspace().jobs.list()[0].arguments)
    assert (made.liveliness, made.gaze, made.blinks) == ("calm", "at the camera", False)
