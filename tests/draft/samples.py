"""The sample pictures and the recording that the draft's tests share."""

from functools import cache
from pathlib import Path

from PIL import Image

from talkinghead.av.sound import Sound, read_sound, write_sound
from talkinghead.catalogue.base import Geometry
from talkinghead.draft.animator import Animator
from talkinghead.draft.portrait_fit import fit_portrait

ROOT = Path(__file__).parents[2]
MONA_LISA = ROOT / "components" / "portraits" / "samples" / "mona-lisa.jpg"
PEARL = ROOT / "components" / "portraits" / "samples" / "girl-with-a-pearl-earring.jpg"
AGNEW = ROOT / "components" / "portraits" / "samples" / "lady-agnew.jpg"
ASTRONAUT = ROOT / "tests" / "data" / "portraits" / "astronaut.png"
PORTRAITS = (MONA_LISA, PEARL, AGNEW, ASTRONAUT)
SPEECH = ROOT / "tests" / "data" / "speech" / "jfk.flac"


def picture(path: Path) -> Image.Image:
    """Upright RGB."""
    return Image.open(path).convert("RGB")


def animated(image: Image.Image, width: int = 256, height: int = 256) -> Animator:
    """The animator of a picture in a video of this size."""
    portrait = fit_portrait(image, Geometry(width, height))
    return Animator(portrait.image, portrait.landmarks)


@cache
def animator(path: Path, width: int = 256, height: int = 256) -> Animator:
    """The animator of a sample in a video of this size."""
    return animated(picture(path), width, height)


def short_recording(folder: Path, seconds: float = 2.0) -> Path:
    """The beginning of the recording, as a file."""
    sound = read_sound(SPEECH)
    path = folder / "recording.wav"
    write_sound(Sound(sound.samples[: round(seconds * sound.rate)], sound.rate), path)
    return path
