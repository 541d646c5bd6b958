"""The renderer of speeches over a small worker: what it waits for, and what it is given."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from talkinghead.catalogue.speech import KnownSentence, ScriptSentence, SpokenScriptInput
from talkinghead.core.errors import RenderCancelled, RenderFailed, RenderRefused
from talkinghead.core.store import Store, open_store
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.renderer import Progress, RenderRequest
from talkinghead.speech.renderer import SpeechRenderer
from tests.jobs.made import a_job

WORKER = (sys.executable, str(Path(__file__).with_name("stand_in_assembler.py")))
RACHEL = "fal-ai/elevenlabs/tts/turbo-v2.5:Rachel"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store((tmp_path / "media").as_uri())


def request_for(folder: Path, *texts: str, voice: str = RACHEL, **changes: Any) -> RenderRequest:
    sentences = tuple(
        ScriptSentence(text=text, said=text, pause_after=0.3, fingerprint=text) for text in texts
    )
    given = SpokenScriptInput(
        script=" ".join(texts), voice=voice, language="en", lead=0.2, sentences=sentences,
        fingerprint="all", **changes,
    )  # fmt: skip
    (folder / "job").mkdir(exist_ok=True)
    return RenderRequest("a" * 32, "local", given, folder / "job")


def known_in(store: Store, *texts: str) -> Callable[[str, Sequence[str]], dict[str, KnownSentence]]:
    """Sentences that were spoken before."""
    there = {
        text: KnownSentence(
            store.put("local", text.encode(), ".mp3"), Decimal(1), ((text, 0.1, 0.9),)
        )
        for text in texts
    }
    return lambda workspace, asked: {each: there[each] for each in asked if each in there}


def no_jobs(job_ids: Sequence[str]) -> list[Job]:
    return []


async def left_of(changes: AsyncIterator[Progress]) -> list[Progress]:
    return [progress async for progress in changes]


async def watched(renderer: SpeechRenderer, request: RenderRequest) -> list[Progress]:
    return await left_of(renderer.watch(request, request.job_id))


async def made(renderer: SpeechRenderer, request: RenderRequest) -> dict[str, Any]:
    await watched(renderer, request)
    order: dict[str, Any] = (await renderer.fetch(request, request.job_id)).facts["order"]
    return order


def test_a_bought_voices_sentences_are_given_as_they_were_bought(
    store: Store, tmp_path: Path
) -> None:
    renderer = SpeechRenderer(store, known_in(store, "One.", "Two."), no_jobs, WORKER)
    order = asyncio.run(made(renderer, request_for(tmp_path, "One.", "Two.")))
    assert order["voice"] is None
    assert [Path(each["file"]).read_bytes() for each in order["sentences"]] == [b"One.", b"Two."]
    assert order["sentences"][1]["words"] == [["Two.", 0.1, 0.9]]


def test_a_local_voice_says_only_what_is_new(store: Store, tmp_path: Path) -> None:
    renderer = SpeechRenderer(store, known_in(store, "One."), no_jobs, WORKER)
    request = request_for(tmp_path, "One.", "Two.", voice="bf_emma")
    order = asyncio.run(made(renderer, request))
    assert (order["voice"], [bool(each["file"]) for each in order["sentences"]]) == (
        "bf_emma",
        [True, False],
    )


def test_a_bought_sentence_that_is_lost_is_said_so(store: Store, tmp_path: Path) -> None:
    renderer = SpeechRenderer(store, known_in(store, "One."), no_jobs, WORKER)
    with pytest.raises(RenderRefused, match="only what's missing"):
        asyncio.run(renderer.prepare(request_for(tmp_path, "One.", "Two.")))


def test_it_waits_as_long_as_anybody_has_to_decide(store: Store, tmp_path: Path) -> None:
    states = [JobState.UNCONFIRMED, JobState.WAITING, JobState.RENDERING, JobState.DONE]

    def jobs(job_ids: Sequence[str]) -> list[Job]:
        assert job_ids == ("b",)
        state = states.pop(0) if len(states) > 1 else states[0]
        return [a_job("local", state=state, fingerprint="One.")]

    renderer = SpeechRenderer(store, known_in(store, "One."), jobs, WORKER)
    seen = asyncio.run(watched(renderer, request_for(tmp_path, "One.", awaited=("b",))))
    assert states == [JobState.DONE]
    assert (tmp_path / "job" / "speech.json").exists()
    fractions = [progress.fraction or 0.0 for progress in seen]
    assert fractions == sorted(fractions)


def test_a_sentence_that_failed_is_named_by_its_place_here(store: Store, tmp_path: Path) -> None:
    def jobs(job_ids: Sequence[str]) -> list[Job]:
        failed = a_job("local", state=JobState.FAILED, fingerprint="Two.", problem="Too loud.")
        return [failed.replace(place=7)]

    renderer = SpeechRenderer(store, known_in(store, "One."), jobs, WORKER)
    with pytest.raises(RenderFailed, match=r"Sentence 2 .*Too loud\."):
        asyncio.run(watched(renderer, request_for(tmp_path, "One.", "Two.", awaited=("b",))))


def test_a_speech_that_waits_its_turn_stops_at_once(store: Store, tmp_path: Path) -> None:
    async def both() -> None:
        renderer = SpeechRenderer(store, known_in(store), no_jobs, WORKER)
        slow = request_for(tmp_path, "Slowly.", voice="af_heart")
        under_way = renderer.watch(slow, slow.job_id)
        assert (await anext(under_way)).fraction == 0.5
        first = asyncio.create_task(left_of(under_way))
        second = RenderRequest("c" * 32, "local", slow.input, slow.folder)
        waiting = asyncio.create_task(watched(renderer, second))
        await asyncio.sleep(0)  # it asks for its turn
        for request, task in ((second, waiting), (slow, first)):
            await renderer.cancel(request, request.job_id)
            with pytest.raises(RenderCancelled):
                await asyncio.wait_for(task, 10)

    asyncio.run(both())
