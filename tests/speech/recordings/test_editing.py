"""A recording made ready."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from talkinghead.av.loudness import loudness
from talkinghead.av.sound import Sound, read_sound
from talkinghead.core.errors import InvalidRecording
from talkinghead.speech.recordings.editing import edit_recording, loudness_columns
from talkinghead.speech.recordings.values import RecordingEdit
from talkinghead.speech.recordings.waveform import HEIGHT, Loudness, draw_waveform

SPEECH = Path(__file__).parents[2] / "data" / "speech" / "jfk.flac"
AS_IT_IS = RecordingEdit(level=False)


@pytest.fixture(scope="module")
def speech() -> Sound:
    return read_sound(SPEECH)


def with_pause(seconds: float) -> Sound:
    """Two tones with a pause between them, over the faint noise of a room."""
    rate = 16_000
    time = np.arange(rate) / rate
    beep = 0.4 * np.sin(2 * np.pi * 300 * time)
    samples = np.concatenate([beep, np.zeros(round(seconds * rate)), beep])
    samples += np.random.default_rng(0).normal(0, 0.0005, len(samples))
    return Sound(samples.astype(np.float32), rate)


def test_without_an_edit_a_recording_stays_as_it_is(speech: Sound) -> None:
    assert np.array_equal(edit_recording(speech, AS_IT_IS).samples, speech.samples)


def test_trimming_keeps_exactly_the_chosen_part(speech: Sound) -> None:
    edited = edit_recording(speech, RecordingEdit(start=2.0, end=5.5, level=False))
    assert np.array_equal(edited.samples, speech.samples[88_200:242_550])


def test_an_end_behind_the_recording_means_its_own_end(speech: Sound) -> None:
    edited = edit_recording(speech, RecordingEdit(start=10.0, end=99.0, level=False))
    assert edited.seconds == pytest.approx(1.0, abs=0.01)


def test_a_long_pause_is_shortened_to_a_breath() -> None:
    edited = edit_recording(with_pause(3.0), RecordingEdit(cut_silence=True, level=False))
    assert edited.seconds == pytest.approx(2.2, abs=0.06)


def test_a_short_pause_stays() -> None:
    edited = edit_recording(with_pause(0.4), RecordingEdit(cut_silence=True, level=False))
    assert edited.seconds == pytest.approx(2.4, abs=0.06)


def test_no_word_is_lost_when_pauses_are_cut(speech: Sound) -> None:
    edited = edit_recording(speech, RecordingEdit(cut_silence=True, level=False))
    loud = 0.1
    assert edited.seconds < speech.seconds - 1
    assert (np.abs(edited.samples) > loud).sum() == pytest.approx(
        (np.abs(speech.samples) > loud).sum(), rel=0.01
    )


def test_a_quiet_recording_keeps_its_detail_when_pauses_are_cut(speech: Sound) -> None:
    cut = RecordingEdit(cut_silence=True, level=False)
    quiet = Sound(speech.samples * np.float32(0.01), speech.rate)
    from_quiet, from_loud = edit_recording(quiet, cut), edit_recording(speech, cut)
    assert np.allclose(from_quiet.samples * 100, from_loud.samples, atol=1e-4)


def test_the_loudness_is_levelled_by_default(speech: Sound) -> None:
    assert loudness(edit_recording(speech, RecordingEdit())) == pytest.approx(-16, abs=0.5)


@pytest.mark.parametrize(
    "edit",
    [
        RecordingEdit(start=5.0, end=5.1),
        RecordingEdit(start=7.0, end=3.0),
        RecordingEdit(start=99.0),
        RecordingEdit(end=-1.0),
    ],
)
def test_an_edit_that_leaves_nothing_is_refused(speech: Sound, edit: RecordingEdit) -> None:
    with pytest.raises(InvalidRecording, match="Nothing is left"):
        edit_recording(speech, edit)


def test_a_silent_part_is_refused() -> None:
    sound = Sound(np.concatenate([np.zeros(16_000), np.ones(99)]).astype(np.float32), 16_000)
    with pytest.raises(InvalidRecording, match="Nothing is left"):
        edit_recording(sound, RecordingEdit(end=0.9, cut_silence=True))


def drawn(sound: Sound, columns: int, colour: str = "#7f7bf0") -> Image.Image:
    peaks, means = loudness_columns(sound, columns)
    return draw_waveform(Loudness(peaks.tolist(), means.tolist()), colour)


def test_the_waveform_is_drawn_where_the_sound_is() -> None:
    picture = drawn(with_pause(1.0), 300)
    opacity = np.asarray(picture.getchannel("A"))
    assert (picture.mode, picture.size) == ("RGBA", (300, HEIGHT))
    assert (opacity[:, 50] > 0).sum() > 0.9 * HEIGHT
    assert (opacity[:, 150] > 0).sum() <= 2
    assert (opacity[16] == 0).any()


def test_the_waveform_has_the_colour_that_is_asked_for(speech: Sound) -> None:
    pixel = drawn(speech, 50, colour="#ff0000").getpixel((25, HEIGHT // 2))
    assert isinstance(pixel, tuple)
    assert pixel[:3] == (255, 0, 0)


def test_a_waveform_wider_than_the_sound_has_samples_is_drawn() -> None:
    few = Sound(np.full(20, 0.5, np.float32), 8000)
    assert drawn(few, 100).size == (100, HEIGHT)
