"""What the uploader of recordings takes: everything that the core reads under a usual ending."""

from io import BytesIO

import av
import numpy as np
import pytest

from components.speech.recording_picker import OTHERS, SOUND_TYPES
from talkinghead.av.sound import read_sound

RATE = 48_000
WRITTEN = {
    "aif": ("aiff", "pcm_s16be"),
    "aiff": ("aiff", "pcm_s16be"),
    "caf": ("caf", "pcm_s16be"),
    "m4b": ("ipod", "aac"),
    "m4v": ("mp4", "aac"),
    "mkv": ("matroska", "aac"),
    "mpga": ("mp3", "libmp3lame"),
    "oga": ("ogg", "libopus"),
    "wma": ("asf", "libmp3lame"),
    "avi": ("avi", "mp2"),
    "3gp": ("3gp", "aac"),
    "mpg": ("mpeg", "mp2"),
}
"""By ending: a container and a codec that this FFmpeg writes."""


@pytest.mark.parametrize("ending", WRITTEN)
def test_a_recording_with_this_ending_can_be_chosen_and_is_read(ending: str) -> None:
    assert ending in SOUND_TYPES
    sound = read_sound(recording(*WRITTEN[ending]))
    assert sound.seconds == pytest.approx(1, abs=0.15)
    assert float(np.abs(sound.samples).max()) > 0.1


def test_what_it_does_not_take_is_said() -> None:
    assert "MIDI" in OTHERS
    assert not {"mid", "midi", "m3u", "pls"} & set(SOUND_TYPES)


def recording(container: str, codec: str) -> bytes:
    """A second of a tone."""
    file = BytesIO()
    tone = np.sin(2 * np.pi * 220 * np.arange(RATE) / RATE)
    frame = av.AudioFrame.from_ndarray(
        (tone * 12_000).astype(np.int16)[None], format="s16", layout="mono"
    )
    frame.sample_rate = RATE
    with av.open(file, "w", format=container) as out:
        stream = out.add_stream(codec, rate=RATE)
        assert isinstance(stream, av.AudioStream)
        sample_format = stream.codec_context.format
        resampler = av.AudioResampler(
            format=sample_format.name if sample_format else "s16", layout="mono", rate=RATE
        )
        for part in resampler.resample(frame):
            out.mux(stream.encode(part))
        out.mux(stream.encode(None))
    return file.getvalue()
