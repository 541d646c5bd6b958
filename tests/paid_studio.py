"""A studio that renders on the test fal through the real client, and people who order there."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from talkinghead import Settings, Studio, Workspace, open_studio
from talkinghead.av.sound import Sound, read_sound, sound_bytes
from talkinghead.catalogue import ModelInput, SpeechLength
from talkinghead.jobs.job import Job
from tests.databases import with_journal
from tests.fal_server.server import FalServer
from tests.jobs.studios import small_drafts
from tests.orders import order_render, quote_render
from tests.smallest_input import smallest_input

ROOT = Path(__file__).parents[1]
PORTRAIT = ROOT / "components/portraits/samples/lady-agnew.jpg"
SPEECH = ROOT / "tests/data/speech/jfk.flac"
SPOKEN = SpeechLength(Decimal("1.5"), "script")
HURRIED: Mapping[str, Any] = {
    "patience": 1.5,
    "pauses": (0.05, 0.1, 0.2, 0.2),
    "answer_seconds": 2.0,
    "quick": 0.08,
}
"""A renderer that waits for nothing longer than a test should."""


def reset(fal: FalServer) -> FalServer:
    """Return the server as every test should find it: without requests, with frequent log lines."""
    fal.reset()
    fal.options.restore()
    fal.options.log_interval = 0.05
    return fal


def hosted(folder: Path, fal: FalServer, **changes: object) -> Settings:
    """A public app on this fal, whose operator gave no key."""
    values = {"data_dir": folder, "single_user": False, "database_url": None, "media_url": None}
    values |= {"fal_key": None, "fal_proxy_url": fal.url, **changes}
    return Settings.model_validate(values)


def opened(settings: Settings) -> Studio:
    """Its studio, which waits for nothing longer than a test should."""
    if settings.database_url is None:
        with_journal(settings.data_dir)
    return open_studio(settings, small_drafts, HURRIED)


@cache
def small_portrait() -> bytes:
    """A face in a picture of few bytes, large enough in it to be found at first sight."""
    with Image.open(PORTRAIT) as picture:
        small = picture.convert("RGB").crop((190, 8, 446, 264))
    data = io.BytesIO()
    small.save(data, "JPEG")
    return data.getvalue()


@cache
def short_speech(seconds: float = 1.5) -> bytes:
    """The first words of a real recording."""
    sound = read_sound(SPEECH.read_bytes())
    return sound_bytes(Sound(sound.samples[: int(seconds * sound.rate)], sound.rate), ".wav")


@dataclass
class Person:
    """Somebody with a key of their own.

    Attributes:
        workspace: where they order, in a browser tab of their own.
        key: theirs.
        portrait, recording: of this workspace; where there is none, one is added.
    """

    workspace: Workspace
    key: str
    portrait: str = ""
    recording: str = ""

    def __post_init__(self) -> None:
        here = self.workspace
        if not self.portrait:
            self.portrait = here.portraits.add(small_portrait(), "portrait.jpg").reference
        if not self.recording:
            self.recording = here.recordings.add(short_speech(), "speech.wav").reference

    def input(self, model: type[ModelInput], words: str = "Hi.") -> ModelInput:
        """The shortest video that a model makes of this portrait."""
        return smallest_input(model, self.portrait, self.recording, words)

    def order(self, model: type[ModelInput], words: str = "Hi.") -> Job:
        """Click."""
        model_input = self.input(model, words)
        source: Any = "recording" if model_input.recording else "script"
        length = SpeechLength(Decimal("1.5"), source)
        quote = quote_render(self.workspace, model_input, length, another_take=True).quote
        return order_render(
            self.workspace, model_input, length, words, agreed=quote.dollars, another_take=True
        )

    def job(self, job: Job) -> Job:
        """Return its current state."""
        return self.workspace.jobs.find(job.id)


class PaidStudio:
    """A hosted studio without a key of its own: each person brings theirs.

    Args:
        folder: where it keeps everything.
        fal_url: for FAL_PROXY_URL.
        settings: further settings.
    """

    def __init__(self, folder: Path, fal_url: str, **settings: Any) -> None:
        self.folder = folder
        chosen = Settings(
            data_dir=with_journal(folder),
            database_url=None,
            media_url=None,
            fal_key=settings.pop("fal_key", None),
            fal_proxy_url=fal_url,
            single_user=False,
            **settings,
        )
        self.studio: Studio = open_studio(chosen, lambda store: {}, HURRIED)
        self._galleries: dict[int, tuple[str, Person]] = {}

    def person(self, key: str, gallery: int | None = None) -> Person:
        """Somebody who comes with this key, in a browser tab of their own.

        Args:
            key: theirs alone.
            gallery: those with the same number share a gallery, its portrait and its recording;
                None: they have one alone.
        """
        shared = None if gallery is None else self._galleries.get(gallery)
        token = shared[0] if shared else self.studio.new_token()
        workspace = self.studio.workspace(token)
        workspace.billing.enter_key(key)
        if shared:
            return Person(workspace, key, shared[1].portrait, shared[1].recording)
        person = Person(workspace, key)
        if gallery is not None:
            self._galleries[gallery] = token, person
        return person

    def close(self) -> None:
        """Stop."""
        self.studio.close()
