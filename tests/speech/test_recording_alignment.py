"""Recordings heard: phonemes from any sound, words where they are known."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from talkinghead.av.resampling import samples_at
from talkinghead.av.sound import Sound, read_sound
from talkinghead.draft.mouth.visemes import mouth_curves
from talkinghead.speech.alignment.formants import loudness, mouth_shapes
from talkinghead.speech.alignment.pauses import RATE, segment_spans, speech_scores, speech_spans
from talkinghead.speech.alignment.recording_alignment import hear
from talkinghead.speech.alignment.script_match import match
from talkinghead.speech.local_voice.phonemes import LETTERS, PAUSE, VOWELS
from talkinghead.speech.text.utterance import Speech

JFK = Path(__file__).parents[1] / "data" / "speech" / "jfk.flac"
WORDS = (
    "And so, my fellow Americans, ask not what your country can do for you; "
    "ask what you can do for your country."
)
# Where the words of the recording begin, in seconds, found by listening.
BEGINS = {"And": 0.3, "Americans,": 1.65, "ask": 3.3, "what": 5.35, "country.": 9.95}


@pytest.fixture(scope="module")
def recording() -> Sound:
    return read_sound(JFK)


@pytest.fixture(scope="module")
def unknown(recording: Sound) -> Speech:
    return hear(recording)


@pytest.fixture(scope="module")
def known(recording: Sound) -> Speech:
    return hear(recording, WORDS)


def tones(seconds: float, rate: int = RATE) -> NDArray[np.float32]:
    """A melody that nobody speaks."""
    time = np.arange(round(seconds * rate)) / rate
    decay = np.exp(-3 * (time % 0.5))
    melody = sum(np.sin(2 * np.pi * note * time) for note in (262, 524, 786))
    return np.asarray(0.1 * melody * decay, np.float32)


def openness_agrees_with_energy(speech: Speech) -> float:
    opening = mouth_curves(speech, 25).open
    levels = loudness(samples_at(speech.sound, RATE))
    energy = np.array([levels[i * 4 : i * 4 + 4].mean() for i in range(len(levels) // 4)])
    count = min(len(opening), len(energy))
    return float(np.corrcoef(opening[:count], np.maximum(energy[:count], -45))[0, 1])


@pytest.mark.parametrize("which", ["unknown", "known"])
def test_phonemes_fill_the_recording_exactly(which: str, request: pytest.FixtureRequest) -> None:
    speech: Speech = request.getfixturevalue(which)
    assert speech.phonemes[0].start == 0
    assert speech.phonemes[-1].end == speech.sound.seconds
    assert all(a.end == b.start for a, b in pairwise(speech.phonemes))
    assert {each.symbol for each in speech.phonemes} <= LETTERS | {PAUSE}


@pytest.mark.parametrize("which", ["unknown", "known"])
def test_the_mouth_opens_where_the_recording_is_loud(
    which: str, request: pytest.FixtureRequest
) -> None:
    assert openness_agrees_with_energy(request.getfixturevalue(which)) > 0.5


def test_the_mouth_rests_in_the_pauses(unknown: Speech) -> None:
    rests = [each for each in unknown.phonemes if each.symbol == PAUSE]
    assert any(each.start < 2.7 < each.end for each in rests)  # "Americans, … ask not"
    assert any(each.start < 4.8 < each.end for each in rests)  # "ask not … what"


def test_a_recording_without_script_has_no_words(unknown: Speech) -> None:
    assert unknown.words == ()
    assert unknown.language == "und"


def test_known_words_are_found_where_they_are_said(known: Speech) -> None:
    assert [word.text for word in known.words] == WORDS.split()
    assert known.language == "en"
    begins = {word.text: word.start for word in reversed(known.words)}
    for text, second in BEGINS.items():
        assert begins[text] == pytest.approx(second, abs=0.15), text


def test_the_phonemes_of_known_words_are_those_of_the_dictionary(known: Speech) -> None:
    said = "".join(each.symbol for each in known.phonemes if each.symbol != PAUSE)
    assert said.startswith("ændsOmIfɛlO")


def test_a_script_that_is_not_what_is_said_is_not_believed(recording: Sound) -> None:
    speech = hear(recording, "Welcome to our shop. We sell bread, butter, cheese and fresh fish.")
    assert speech.words == ()
    assert speech.language == "und"


def test_a_script_in_another_language_does_no_harm(recording: Sound, unknown: Speech) -> None:
    assert hear(recording, "Привет, мир").phonemes == unknown.phonemes


def test_a_recording_is_heard_the_same_each_time(recording: Sound, unknown: Speech) -> None:
    assert hear(recording).phonemes == unknown.phonemes


def test_a_recording_is_heard_at_any_rate(unknown: Speech) -> None:
    low = hear(read_sound(JFK, 8000))
    vowels = [
        sum(e.end - e.start for e in s.phonemes if e.symbol in VOWELS) for s in (low, unknown)
    ]
    assert vowels[0] == pytest.approx(vowels[1], rel=0.35)


def test_singing_and_music_move_the_mouth_too() -> None:
    speech = hear(Sound(tones(6), RATE))
    assert openness_agrees_with_energy(speech) > 0.5


@pytest.mark.parametrize(
    "samples",
    [
        np.zeros(0, np.float32),
        np.zeros(100, np.float32),
        np.zeros(RATE * 3, np.float32),
        np.full(RATE, 1e-4, np.float32),
        np.ones(RATE, np.float32),
        np.random.default_rng(1).normal(size=RATE * 2).astype(np.float32) * 0.3,
        tones(0.05),
    ],
    ids=["empty", "a click", "silence", "nearly silence", "direct current", "noise", "a blip"],
)
def test_sound_without_speech_does_no_harm(samples: NDArray[np.float32]) -> None:
    speech = hear(Sound(samples, RATE), WORDS)
    assert sum(each.end - each.start for each in speech.phonemes) == pytest.approx(
        len(samples) / RATE
    )
    assert speech.words == ()


def test_a_long_recording_is_aligned_segment_by_segment(recording: Sound) -> None:
    reported: list[float] = []
    repeated = Sound(np.tile(recording.samples, 3), recording.rate)
    speech = hear(repeated, " ".join([WORDS] * 3), reported.append)
    assert [word.text for word in speech.words] == WORDS.split() * 3
    starts = [word.start for word in speech.words if word.text == "Americans,"]
    assert np.diff(starts) == pytest.approx([recording.seconds] * 2, abs=0.2)
    assert reported == sorted(reported)
    assert reported[-1] == 1
    assert len(reported) > 3


def test_segments_are_short_and_cut_in_pauses(recording: Sound) -> None:
    samples = samples_at(Sound(np.tile(recording.samples, 4), recording.rate), RATE)
    scores = speech_scores(samples)
    found = segment_spans(scores, len(samples) / RATE, 12)
    assert all(piece.seconds <= 12.1 for piece in found)
    assert found[0].start == 0
    assert found[-1].end == len(samples) / RATE
    for cut in found[1:]:
        assert scores[int(cut.start * RATE / 512)] < 0.5


def test_speech_is_found_between_the_pauses(recording: Sound) -> None:
    spans = speech_spans(speech_scores(samples_at(recording, RATE)))
    assert len(spans) == 4
    assert spans[0].start == pytest.approx(0.25, abs=0.15)


def test_a_resampled_sound_is_as_long_as_before(recording: Sound) -> None:
    for rate in (8000, 16000, 44100, 48000):
        assert len(samples_at(recording, rate)) == round(recording.seconds * rate)


def test_an_open_vowel_looks_more_open_than_a_hum() -> None:
    time = np.arange(RATE) / RATE
    harmonics = [(n, np.sin(2 * np.pi * 120 * n * time)) for n in range(1, 30)]

    def vowel(first: float, second: float) -> NDArray[np.float32]:
        def near(frequency: float) -> float:
            apart = ((frequency - first) / 120) ** 2, ((frequency - second) / 200) ** 2
            return float(np.exp(-apart[0]) + np.exp(-apart[1]))

        return np.asarray(0.2 * sum(near(120 * n) * wave for n, wave in harmonics), np.float32)

    assert {heard.name for heard in mouth_shapes(vowel(800, 1200), -15)} & set("ɑʌɔ")
    assert not {heard.name for heard in mouth_shapes(vowel(280, 280), -15)} & set("ɑɔ")


def test_phones_laid_side_by_side_find_their_words() -> None:
    found = match("ænʌsOmIfɛlO", "ændsOmIfɛlO")
    assert list(found.places) == list(range(11))
    assert found.likeness == pytest.approx(10 / 11)
    assert match("", "abc").likeness == match("abc", "").likeness == 0
    # one heard word among five expected
    assert list(match("fɛlO", "ændsOmIfɛlO").places) == [7, 8, 9, 10]


def test_a_long_row_of_phones_is_laid_side_by_side_in_a_band() -> None:
    rng = np.random.default_rng(3)
    expected = "".join(rng.choice(list("æbdɛfɡhIkl"), 4000))
    heard = "".join(c for c in expected if rng.random() > 0.1)
    found = match(heard, expected)
    assert found.likeness > 0.85
    assert (np.diff(found.places) >= 0).all()


def test_nothing_is_printed_and_nothing_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, numpy as np\n"
        "from talkinghead.speech.alignment.recording_alignment import hear\n"
        "assert 'pocketsphinx' not in sys.modules and 'onnxruntime' not in sys.modules\n"
        "from talkinghead.av.sound import read_sound; from pathlib import Path\n"
        f"hear(read_sound(Path({str(JFK)!r})), 'And so, my fellow Americans, ask not')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
