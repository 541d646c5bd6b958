"""The sample portraits: public-domain paintings."""

import io
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from PIL import Image

from components.ui.choices import Choice
from components.ui.media import jpeg_address

SAMPLES = Path(__file__).parent / "samples"
_SHOWN = 300  # px


@dataclass(frozen=True)
class Sample:
    """A public-domain painting offered as a sample.

    Attributes:
        file: its name in the folder; without its ending, the id of its choice.
        title: the name of the portrait.
    """

    file: str
    title: str

    @property
    def id(self) -> str:
        """The id of its choice."""
        return self.file.removesuffix(".jpg")

    def read(self) -> bytes:
        """Return the painting's file."""
        return (SAMPLES / self.file).read_bytes()


PAINTINGS = (
    Sample("mona-lisa.jpg", "Mona Lisa"),
    Sample("girl-with-a-pearl-earring.jpg", "Pearl earring"),
    Sample("lady-agnew.jpg", "Lady Agnew"),
)


def sample_choice(sample: Sample) -> Choice:
    """Return the choice of a sample, with its picture."""
    return Choice(id=sample.id, name=sample.title, picture=_picture(sample.file))


@st.cache_data(show_spinner=False)
def _picture(file: str) -> str:
    """Return a painting's head, square, as a data URL."""
    with Image.open(SAMPLES / file) as painting:
        painting.draft("RGB", (_SHOWN, _SHOWN))  # decoded no larger than needed
        side = min(painting.size)
        left = (painting.width - side) // 2
        head = painting.convert("RGB").crop((left, 0, left + side, side))
    head.thumbnail((_SHOWN, _SHOWN))
    jpeg = io.BytesIO()
    head.save(jpeg, "JPEG", quality=88)
    return jpeg_address(jpeg.getvalue())
