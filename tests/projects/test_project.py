"""What the Create page holds becomes the inputs of a render."""

from decimal import Decimal

import pytest

from talkinghead.catalogue import (
    FlashheadInput,
    HeygenAvatar4Input,
    InfinitalkInput,
    InfinitalkSingleTextInput,
    ModelInput,
    StableAvatarInput,
)
from talkinghead.core.errors import InvalidParameters
from talkinghead.portraits.portrait import CropBox
from talkinghead.portraits.service import FaceBox, Portrait
from talkinghead.projects.values import MadeSpeech, Project
from talkinghead.speech.pronunciations.entries import Pronunciation
from talkinghead.speech.recordings.values import Recording

UPRIGHT = Portrait("asset:p", "mona.jpg", 720, 1280, (FaceBox(0.3, 0.2, 0.3, 0.2, 0.9),))
SPOKEN = Recording("asset:r", "speech.wav", 11.0)
WRITTEN = Project(portrait=UPRIGHT, script="Hello, this is a test of the studio.")
RECORDED = Project(portrait=UPRIGHT, source="recording", recording=SPOKEN, edited=SPOKEN)


SAID = MadeSpeech(
    id="s",
    reference="asset:s",
    seconds=Decimal("4.2"),
    script=WRITTEN.script,
    voice=WRITTEN.reader,
)


def test_a_script_is_said_first_for_a_model_that_takes_a_sound() -> None:
    written = WRITTEN.with_(endpoint_id=InfinitalkInput.endpoint_id)
    assert written.says_first(InfinitalkInput)
    assert written.sound is None
    said = written.with_(made=SAID)
    assert said.sound == "asset:s"
    assert said.speech is not None
    assert said.speech.seconds == Decimal("4.2")
    assert not said.is_guess(InfinitalkInput)


def test_a_speech_of_other_words_or_in_another_voice_is_not_used() -> None:
    said = WRITTEN.with_(endpoint_id=InfinitalkInput.endpoint_id, made=SAID)
    assert said.with_(script="Something else.").sound is None
    assert said.with_(reader="bm_george").sound is None


def test_heygen_is_given_the_speech_only_where_that_was_chosen() -> None:
    said = WRITTEN.with_(endpoint_id=HeygenAvatar4Input.endpoint_id, made=SAID)
    assert said.sound is None
    first = said.with_(own_voice=False)
    made = first.model_input("asset:i")
    assert made.recording == "asset:s"
    assert made.script is None


def test_the_draft_moves_its_lips_to_the_made_speech() -> None:
    said = WRITTEN.with_(endpoint_id=InfinitalkInput.endpoint_id, made=SAID)
    assert said.draft_input("asset:i").recording == "asset:s"
    assert not said.draft_speaks


def test_a_model_that_speaks_by_itself_is_given_no_marks() -> None:
    marked = WRITTEN.with_(script="Hello. [pause 0.8] This is *very* good.")
    assert marked.model_input("asset:i").script == "Hello. This is very good."


def test_an_option_that_was_not_sent_is_the_default_and_breaks_no_page() -> None:
    kept = {InfinitalkInput.endpoint_id: {"resolution": None, "gone": 1, "seed": None}}
    broken = RECORDED.with_(endpoint_id=InfinitalkInput.endpoint_id, parameters=kept)
    assert broken.geometry == broken.with_(parameters={}).geometry
    assert broken.parameters_of(InfinitalkInput) == {"seed": None}  # a new one each time
    again = broken.with_parameters(InfinitalkInput, {"resolution": None, "seed": None})
    assert again.parameters == {InfinitalkInput.endpoint_id: {"seed": None}}


NAMED = WRITTEN.with_(
    script="Ask fal.ai. [pause 0.8] It is *very* good.",
    pronunciations=(Pronunciation("fal.ai", "fall dot A I"),),
)


@pytest.mark.parametrize("model", [FlashheadInput, HeygenAvatar4Input])
def test_a_model_that_speaks_by_itself_says_names_as_the_list_has_them(
    model: type[ModelInput],
) -> None:
    named = NAMED.with_(endpoint_id=model.endpoint_id)
    said = "Ask fall dot A I. It is very good."
    assert named.model_input("asset:i").script == said
    assert named.provisional(model).script == said  # what is priced is what is ordered


def test_the_draft_says_names_as_the_list_has_them_and_keeps_the_pauses() -> None:
    draft = NAMED.draft_input("asset:i")
    assert draft.script == "Ask fall dot A I. [pause 0.8] It is *very* good."


def test_the_list_is_no_part_of_what_is_kept() -> None:
    assert "pronunciations" not in NAMED.model_dump(mode="json")
    assert NAMED.model_dump(mode="json")["script"] == NAMED.script


def test_everything_survives_being_kept_as_json() -> None:
    project = WRITTEN.with_(
        crops={"1.000": CropBox(0.1, 0.1, 0.5, 0.3)},
        parameters={FlashheadInput.endpoint_id: {"stability": 0.2, "seed": 7}},
        recording=SPOKEN,
        jobs=("a", "b"),
        made=SAID,
        speech_job="j",
    )
    kept = project.model_dump_json()
    assert Project.model_validate_json(kept) == project


def test_a_model_that_left_the_catalogue_gives_way_to_the_first() -> None:
    assert Project(endpoint_id="fal-ai/gone").model is FlashheadInput


def test_without_words_there_is_no_speech() -> None:
    assert Project(script="   ").speech is None


def test_the_length_of_a_recording_is_exact() -> None:
    speech = RECORDED.speech
    assert speech is not None
    assert (speech.seconds, speech.approximate) == (Decimal("11.0"), False)


def test_a_script_goes_into_the_models_own_field() -> None:
    made = WRITTEN.model_input("asset:crop")
    assert isinstance(made, FlashheadInput)
    assert (made.text, made.image_url, made.voice) == (WRITTEN.script, "asset:crop", "Aria")


def test_a_recording_overrides_the_words_of_heygen() -> None:
    project = RECORDED.with_(
        script="Not this.",
        endpoint_id=HeygenAvatar4Input.endpoint_id,
        parameters={HeygenAvatar4Input.endpoint_id: {"voice": "Melissa"}},
    )
    made = project.model_input("asset:crop")
    assert isinstance(made, HeygenAvatar4Input)
    assert (made.prompt, made.audio_url, made.script) == (None, "asset:r", None)


def test_frames_follow_the_speech_until_a_person_sets_them() -> None:
    prompt = {"prompt": "A woman talks."}
    project = RECORDED.with_(
        endpoint_id=InfinitalkInput.endpoint_id,
        parameters={InfinitalkInput.endpoint_id: prompt},
    )
    followed = project.model_input("asset:crop")
    own = project.with_parameters(InfinitalkInput, {**prompt, "num_frames": 100})
    assert followed.arguments()["num_frames"] == 275
    assert own.model_input("asset:crop").arguments()["num_frames"] == 100


def test_what_is_missing_is_named() -> None:
    project = RECORDED.with_(endpoint_id=InfinitalkInput.endpoint_id)
    with pytest.raises(InvalidParameters, match="prompt") as raised:
        project.model_input("asset:crop")
    assert raised.value.field == "prompt"


def test_a_needed_voice_starts_with_the_one_of_the_cheapest_model() -> None:
    project = WRITTEN.with_parameters(FlashheadInput, {"voice": "Brian"})
    assert project.parameters_of(InfinitalkSingleTextInput)["voice"] == "Brian"


def test_defaults_are_not_kept() -> None:
    project = WRITTEN.with_parameters(FlashheadInput, {"voice": "Aria", "stability": 0.5})
    assert project == WRITTEN


def test_the_draft_has_the_geometry_of_the_chosen_model() -> None:
    wide = WRITTEN.with_(endpoint_id=HeygenAvatar4Input.endpoint_id)
    square, full = WRITTEN.draft_input("asset:c"), wide.draft_input("asset:c")
    assert (square.width, square.height) == (512, 512)
    assert (full.width, full.height) == (1280, 720)


def test_the_draft_of_an_upright_picture_is_upright_where_the_model_follows_it() -> None:
    project = RECORDED.with_(endpoint_id=StableAvatarInput.endpoint_id)
    draft = project.draft_input("asset:c")
    assert (draft.width, draft.height, draft.audio_url) == (480, 832, "asset:r")


def test_a_shape_asked_for_overrides_the_pictures() -> None:
    project = RECORDED.with_(endpoint_id=StableAvatarInput.endpoint_id, shape=16 / 9)
    assert project.geometry.width == 832


def test_the_draft_is_asked_for_the_voice_of_the_model() -> None:
    project = WRITTEN.with_parameters(FlashheadInput, {"voice": "Brian", "seed": 3})
    draft = project.draft_input("asset:c")
    assert (draft.voice, draft.seed, draft.stands_for) == ("Brian", 3, "fal-ai/flashhead")


def test_a_model_without_voices_is_drafted_with_the_local_reader() -> None:
    project = WRITTEN.with_(endpoint_id=InfinitalkInput.endpoint_id, reader="bm_george")
    assert project.draft_input("asset:c").voice == "bm_george"


def test_a_draft_needs_something_to_say() -> None:
    with pytest.raises(InvalidParameters):
        Project(portrait=UPRIGHT).draft_input("asset:c")


def test_a_long_script_is_named_by_its_first_words() -> None:
    assert len(Project(script="word " * 200).title) <= 61
