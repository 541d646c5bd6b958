"""What a project holds, and what follows from it."""

import json
from decimal import Decimal

import pytest

from talkinghead.av.cropping import CropBox
from talkinghead.catalogue import (
    BUILT_IN,
    FlashheadInput,
    HeygenAvatar4Input,
    InfinitalkInput,
    InfinitalkSingleTextInput,
    ModelInput,
    StableAvatarInput,
)
from talkinghead.projects.made_speech import MadeSpeech
from talkinghead.projects.values import Project
from talkinghead.speech.pronunciations.entries import Pronunciation
from tests.projects.made import NAMED, RECORDED, SAID, SPOKEN, WRITTEN


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


def test_an_option_that_was_not_sent_is_the_default_and_breaks_no_page() -> None:
    kept = {InfinitalkInput.endpoint_id: {"resolution": None, "gone": 1, "seed": None}}
    broken = RECORDED.with_(endpoint_id=InfinitalkInput.endpoint_id, parameters=kept)
    assert broken.geometry == broken.with_(parameters={}).geometry
    assert broken.parameters_of(InfinitalkInput)["seed"] is None  # a new one each time
    again = broken.with_parameters(InfinitalkInput, {"resolution": None, "seed": None})
    assert again.parameters == {InfinitalkInput.endpoint_id: {"seed": None}}


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
    kept = json.loads(project.model_dump_json())
    assert Project.model_validate({**kept, "catalogue": BUILT_IN}) == project


def test_a_model_that_left_the_catalogue_gives_way_to_the_first() -> None:
    assert Project(catalogue=BUILT_IN, endpoint_id="fal-ai/gone").model is FlashheadInput


def test_without_words_there_is_no_speech() -> None:
    assert Project(catalogue=BUILT_IN, script="   ").speech is None


def test_the_length_of_a_recording_is_exact() -> None:
    speech = RECORDED.speech
    assert speech is not None
    assert (speech.seconds, speech.approximate) == (Decimal("11.0"), False)


@pytest.mark.parametrize(
    ("reader", "closest"),
    [
        ("af_heart", "Aria"),
        ("bm_george", "George"),
        ("am_puck", "Will"),
        ("fal-ai/elevenlabs/tts/turbo-v2.5:Liam", "Liam"),
        ("fal-ai/minimax/speech-2.8-hd:Deep_Voice_Man", "Roger"),
    ],
)
@pytest.mark.parametrize("model", [FlashheadInput, InfinitalkSingleTextInput])
def test_a_model_with_voices_of_its_own_speaks_with_the_closest(
    reader: str, closest: str, model: type[ModelInput]
) -> None:
    project = WRITTEN.with_(endpoint_id=model.endpoint_id, reader=reader)
    assert project.parameters_of(model)["voice"] == closest
    assert project.with_parameters(model, project.parameters_of(model)) == project


def test_another_voice_of_a_models_own_stays_chosen_also_its_default() -> None:
    project = WRITTEN.with_(reader="bm_george").with_parameters(FlashheadInput, {"voice": "Aria"})
    assert project.parameters_of(FlashheadInput)["voice"] == "Aria"
    assert project.with_(reader="am_puck").parameters_of(FlashheadInput)["voice"] == "Aria"
    assert project.parameters_of(InfinitalkSingleTextInput)["voice"] == "George"


def test_heygen_is_given_a_voice_of_its_own_only_where_it_speaks_itself() -> None:
    heygen = WRITTEN.with_(endpoint_id=HeygenAvatar4Input.endpoint_id)
    assert heygen.says_first(HeygenAvatar4Input)
    assert "voice" not in heygen.parameters_of(HeygenAvatar4Input)
    own = heygen.with_(own_voice=True)
    assert own.parameters_of(HeygenAvatar4Input)["voice"] == "Melissa"


def test_a_changed_pronunciation_leaves_the_speech_but_as_outdated() -> None:
    entries = NAMED.pronunciations
    speech = MadeSpeech(
        id="s", reference="asset:s", seconds=Decimal(3), script=NAMED.script, voice="af_heart",
        said=MadeSpeech.fingerprint(NAMED.said),
    )  # fmt: skip
    said = NAMED.with_(made=speech)
    assert (said.made_speech, said.outdated_speech) == (speech, None)
    changed = said.with_(pronunciations=(Pronunciation("fal.ai", "fell A I"),))
    assert (changed.made_speech, changed.outdated_speech) == (None, speech)
    unrelated = said.with_(pronunciations=(*entries, Pronunciation("Lisa", "leeza")))
    assert unrelated.made_speech == speech


def test_defaults_are_not_kept() -> None:
    project = WRITTEN.with_parameters(FlashheadInput, {"voice": "Aria", "stability": 0.5})
    assert project == WRITTEN


def test_a_shape_asked_for_overrides_the_pictures() -> None:
    project = RECORDED.with_(endpoint_id=StableAvatarInput.endpoint_id, shape=16 / 9)
    assert project.geometry.width == 832


def test_a_long_script_is_named_by_its_first_words() -> None:
    assert len(Project(catalogue=BUILT_IN, script="word " * 200).title) <= 61
