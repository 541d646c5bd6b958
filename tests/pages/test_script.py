"""The script card of Create: the voice, the reading, the voice-over, and what is pasted."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.shell import session
from talkinghead.catalogue import MODELS, FlashheadInput, HeygenAvatar4Input
from talkinghead.core.lock import DriveLock
from talkinghead.jobs.job import JobState
from talkinghead.projects.values import Project
from talkinghead.speech.pronunciations.entries import Pronunciation
from talkinghead.speech.voice_samples import SAMPLE
from talkinghead.workspace import Workspace
from tests.waiting import wait_until

SCRIPT = "Meet the AeroDesk. It costs $449."
PASTED = '# Meet **you**<break time="750ms"/>'
CLEAN = "Meet you [pause 0.75]"


@pytest.fixture
def page(open_page: Callable[..., AppTest]) -> AppTest:
    return open_page("create")


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def written(page: AppTest, words: str = SCRIPT) -> AppTest:
    page.text_area("create_script").set_value(words)
    return run(page)


def choose_model(page: AppTest, endpoint_id: str) -> AppTest:
    page.session_state["create_model_chosen"] = {"chosen": endpoint_id}
    return run(page)


def texts(page: AppTest) -> str:
    shown = (*page.markdown, *page.caption)
    read = "\n".join(str(element.value) for element in shown)
    return read.replace("\\", "").replace("\u200b", "")


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def project_of(page: AppTest) -> Project:
    project: Project = page.session_state["project_kept"]
    return project


def workspace() -> Workspace:
    return session.process_studio().workspace(None)


def open_voices(page: AppTest) -> AppTest:
    """The page once the menu of the voices is open."""
    page.session_state["create_voice"] = True
    return run(page)


@pytest.fixture
def driven_page(page: AppTest, drive_lock: DriveLock) -> AppTest:
    """The page of a studio that makes what is ordered."""
    drive_lock.release()
    return page


def with_voice_over(page: AppTest) -> AppTest:
    """The page once the free voice-over of the script is there."""
    open_voices(page).button("create_make_speech").click()
    run(page)
    settled(page)
    return run(page)


def settled(page: AppTest) -> None:
    job_id = project_of(page).speech_job
    assert job_id is not None
    wait_until(lambda: workspace().jobs.find(job_id).state is JobState.DONE)


def test_the_card_is_the_same_for_every_model(page: AppTest) -> None:
    open_voices(written(page))
    for model in MODELS:
        choose_model(page, model.endpoint_id)
        assert page.button("create_make_speech").label == "Generate voice-over (free)"
        assert project_of(page).reader == "af_heart"


def test_a_voice_is_chosen_by_its_character_and_models_follow(page: AppTest) -> None:
    written(page)
    open_voices(page)
    assert "Models with their own voices use the closest match." in texts(page)
    page.session_state["create_reader"] = {"chosen": "bm_george"}
    run(page)
    project = project_of(page)
    assert project.reader == "bm_george"
    assert project.parameters_of(FlashheadInput)["voice"] == "George"


def test_the_closest_voice_is_named_in_the_settings_and_can_be_changed(page: AppTest) -> None:
    choose_model(written(page), FlashheadInput.endpoint_id)
    picker = page.selectbox("create_fal-ai/flashhead voice")
    assert picker.options[0] == "Aria, closest to Heart"
    picker.set_value("Brian")
    run(page)
    assert project_of(page).parameters_of(FlashheadInput)["voice"] == "Brian"
    page.selectbox("create_fal-ai/flashhead voice").set_value("")
    run(page)
    assert project_of(page).parameters == {}


def test_heygen_speaks_with_the_voice_over_or_with_a_voice_of_its_own(page: AppTest) -> None:
    choose_model(written(page), HeygenAvatar4Input.endpoint_id)
    assert project_of(page).says_first(HeygenAvatar4Input)
    page.session_state["create_whose_voice"] = {"chosen": "own"}
    run(page)
    assert not project_of(page).says_first(HeygenAvatar4Input)
    picker = page.selectbox(f"create_{HeygenAvatar4Input.endpoint_id} voice")
    assert picker.options[0] == "Melissa, closest to Heart"
    assert "Drafts use Heart." in texts(page)
    picker.set_value("Michael C")
    run(page)
    assert "Drafts use Michael, our closest free match." in texts(page)


def test_a_free_voice_is_heard_beside_its_name(page: AppTest) -> None:
    page.session_state["create_voice"] = True
    page.session_state["create_hear_asked menu"] = ("bm_george", SAMPLE, 0)
    run(page)
    assert len(page.get("audio")) == 1


def test_the_reading_shows_what_is_said_and_what_is_written(page: AppTest) -> None:
    written(page)
    page.session_state["create_reads_as"] = True
    run(page)
    assert "It costs **four hundred forty-nine dollars.**" in texts(page)
    assert ":small[:gray[$449]]" in texts(page)
    page.button("create_play_sentence 2").click()
    run(page)
    assert len(page.get("audio")) == 1


def test_a_word_said_differently_makes_the_voice_over_again_and_keeps_the_old_one_meanwhile(
    driven_page: AppTest,
) -> None:
    page = with_voice_over(written(driven_page))
    first = project_of(page).made_speech
    assert first is not None
    page.session_state["create_reads_as"] = True
    run(page)
    page.selectbox("create_pronounce_word").set_value("AeroDesk")
    page.text_input("create_pronounce_as").set_value("arrow desk")
    page.button("create_pronounce_save").click()
    run(page)
    assert "“AeroDesk” is now said “arrow desk”." in texts(page)
    assert project_of(page).outdated_speech is not None
    assert page.get("audio"), "the voice-over vanished"
    settled(page)
    run(page)
    second = project_of(page).made_speech
    assert second is not None
    assert second.id != first.id
    assert "**arrow desk.**" in texts(page)


def test_a_changed_pronunciation_of_another_word_touches_nothing(driven_page: AppTest) -> None:
    page = with_voice_over(written(driven_page))
    first = project_of(page).made_speech
    workspace().pronunciations.replace([Pronunciation("Lisa", "leeza")])
    run(page)
    assert project_of(page).made_speech == first


def test_a_pronunciation_needs_both_a_word_and_how_to_say_it(page: AppTest) -> None:
    written(page)
    page.session_state["create_reads_as"] = True
    run(page)
    page.text_input("create_pronounce_as").set_value("arrow desk")
    page.button("create_pronounce_save").click()
    run(page)
    assert "Choose a word and write how to say it." in texts(page)
    assert workspace().pronunciations.list() == []


def test_a_paste_is_cleaned_once_and_said_and_undo_stays_undone(page: AppTest) -> None:
    paste(page, 1)
    assert page.text_area("create_script").value == CLEAN
    assert "Cleaned up: SSML, headings and bold and italics." in texts(page)
    page.button("create_cleaning_undo").click()
    run(page)
    assert page.text_area("create_script").value == PASTED
    assert "Cleaned up" not in texts(page)
    assert "Clean up" not in labels(page)
    paste(page, 2)
    assert page.text_area("create_script").value == PASTED


def paste(page: AppTest, moment: int) -> None:
    """Paste into the script, as the counter reports it."""
    page.text_area("create_script").set_value(PASTED)
    page.session_state["create_counter"] = {"pasted": {"text": PASTED, "at": moment}}
    run(page)


def test_markup_that_was_typed_is_left_until_a_person_wants_it_cleaned(page: AppTest) -> None:
    written(page, PASTED)
    assert page.text_area("create_script").value == PASTED
    page.button("create_cleaning_cleaning_services").click()
    run(page)
    assert page.text_area("create_script").value == CLEAN
    assert project_of(page).script == CLEAN
