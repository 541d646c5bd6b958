"""What the free draft does with a script in another language."""

from decimal import Decimal

import pytest

from talkinghead.catalogue import BUILT_IN, FlashheadInput, InfinitalkInput, ModelInput
from talkinghead.projects.draft_language import draft_refusal, draft_remark
from talkinghead.projects.made_speech import MadeSpeech
from talkinghead.projects.values import Project

JAPANESE = "こんにちは。今日はとても良い天気ですね。"
GERMAN = "Guten Tag. Das Wetter ist heute sehr schön, und wir gehen spazieren."
ENGLISH = "Good morning. The weather is fine today, and we go for a walk."


def test_words_that_its_voices_can_read_are_no_problem() -> None:
    assert draft_refusal(Project(catalogue=BUILT_IN, script=ENGLISH)) is None
    assert draft_remark(Project(catalogue=BUILT_IN, script=ENGLISH)) is None


@pytest.mark.parametrize("model", [InfinitalkInput, FlashheadInput])
def test_a_script_that_its_voices_cannot_read_is_refused_with_the_same_way_out_on_every_model(
    model: type[ModelInput],
) -> None:
    project = Project(catalogue=BUILT_IN, script=JAPANESE, endpoint_id=model.endpoint_id)
    assert draft_refusal(project) == (
        "The free draft speaks English only. Generate a voice-over in a voice that speaks this "
        "language, or use a recording: the draft lip-syncs to it."
    )


def test_a_language_that_it_reads_as_english_is_named() -> None:
    remark = draft_remark(Project(catalogue=BUILT_IN, script=GERMAN))
    assert remark is not None
    assert remark.startswith("Drafts don't speak German: an English voice")


def test_a_voice_over_that_was_made_is_lip_synced_to_on_every_model() -> None:
    made = MadeSpeech(
        id="s", reference="asset:s", seconds=Decimal(3), script=GERMAN, voice="minimax:Anna"
    )
    project = Project(
        catalogue=BUILT_IN,
        script=GERMAN,
        reader=made.voice,
        made=made,
        own_voice=False,
        endpoint_id=FlashheadInput.endpoint_id,
    )
    assert draft_refusal(project) is None
    assert draft_remark(project) == "The draft lip-syncs to the German voice-over."
