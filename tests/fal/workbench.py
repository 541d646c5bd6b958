"""What the tests of the fal renderer share: inputs in a store, and a renderer on a real socket."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import SecretStr

from talkinghead.av.sound import read_sound, sound_bytes
from talkinghead.catalogue import BUILT_IN, FlashheadInput, ModelInput
from talkinghead.core.store import Store, open_store
from talkinghead.fal.renderer import FalRenderer
from talkinghead.fal.uploads import MemoryOfThisProcess, UploadMemory, account_of
from talkinghead.jobs.paying_keys import Payer
from talkinghead.jobs.renderer import Progress, RenderedVideo, RenderRequest
from tests.fal_server.server import FalServer
from tests.smallest_input import smallest_input

T = TypeVar("T")
KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
ROOT = Path(__file__).parents[2]
PORTRAIT = ROOT / "components/portraits/samples/mona-lisa.jpg"
SPEECH = ROOT / "tests/data/speech/jfk.flac"


class OneKey:
    """The `PayingKeys` of whoever has this key at the moment."""

    def __init__(self, key: Callable[[], SecretStr | None]) -> None:
        self._key = key

    def paying_key(self, payer: Payer) -> SecretStr | None:
        """The key."""
        return self._key()

    serving_key = paying_key

    def paying_account(self, payer: Payer) -> str | None:
        """Its fingerprint."""
        key = self._key()
        return account_of(key) if key else None

    def usable(self, payer: Payer) -> bool:
        """Whether it is there."""
        return self._key() is not None

    def missing(self, payer: Payer) -> str:
        """A sentence."""
        return "There is no key."

    def other_account(self, payer: Payer) -> str:
        """A sentence."""
        return "The key belongs to another account."

    def refuse(self, payer: Payer) -> None:
        """Nothing is remembered."""

    refuse_as_other_account = refuse


@dataclass
class Workbench:
    """A workspace with one portrait and one recording of two seconds."""

    fal: FalServer
    folder: Path
    key: SecretStr | None = field(default_factory=lambda: SecretStr(KEY))
    uploads: UploadMemory = field(default_factory=MemoryOfThisProcess)
    known: set[str] = field(default_factory=set)
    proxy_url: str | None = None

    def __post_init__(self) -> None:
        self.proxy_url = self.proxy_url or self.fal.url
        self.store: Store = open_store((self.folder / "media").as_uri())
        self.portrait = self.store.put("home", PORTRAIT.read_bytes(), ".jpg")
        sound = read_sound(SPEECH.read_bytes())
        short = type(sound)(sound.samples[: 2 * sound.rate], sound.rate)
        self.recording = self.store.put("home", sound_bytes(short, ".wav"), ".wav")

    def renderer(self, **options: Any) -> FalRenderer:
        """A renderer with little patience and quick polls."""
        options = {"patience": 0.5, "pauses": (0.02, 0.02, 0.02), "quick": 0.05, **options}
        return FalRenderer(
            self.store,
            OneKey(lambda: self.key),
            self.uploads,
            self.proxy_url,
            catalogue=BUILT_IN,
            is_known=self.known.__contains__,
            **options,
        )

    def request(
        self, model_input: ModelInput, job_id: str = "1" * 32, payer: Payer | None = None
    ) -> RenderRequest:
        """A render in a folder of its own."""
        folder = self.folder / job_id
        folder.mkdir(exist_ok=True)
        return RenderRequest(job_id, "home", model_input, folder, payer)

    def flashhead(self, text: str = "Hello there.") -> FlashheadInput:
        """The simplest input."""
        return FlashheadInput(image_url=self.portrait, text=text)

    def smallest(self, model: type[ModelInput]) -> ModelInput:
        """The smallest input of a model."""
        return smallest_input(model, self.portrait, self.recording, "Hello.")

    def run(self, work: Callable[[FalRenderer], Awaitable[T]], **options: Any) -> T:
        """Do something with a renderer on an event loop of its own, and close it."""

        async def whole() -> T:
            renderer = self.renderer(**options)
            try:
                return await work(renderer)
            finally:
                await renderer.close()

        return asyncio.run(whole())

    def submitted(self, model_input: ModelInput) -> str:
        """A request id of these inputs."""
        request = self.request(model_input)

        async def work(renderer: FalRenderer) -> str:
            return await renderer.submit(request, await renderer.prepare(request))

        return self.run(work)

    def rendered(self, model_input: ModelInput, **options: Any) -> RenderedVideo:
        """The whole way of one video."""
        return self.run(lambda renderer: self.whole_way(renderer, model_input), **options)

    async def whole_way(self, renderer: FalRenderer, model_input: ModelInput) -> RenderedVideo:
        """Prepare, submit, watch, fetch."""
        request = self.request(model_input)
        request_id = await renderer.submit(request, await renderer.prepare(request))
        await watched(renderer, request, request_id)
        return await renderer.fetch(request, request_id)


async def watched(
    renderer: FalRenderer, request: RenderRequest, request_id: str, **options: Any
) -> list[Progress]:
    """Return all progress that a watch reported."""
    return [each async for each in renderer.watch(request, request_id, **options)]


def posts(bench: Workbench) -> int:
    """How many orders arrived."""
    return sum(v.method == "POST" and "queue.fal.run" in v.url for v in bench.fal.visits)


def uploads(bench: Workbench) -> int:
    """How many files arrived."""
    return sum(v.method == "POST" and v.url.endswith("/files/upload") for v in bench.fal.visits)
