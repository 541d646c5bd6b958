"""A worker asks the process that runs it, and always gets an answer."""

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from talkinghead.catalogue import DraftInput
from talkinghead.core.store import open_store
from talkinghead.core.workers.budget import EXPORT
from talkinghead.jobs.renderer import RenderedVideo, RenderRequest
from talkinghead.jobs.worker_renderer import NO_ANSWER, Answers, WorkerRenderer

ASKING = """
import json
from talkinghead.core.workers.protocol import leave, serve

def work(order, events):
    events.progress(0.5, "before")
    answers = [events.ask({"number": number}) for number in range(3)]
    open(order["out"], "w").write(json.dumps(answers))
    return {}

leave(serve(dict, work, lambda order: None, "a fault of the studio"))
"""


class Asked(WorkerRenderer):
    """Runs a worker that asks three questions."""

    work = EXPORT

    def __init__(self, folder: Path, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        super().__init__(open_store(folder.as_uri()), (sys.executable, "-c", ASKING))
        self._answer = answer

    def answers(self, request: RenderRequest) -> Answers:
        async def answer(question: dict[str, Any]) -> dict[str, Any]:
            return self._answer(question)

        return answer

    def order(self, request: RenderRequest) -> dict[str, Any]:
        return {"out": str(self.finished(request))}

    def finished(self, request: RenderRequest) -> Path:
        return request.folder / "answers.json"

    async def fetch(self, request: RenderRequest, request_id: str) -> RenderedVideo:
        raise NotImplementedError


def doubled(question: dict[str, Any]) -> dict[str, Any]:
    return {"double": 2 * question["number"], "long": "x" * 100_000}


def broken(question: dict[str, Any]) -> dict[str, Any]:
    raise RuntimeError


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (doubled, [{"double": each, "long": "x" * 100_000} for each in (0, 2, 4)]),
        (broken, [NO_ANSWER] * 3),
    ],
)
def test_each_question_has_its_answer(
    tmp_path: Path, answer: Callable[[dict[str, Any]], dict[str, Any]], expected: list[Any]
) -> None:
    renderer = Asked(tmp_path, answer)
    given = DraftInput(image_url="", script_text="x")
    request = RenderRequest("a" * 32, "local", given, tmp_path)

    async def lines() -> list[str]:
        seen = [each async for each in renderer.watch(request, request.job_id)]
        return [line for each in seen for line in each.lines]

    assert asyncio.run(lines()) == ["before"]
    assert json.loads(renderer.finished(request).read_bytes()) == expected
