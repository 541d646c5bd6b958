"""What each model is given when several are compared: the same speech, the same shape."""

from decimal import Decimal

from talkinghead.catalogue import (
    BUILT_IN,
    MODELS,
    FlashheadInput,
    HeygenAvatar4Input,
    InfinitalkInput,
    InfinitalkSingleTextInput,
    ModelInput,
    StableAvatarInput,
)
from talkinghead.comparisons.candidates import UNSAID, Candidate, candidates
from talkinghead.projects.made_speech import MadeSpeech
from talkinghead.projects.parameters import PROMPT
from talkinghead.projects.values import Project
from talkinghead.speech.recordings.values import Recording

WORDS = "Good morning, and welcome."
SOUND = "asset:" + "5" * 64 + ".wav"
SCRIPT = Project(catalogue=BUILT_IN, script=WORDS)
SAID = SCRIPT.with_(
    made=MadeSpeech(
        id="1" * 32, reference=SOUND, seconds=Decimal(3), script=WORDS, voice=SCRIPT.reader
    )
)
RECORDED = Project(
    catalogue=BUILT_IN,
    source="recording",
    recording=Recording(SOUND, "x.wav", 3.0),
    edited=Recording(SOUND, "x.wav", 3.0),
)
TAKE_A_SOUND = (InfinitalkInput, StableAvatarInput, HeygenAvatar4Input)
SPEAK_ONLY = (FlashheadInput, InfinitalkSingleTextInput)


def of(project: Project, model: type[ModelInput]) -> Candidate:
    return next(one for one in candidates(project) if one.model is model)


def test_the_free_draft_and_every_model_may_be_ticked() -> None:
    ids = ["draft", *(model.endpoint_id for model in MODELS)]
    assert [one.endpoint_id for one in candidates(SCRIPT)] == ids


def test_models_that_take_a_sound_wait_for_the_speech() -> None:
    for model in TAKE_A_SOUND:
        assert (of(SCRIPT, model).why_not, of(SCRIPT, model).unsaid) == (UNSAID, True)
    for speaks in SPEAK_ONLY:
        assert of(SCRIPT, speaks).why_not is None


def test_a_speech_that_is_made_is_given_to_all_that_take_a_sound() -> None:
    for model in TAKE_A_SOUND:
        candidate = of(SAID, model)
        assert (candidate.why_not, candidate.is_guess) == (None, False)
        assert candidate.provisional().recording == SOUND
        assert candidate.length.seconds == Decimal(3)
    for speaks in SPEAK_ONLY:
        assert of(SAID, speaks).provisional().script == WORDS


def test_models_that_only_speak_take_no_recording() -> None:
    for model in SPEAK_ONLY:
        assert "needs a script" in (of(RECORDED, model).why_not or "")
    for takes in TAKE_A_SOUND:
        assert of(RECORDED, takes).why_not is None


def test_a_model_that_requires_a_prompt_is_given_one() -> None:
    candidate = of(SAID, StableAvatarInput)
    assert candidate.project.parameters_of(StableAvatarInput)["prompt"] == PROMPT
    written = SAID.with_parameters(InfinitalkInput, {"prompt": "A pirate."})
    carried = of(written, StableAvatarInput).project
    assert carried.parameters_of(StableAvatarInput)["prompt"] == "A pirate."


def test_a_shape_that_nobody_chose_is_the_others() -> None:
    square = of(SAID, HeygenAvatar4Input).project
    assert square.parameters_of(HeygenAvatar4Input)["aspect_ratio"] == "1:1"
    chosen = SAID.with_parameters(HeygenAvatar4Input, {"aspect_ratio": "9:16"})
    kept = of(chosen, HeygenAvatar4Input).project
    assert kept.parameters_of(HeygenAvatar4Input)["aspect_ratio"] == "9:16"
