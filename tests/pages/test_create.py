"""The Create page in memory: every widget but the browser's own parts."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from components.portraits.sample_portraits import PAINTINGS, SAMPLES, Sample
from components.projects import stage
from components.shell import session
from components.speech.speech_library import SHOWN
from talkinghead.av.sound import Sound, sound_bytes
from talkinghead.catalogue import MODELS
from talkinghead.core.lock import DriveLock
from talkinghead.jobs.job import JobState
from talkinghead.projects.repository import ProjectRepository
from talkinghead.projects.values import Project
from talkinghead.speech.repository import write_speech
from talkinghead.speech.text.script import LONGEST_SCRIPT
from talkinghead.workspace import Workspace
from tests.jobs.studios import wait_for
from tests.long_speech import speak
from tests.orders import order_speech
from tests.records import database_of
from tests.waiting import PAGE_RUN

ROOT = Path(__file__).parents[2]
PORTRAITS, SPEECH = ROOT / "tests" / "data" / "portraits", ROOT / "tests" / "data" / "speech"
SCRIPT = "Hello. I am four centuries old, and I have never said a word."


@pytest.fixture
def page(
    tmp_path: Path, drive_lock: DriveLock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[AppTest]:
    """The page of a studio on an empty folder, with no key, that leaves orders alone."""
    assert drive_lock.is_held
    for name in ("DATABASE_URL", "MEDIA_URL", "FAL_KEY", "FAL_PROXY_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SINGLE_USER", "true")
    session.process_studio.clear()
    yield visited()
    session.process_studio.clear()


def visited(**query: str) -> AppTest:
    """The page as a new visit sees it."""
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PAGE_RUN)
    for name, value in query.items():
        page.query_params[name] = value
    return run(page)


def run(page: AppTest) -> AppTest:
    """Run the page; it never shows a traceback."""
    page.run()
    assert not page.exception
    return page


def texts(page: AppTest) -> str:
    """All that can be read on the page."""
    shown = (*page.title, *page.markdown, *page.caption, *page.error, *page.text)
    text = "\n".join(str(element.value) for element in shown)
    return text.replace("\\", "").replace(":small[]", "")


def with_painting(page: AppTest) -> AppTest:
    """The page after a painting was chosen."""
    return with_sample(page, "mona-lisa")


def with_sample(page: AppTest, sample: str) -> AppTest:
    """The page after a sample portrait was clicked, as the first choice of the visit."""
    page.session_state["create_samples_0"] = {"chosen": sample}
    return run(page)


def with_script(page: AppTest, words: str = SCRIPT) -> AppTest:
    """The page after a script was written."""
    page.text_area("create_script").set_value(words)
    return run(page)


def with_recording(page: AppTest) -> AppTest:
    """The page after a real recording was uploaded."""
    pick(page, "create_source", "recording")
    run(page)
    data = (SPEECH / "jfk.flac").read_bytes()
    page.file_uploader("create_recording_0").upload("jfk.flac", data, "audio/flac")
    return run(page)


def choose(page: AppTest, endpoint_id: str) -> AppTest:
    """The page after a model was chosen."""
    pick(page, "create_model_chosen", endpoint_id)
    return run(page)


def pick(page: AppTest, key: str, chosen: str) -> None:
    """Choose an option of a radio group, which the page shows in its next run."""
    page.session_state[key] = {"chosen": chosen}


def models(page: AppTest) -> dict[str, dict[str, Any]]:
    """The rows of the models, by their names."""
    shown = [json.loads(each.proto.json) for each in page.get("bidi_component") if each.proto.json]
    [rows] = [group["options"] for group in shown if group.get("label") == "Model"]
    return {row["name"]: row for row in rows}


def project(page: AppTest) -> str:
    """The id of the project in the page's address."""
    found = page.query_params["project"]
    return found if isinstance(found, str) else found[0]


def draft_refused(page: AppTest, why: str = "") -> bool:
    """Whether a click on the draft's button orders nothing and the bar says why."""
    page.button("create_draft").click()
    run(page)
    return "job" not in page.query_params and f":red[:material/error: {why}" in texts(page)


def test_an_empty_page_says_what_comes_first(page: AppTest) -> None:
    assert "Add a portrait and a script." in texts(page)
    assert draft_refused(page, "Add a portrait and a script first.")
    assert draft_refused(with_script(page), "Add a portrait first.")


def test_an_untouched_page_leaves_nothing_in_the_journal(page: AppTest) -> None:
    assert "project" not in page.query_params


def test_every_model_has_a_row_with_its_price_the_cheapest_first(page: AppTest) -> None:
    with_script(page)
    prices = [row["price"] for row in models(page).values()]
    assert len(prices) == len(MODELS)
    assert all(price.startswith("~$") for price in prices)
    assert prices == sorted(prices, key=lambda price: float(price.removeprefix("~$")))


def test_a_painting_and_a_script_are_enough_for_the_draft(page: AppTest) -> None:
    with_script(with_painting(page))
    assert "FlashHead · square · about" in texts(page)


def test_without_a_key_a_key_can_be_added_here(page: AppTest) -> None:
    with_script(with_painting(page))
    page.button("create_add_key").click()
    run(page)
    assert page.text_input("settings_key")
    assert "key to render with paid models" in texts(page)


@pytest.mark.parametrize("painting", PAINTINGS, ids=lambda painting: painting.file)
def test_every_sample_portrait_can_be_used(page: AppTest, painting: Sample) -> None:
    with_script(with_sample(page, painting.id))
    assert "FlashHead · square · about" in texts(page)


def test_everything_is_there_again_on_a_new_visit(page: AppTest) -> None:
    with_script(with_painting(page))
    choose(page, "fal-ai/heygen/avatar4/image-to-video")
    pick(page, "create_shape", "9:16")
    run(page)
    again = visited(project=project(page))
    assert again.text_area("create_script").value == SCRIPT
    assert "Mona Lisa" in texts(again)
    assert "HeyGen Avatar 4 · 9:16" in texts(again)


def test_the_server_starts_again_and_everything_is_still_there(page: AppTest) -> None:
    with_script(with_painting(page))
    session.process_studio.clear()
    assert visited(project=project(page)).text_area("create_script").value == SCRIPT


def test_an_unknown_project_begins_a_new_one(page: AppTest) -> None:
    assert page
    other = visited(project="0" * 32)
    assert "no longer available" in texts(other)
    assert other.text_area("create_script").value == ""


def test_a_project_of_a_newer_studio_is_refused_and_not_written_over(page: AppTest) -> None:
    assert page
    newer, studio = {"version": 99, "script": SCRIPT, "brand": "ours"}, session.process_studio()
    with database_of(studio) as database:
        projects = ProjectRepository(database)
        project_id = projects.add("local", newer)
        other = visited(project=project_id)
        assert "saved by a newer version of the studio" in texts(other)
        with_script(other, "Something else.")
        assert projects.find("local", project_id) == newer
    assert project(other) != project_id


def test_start_over_empties_the_page(page: AppTest) -> None:
    with_script(with_painting(page))
    page.button("start_over").click()
    run(page)
    assert page.text_area("create_script").value == ""
    assert "project" not in page.query_params


def test_a_recording_has_a_length_and_its_edits(page: AppTest) -> None:
    with_recording(page)
    assert "11\\.0 s" in texts(page) or "11.0 s" in texts(page)
    assert page.slider("create_trim").value == (0.0, 11.0)
    assert page.toggle("create_level").value


def test_a_trimmed_recording_is_shorter_and_cheaper(page: AppTest) -> None:
    with_recording(page)
    page.slider("create_trim").set_value((2.0, 7.0))
    run(page)
    assert "5.0 s of 11.0 s" in texts(page)
    # ten cents a second, with a quiet end
    assert models(page)["StableAvatar"]["price"] == "$0.54"


def test_trimming_stores_no_file(page: AppTest, tmp_path: Path) -> None:
    with_recording(page)
    stored = set((tmp_path / "data" / "media").rglob("*.wav"))
    assert len(stored) == 2  # as it came, and at the loudness of speech
    page.slider("create_trim").set_value((2.0, 9.0))
    run(page)
    page.toggle("create_cut").set_value(True)
    run(page)
    assert set((tmp_path / "data" / "media").rglob("*.wav")) == stored


def test_a_part_of_which_nothing_can_be_heard_is_said_beside_the_player(page: AppTest) -> None:
    samples = 0.5 * np.append(np.zeros(32_000), np.sin(0.2 * np.arange(8_000)))
    silence = sound_bytes(Sound(samples.astype(np.float32), 16_000))
    pick(page, "create_source", "recording")
    run(page)
    page.file_uploader("create_recording_0").upload("a.wav", silence, "audio/wav")
    run(page)
    page.slider("create_trim").set_value((0.0, 1.0))
    run(page)
    assert "Nothing is left of the recording" in texts(page)


def test_words_and_a_choice_draw_the_page_once(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_script(with_painting(page))
    drawn: list[object] = []
    draw = stage.show_stage

    def counted(*given: Any) -> Any:
        drawn.append(given)
        return draw(*given)

    monkeypatch.setattr(stage, "show_stage", counted)
    with_script(page, "Quite other words.")
    assert len(drawn) == 1
    choose(page, "fal-ai/infinitalk")
    assert len(drawn) == 2
    assert "InfiniTalk" in texts(page)


def test_a_recording_goes_to_the_cheapest_model_that_takes_one(page: AppTest) -> None:
    with_recording(page)
    assert "FlashHead doesn't accept recordings. Switched to StableAvatar." in texts(page)
    row = models(page)["FlashHead"]
    assert (row["price"], row["disabled"]) == ("Script only", True)
    assert page.session_state["create_model_chosen"] == {"chosen": "fal-ai/stable-avatar"}
    choose(page, "fal-ai/infinitalk")
    assert "Switched to" not in texts(page)


def test_a_model_that_needs_a_sound_offers_to_make_the_speech(page: AppTest) -> None:
    choose(with_script(with_painting(page)), "fal-ai/infinitalk")
    page.session_state["create_voice"] = True
    run(page)
    assert page.button("create_make_speech").label == "Generate voice-over (free)"
    assert not has_button(page, "create_bar_speech")  # without a key nothing is rendered with it


def test_the_words_of_the_click_are_said_also_where_typing_ended_with_it(page: AppTest) -> None:
    choose(with_script(page, "The first words."), "fal-ai/infinitalk")
    page.session_state["create_voice"] = True
    run(page)
    page.text_area("create_script").set_value("Quite other words.")
    page.button("create_make_speech").click()
    run(page)
    assert not page.session_state["create_voice"]
    assert any(str(button.key).startswith("create_speech_cancel") for button in page.button)


def spoken(*scripts: str) -> Workspace:
    """The workspace of the page, with a speech of each script in its library, free of charge."""
    studio = session.process_studio()
    workspace = studio.workspace(None)
    for script in scripts:
        speak(studio, workspace, [script], voice_id="bm_george")
    return workspace


def test_an_earlier_speech_is_heard_used_and_removed_with_a_way_back(page: AppTest) -> None:
    workspace = spoken("Good morning to you.", "Good night.")
    page.session_state["create_earlier"] = True
    night, morning = workspace.speech.list()
    choose(page, "fal-ai/infinitalk")
    assert texts(page).index("Good night") < texts(page).index("Good morning")
    assert "George" in texts(page)
    assert not page.get("audio")
    page.button(f"create_earlier_hear {night.id}").click()
    run(page)
    assert len(page.get("audio")) == 1
    page.button(f"create_earlier_remove {night.id}").click()
    run(page)
    assert workspace.speech.list() == [morning]
    assert "“Good night.” was removed" in texts(page)
    assert "paid again" not in texts(page)  # the voice is free
    page.button("create_earlier_undo").click()
    run(page)
    assert workspace.speech.list() == [night, morning]
    assert "was removed" not in texts(page)
    page.button(f"create_earlier_use {morning.id}").click()
    run(page)
    assert page.text_area("create_script").value == "Good morning to you."
    assert kept_form(page).reader == "bm_george"


def test_the_whole_library_is_reached_from_the_list(page: AppTest) -> None:
    [first] = spoken("Hello.").speech.list()
    studio = session.process_studio()
    with studio._database.writing() as connection:
        for number in range(SHOWN):
            later = replace(
                first,
                id=f"{number:032x}",
                created_at=first.created_at + timedelta(hours=1),
                script=f"Number {number}.",
            )
            write_speech(connection, "local", later, str(number))
    page.session_state["create_earlier"] = True
    run(page)
    assert has_button(page, f"create_earlier_use {0:032x}")
    assert not has_button(page, f"create_earlier_use {first.id}")
    page.button("create_earlier_show_more").click()
    run(page)
    assert has_button(page, f"create_earlier_use {first.id}")
    assert not has_button(page, "create_earlier_show_more")


def test_the_last_speech_can_be_brought_back_too_unless_it_is_gone(page: AppTest) -> None:
    workspace = spoken("Hello.")
    page.session_state["create_earlier"] = True
    [speech] = workspace.speech.list()
    run(page)
    page.button(f"create_earlier_remove {speech.id}").click()
    run(page)
    assert "was removed" in texts(page)
    assert "Hear" not in [button.label for button in page.button]
    workspace.retention.erase()
    page.button("create_earlier_undo").click()
    run(page)
    assert "Voice-over not found" in texts(page)


def test_words_whose_speech_was_removed_are_said_so(page: AppTest, drive_lock: DriveLock) -> None:
    drive_lock.release()
    workspace = session.process_studio().workspace(None)
    wait_for(workspace, order_speech(workspace, "Hello.", "bm_george"), JobState.DONE)
    choose(with_script(page, "Hello."), "fal-ai/infinitalk")
    page.session_state["create_voice"] = True
    page.session_state["create_reader"] = {"chosen": "bm_george"}
    run(page)
    assert not has_button(page, "create_make_speech")
    choose(page, "fal-ai/flashhead")  # which has no use for it
    [speech] = workspace.speech.list()
    assert kept_form(page).made is not None
    workspace.speech.delete(speech.id)
    run(page)
    assert kept_form(page).made is None
    choose(page, "fal-ai/infinitalk")
    assert "was removed" in texts(page)
    assert page.button("create_make_speech").label == "Generate voice-over (free)"


def kept_form(page: AppTest) -> Project:
    """What the page holds."""
    form: Project = page.session_state["project_kept"]
    return form


def has_button(page: AppTest, key: str) -> bool:
    """Whether there is a button of this key."""
    return any(button.key == key for button in page.button)


def test_voices_that_speak_the_language_are_offered_with_their_price(page: AppTest) -> None:
    words = "Bienvenidos a nuestra tienda, que abre todos los días."
    choose(with_script(with_painting(page), words), "fal-ai/infinitalk")
    assert "Heart doesn't speak Spanish" in texts(page).replace("\\", "")
    page.session_state["create_voice"] = True
    run(page)
    assert page.selectbox("create_voices_from").options[1:]
    page.session_state["create_reader"] = {"chosen": "fal-ai/elevenlabs/tts/turbo-v2.5:Rachel"}
    page.selectbox("create_voices_from").set_value("ElevenLabs Turbo 2.5")
    run(page)
    assert "$" in page.button("create_make_speech").label
    assert "doesn't speak Spanish" not in texts(page).replace("\\", "")


def test_seven_hundred_and_twenty_lines_double_the_price_of_infinitalk(page: AppTest) -> None:
    choose(with_recording(page), "fal-ai/infinitalk")
    assert models(page)["InfiniTalk"]["price"] == "$2.28"
    page.segmented_control("create_fal-ai/infinitalk resolution").set_value("720p")
    run(page)
    assert models(page)["InfiniTalk"]["price"] == "$4.56"


def test_the_shape_is_chosen_once_for_every_model_that_makes_it(page: AppTest) -> None:
    choose(with_script(with_painting(page)), "fal-ai/heygen/avatar4/image-to-video")
    pick(page, "create_shape", "16:9")
    run(page)
    assert "HeyGen Avatar 4 · 16:9" in texts(page)
    assert "InfiniTalk · 16:9" in texts(choose(page, "fal-ai/infinitalk"))
    assert "StableAvatar · 16:9" in texts(choose(page, "fal-ai/stable-avatar"))
    assert "square only" in models(page)["FlashHead"]["detail"]


def test_the_local_voice_that_stands_in_is_named(page: AppTest) -> None:
    page.selectbox("create_fal-ai/flashhead voice").set_value("George")
    run(page)
    assert "Drafts use George" in texts(page)


@pytest.mark.parametrize("words", ["مرحبا بكم في متجرنا", "欢迎来到我们的商店"])
def test_a_draft_that_the_engine_would_refuse_is_not_offered(page: AppTest, words: str) -> None:
    with_script(with_painting(page), words)
    assert draft_refused(page, "The free draft speaks English only.")


def test_a_language_that_only_english_voices_read_is_said(page: AppTest) -> None:
    with_script(with_painting(page), "Bienvenidos a nuestra tienda, que abre todos los días.")
    assert "Drafts don't speak Spanish" in texts(page)


@pytest.mark.parametrize(
    "words",
    [
        "x",
        "<b>bold</b> <script>alert(1)</script>",
        "# heading\n\n[link](https://example.com) $x^2$ :material/home:",
        "שלום עולם, זה מבחן",
        "🎉🎉🎉",
        "a\u0000b\u0007c",
        "word " * 20_000,
        "   ",
    ],
    ids=["one", "html", "markdown", "right-to-left", "emoji", "control", "100000", "blank"],
)
def test_no_script_breaks_the_page(page: AppTest, words: str) -> None:
    with_script(with_painting(page), words)


def test_a_script_that_is_too_long_is_said_and_cannot_be_made(page: AppTest) -> None:
    with_script(with_painting(page), "word " * 20_000)
    assert f"{LONGEST_SCRIPT:,}" in texts(page)
    assert draft_refused(page)


def png(width: int, height: int) -> bytes:
    """A grey picture without a face."""
    file = BytesIO()
    Image.fromarray(np.full((height, width, 3), 128, np.uint8)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.png", b""),
        ("text.png", b"This is no picture."),
        ("cut.jpg", (SAMPLES / "mona-lisa.jpg").read_bytes()[:2000]),
        ("one.png", png(1, 1)),
        ("<b>**x**</b>.png", b"no"),
    ],
    ids=["empty", "text", "truncated", "one pixel", "markup"],
)
def test_a_bad_picture_is_answered_beside_the_picker(page: AppTest, name: str, data: bytes) -> None:
    page.file_uploader("create_upload_0").upload(name, data, "image/png")
    run(page)
    assert ":red[" in texts(page)
    assert draft_refused(with_script(page), "Add a portrait first.")


def test_a_picture_without_a_face_blocks_the_draft_and_says_why(page: AppTest) -> None:
    page.file_uploader("create_upload_0").upload("wall.png", png(600, 600), "image/png")
    with_script(run(page))
    assert "face" in texts(page)
    assert draft_refused(page)


def test_one_of_several_faces_can_be_chosen(page: AppTest) -> None:
    astronaut = Image.open(PORTRAITS / "astronaut.png").convert("RGB")
    pair = Image.new("RGB", (astronaut.width * 2, astronaut.height))
    pair.paste(astronaut, (0, 0))
    pair.paste(astronaut, (astronaut.width, 0))
    file = BytesIO()
    pair.save(file, "JPEG")
    page.file_uploader("create_upload_0").upload("pair.jpg", file.getvalue(), "image/jpeg")
    run(page)
    assert "Who should speak?" in texts(page)
    assert page.session_state["project_kept"].face == 0
    pick(page, "create_face", "1")
    run(page)
    assert page.session_state["project_kept"].face == 1


def test_a_bad_recording_is_answered_beside_the_picker(page: AppTest) -> None:
    pick(page, "create_source", "recording")
    run(page)
    page.file_uploader("create_recording_0").upload("a.mp3", b"no sound", "audio/mpeg")
    run(page)
    assert ":red[" in texts(page)
    assert page.file_uploader("create_recording_1")


def test_the_draft_becomes_a_job_whose_id_is_in_the_url(page: AppTest) -> None:
    with_script(with_painting(page))
    page.button("create_draft").click()
    page.run()
    assert not page.exception
    assert page.query_params["job"]
