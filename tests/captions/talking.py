"""A short video of a face with real words under it, made once where several tests want it."""

from pathlib import Path

import numpy as np
from PIL import Image

from talkinghead.av.sound import Sound, read_sound
from talkinghead.av.video_writer import VideoWriter
from tests.captions.caption_samples import PORTRAIT

SPEECH = Path(__file__).parents[1] / "data" / "speech" / "jfk.flac"
FROM_SECOND, SECONDS = 8.0, 3.0
SAID = "ask what you can do for your country."


def talking_video(path: Path, width: int = 192, height: int = 108, fps: int = 5) -> Path:
    """A still face and three seconds of speech."""
    whole = read_sound(SPEECH)
    sound = Sound(whole.samples[int(FROM_SECOND * whole.rate) :], whole.rate)
    side = min(width, height)
    face = np.asarray(Image.open(PORTRAIT).convert("RGB").resize((side, side)))
    picture = np.full((height, width, 3), 90, np.uint8)
    left = (width - side) // 2
    picture[(height - side) // 2 :][:side, left : left + side] = face
    with VideoWriter(path, width, height, fps, sound) as writer:
        for _ in range(int(sound.seconds * fps)):
            writer.write(picture)
    return path
