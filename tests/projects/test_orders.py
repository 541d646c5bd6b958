"""What is ordered of a project."""

from decimal import Decimal

import pytest

from talkinghead.catalogue import (
    BUILT_IN,
    DRAFT_SETTINGS,
    DraftInput,
    FlashheadInput,
    HeygenAvatar4Input,
    InfinitalkInput,
    ModelInput,
    StableAvatarInput,
)
from talkinghead.core.errors import InvalidParameters
from talkinghead.projects.draft_inputs import draft_speaks
from talkinghead.projects.orders import draft_order, files_to_send, render_order
from talkinghead.projects.parameters import PROMPT
from talkinghead.projects.values import Project
from tests.projects.made import NAMED, RECORDED, SAID, UPRIGHT, WRITTEN


def draft_of(project: Project) -> DraftInput:
    """The inputs of its draft."""
    draft = draft_order(project, "asset:c").input
    assert isinstance(draft, DraftInput)
    return draft


def test_heygen_is_given_the_speech_unless_its_own_voice_was_chosen() -> None:
    said = WRITTEN.with_(endpoint_id=HeygenAvatar4Input.endpoint_id, made=SAID)
    assert said.with_(own_voice=True).sound is None
    own = render_order(said.with_(own_voice=True), "asset:i").input
    assert (own.recording, own.spoken_by) == (None, "Melissa")
    made = render_order(said, "asset:i").input
    assert made.recording == "asset:s"
    assert made.script is None


@pytest.mark.parametrize("model", [InfinitalkInput, FlashheadInput])
def test_the_draft_moves_its_lips_to_the_made_speech(model: type[ModelInput]) -> None:
    said = WRITTEN.with_(endpoint_id=model.endpoint_id, made=SAID)
    assert draft_of(said).recording == "asset:s"
    assert not draft_speaks(said)


def test_a_draft_for_another_voice_of_the_models_own_speaks_in_one_like_that() -> None:
    said = WRITTEN.with_(made=SAID).with_parameters(FlashheadInput, {"voice": "Brian"})
    assert (draft_of(said).recording, draft_of(said).voice) == (None, "Brian")


def test_a_model_that_speaks_by_itself_is_given_no_marks() -> None:
    marked = WRITTEN.with_(script="Hello. [pause 0.8] This is *very* good.")
    assert render_order(marked, "asset:i").input.script == "Hello. This is very good."


@pytest.mark.parametrize("model", [FlashheadInput, HeygenAvatar4Input])
def test_a_model_that_speaks_by_itself_says_names_as_the_list_has_them(
    model: type[ModelInput],
) -> None:
    named = NAMED.with_(endpoint_id=model.endpoint_id)
    said = "Ask fall dot A I. It is very good."
    assert render_order(named, "asset:i").input.script == said
    assert named.provisional(model).script == said  # what is priced is what is ordered


def test_the_draft_says_names_as_the_list_has_them_and_keeps_the_pauses() -> None:
    draft = draft_of(NAMED)
    assert draft.script == "Ask fall dot A I. [pause 0.8] It is *very* good."


def test_a_script_goes_into_the_models_own_field() -> None:
    made = render_order(WRITTEN, "asset:crop").input
    assert isinstance(made, FlashheadInput)
    assert (made.text, made.image_url, made.voice) == (WRITTEN.script, "asset:crop", "Aria")


def test_a_recording_overrides_the_words_of_heygen() -> None:
    project = RECORDED.with_(
        script="Not this.",
        endpoint_id=HeygenAvatar4Input.endpoint_id,
        parameters={HeygenAvatar4Input.endpoint_id: {"voice": "Melissa"}},
    )
    made = render_order(project, "asset:crop").input
    assert isinstance(made, HeygenAvatar4Input)
    assert (made.prompt, made.audio_url, made.script) == (None, "asset:r", None)


def test_frames_follow_the_speech_until_a_person_sets_them() -> None:
    prompt = {"prompt": "A woman talks."}
    project = RECORDED.with_(
        endpoint_id=InfinitalkInput.endpoint_id,
        parameters={InfinitalkInput.endpoint_id: prompt},
    )
    followed = render_order(project, "asset:crop").input
    own = project.with_parameters(InfinitalkInput, {**prompt, "num_frames": 100})
    assert followed.arguments()["num_frames"] == 275
    assert render_order(own, "asset:crop").input.arguments()["num_frames"] == 100


def test_what_is_missing_is_named() -> None:
    project = RECORDED.with_(endpoint_id=InfinitalkInput.endpoint_id, edited=None)
    with pytest.raises(InvalidParameters, match="audio url") as raised:
        render_order(project, "asset:crop")
    assert raised.value.field == "audio_url"


def test_a_prompt_is_that_of_another_model_or_a_general_one() -> None:
    project = RECORDED.with_(endpoint_id=InfinitalkInput.endpoint_id)
    assert render_order(project, "asset:crop").input.prompted == PROMPT
    elsewhere = project.with_parameters(StableAvatarInput, {"prompt": "A pirate."})
    assert render_order(elsewhere, "asset:crop").input.prompted == "A pirate."
    shown = elsewhere.parameters_of(InfinitalkInput)
    assert elsewhere.with_parameters(InfinitalkInput, shown) == elsewhere


def test_the_draft_has_the_geometry_of_the_chosen_model() -> None:
    wide = WRITTEN.with_(endpoint_id=HeygenAvatar4Input.endpoint_id)
    square, full = draft_of(WRITTEN), draft_of(wide)
    assert (square.width, square.height) == (512, 512)
    assert (full.width, full.height) == (720, 1280)  # of an upright picture
    asked = draft_of(wide.with_(shape=16 / 9))
    assert (asked.width, asked.height) == (1280, 720)


def test_the_draft_of_an_upright_picture_is_upright_where_the_model_follows_it() -> None:
    project = RECORDED.with_(endpoint_id=StableAvatarInput.endpoint_id)
    draft = draft_of(project)
    assert (draft.width, draft.height, draft.audio_url) == (480, 832, "asset:r")


def test_the_draft_is_asked_for_the_voice_of_the_model() -> None:
    project = WRITTEN.with_parameters(FlashheadInput, {"voice": "Brian", "seed": 3})
    draft = draft_of(project)
    assert (draft.voice, draft.seed, draft.stands_for) == ("Brian", 3, "fal-ai/flashhead")


@pytest.mark.parametrize("model", [InfinitalkInput, FlashheadInput, HeygenAvatar4Input])
def test_a_draft_speaks_with_the_voice_of_the_project_whatever_the_model(
    model: type[ModelInput],
) -> None:
    project = WRITTEN.with_(endpoint_id=model.endpoint_id, reader="bm_george")
    assert draft_of(project).voice == "bm_george"


def test_the_face_of_a_draft_behaves_as_chosen_and_naturally_where_nothing_was() -> None:
    natural = draft_of(WRITTEN)
    assert (natural.liveliness, natural.gaze, natural.blinks) == ("natural", "natural", True)
    chosen = {"liveliness": "calm", "gaze": "at the camera", "blinks": False}
    calm = draft_of(WRITTEN.with_parameters(DraftInput, chosen))
    assert (calm.liveliness, calm.gaze, calm.blinks) == ("calm", "at the camera", False)


def test_a_draft_of_before_it_had_settings_opens_with_the_defaults() -> None:
    old = draft_of(WRITTEN).model_dump(mode="json")
    for name in DRAFT_SETTINGS:
        del old[name]
    assert DraftInput.model_validate(old) == draft_of(WRITTEN)


def test_a_draft_needs_something_to_say() -> None:
    with pytest.raises(InvalidParameters):
        draft_order(Project(catalogue=BUILT_IN, portrait=UPRIGHT), "asset:c")


def test_an_order_says_how_long_the_speech_is_and_which_sound_it_is_given() -> None:
    project = WRITTEN.with_(endpoint_id=HeygenAvatar4Input.endpoint_id, made=SAID, own_voice=False)
    ordered = render_order(project, "asset:crop")
    assert (ordered.sound, ordered.title) == ("asset:s", WRITTEN.script)
    assert (ordered.speech.seconds, ordered.speech.source) == (Decimal("4.2"), "recording")


def test_before_the_speech_is_made_a_model_that_moves_the_lips_to_it_cannot_be_ordered() -> None:
    project = WRITTEN.with_(endpoint_id=StableAvatarInput.endpoint_id)
    with pytest.raises(InvalidParameters):
        render_order(project, "asset:crop")


def test_only_files_that_the_model_takes_are_sent_to_it() -> None:
    speaks, takes = FlashheadInput.endpoint_id, StableAvatarInput.endpoint_id
    assert files_to_send(RECORDED.with_(endpoint_id=speaks), "asset:c") == {"image_url": "asset:c"}
    ready = {"image_url": "asset:c", "audio_url": "asset:r"}
    assert files_to_send(RECORDED.with_(endpoint_id=takes), "asset:c") == ready
    assert files_to_send(RECORDED.with_(endpoint_id=takes), "") == {"audio_url": "asset:r"}
