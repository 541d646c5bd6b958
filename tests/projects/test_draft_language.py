"""What the free draft does with a script in another language."""

from decimal import Decimal

import pytest

from talkinghead.catalogue import BUILT_IN, FlashheadInput, InfinitalkInput
from talkinghead.projects.draft_language import draft_refusal, draft_remark
from talkinghead.projects.made_speech import MadeSpeech
from talkinghead.projects.values import Project

JAPANESE = "こんにちは。今日はとても良い天気ですね。"
GERMAN = "Guten Tag. Das Wetter ist heute sehr schön, und wir gehen spazieren."
ENGLISH = "Good morning. The weather is fine today, and we go for a walk."


def test_words_that_its_voices_can_read_are_no_problem() -> None:
    assert draft_refusal(Project(catalogue=BUILT_IN, script=ENGLISH)) is None
    assert draft_remark(Project(catalogue=BUILT_IN, script=ENGLISH)) is None


@pytest.mark.parametrize(
    ("endpoint_id", "way_out"),
    [
        (InfinitalkInput.endpoint_id, "make the speech first"),
        (FlashheadInput.endpoint_id, "With a recording"),
    ],
)
def test_a_script_that_its_voices_cannot_read_is_refused_with_a_way_out(
    endpoint_id: str, way_out: str
) -> None:
    refusal = draft_refusal(Project(catalogue=BUILT_IN, script=JAPANESE, endpoint_id=endpoint_id))
    assert refusal is not None
    assert way_out in refusal


def test_a_language_that_it_reads_as_english_is_named() -> None:
    remark = draft_remark(Project(catalogue=BUILT_IN, script=GERMAN))
    assert remark is not None
    assert remark.startswith("It speaks no German: an English voice")


def test_to_a_speech_that_is_made_it_only_moves_its_lips() -> None:
    made = MadeSpeech(
        id="s", reference="asset:s", seconds=Decimal(3), script=GERMAN, voice="minimax:Anna"
    )
    project = Project(
        catalogue=BUILT_IN,
        script=GERMAN,
        reader=made.voice,
        made=made,
        own_voice=False,
        endpoint_id=InfinitalkInput.endpoint_id,
    )
    assert draft_refusal(project) is None
    remark = draft_remark(project)
    assert remark is not None
    assert "it only moves its lips" in remark
