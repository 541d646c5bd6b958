"""The end of a request at fal: its result or error, and the downloaded file."""

import asyncio
import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from talkinghead.core.errors import (
    InvalidAddress,
    KeyRejected,
    ProviderUnreachable,
    RenderCancelled,
    RenderError,
    RenderFailed,
)
from talkinghead.core.web.bounded import TooLarge
from talkinghead.fal.client import FalClient
from talkinghead.fal.download import (
    Check,
    Downloads,
    Gone,
    Incomplete,
    check_sound,
    check_whole,
    file_of,
)
from talkinghead.fal.errors import Problem, is_final, problem_named, problem_of
from talkinghead.fal.messages import (
    FORGOTTEN,
    KEY_REFUSED,
    NO_SOUND,
    NO_VIDEO,
    NOT_SAVED_FROM,
    RESULT_NOT_READ,
    SOUND_BROKEN,
    SOUND_GONE,
    SOUND_TOO_LARGE,
    VIDEO_BROKEN,
    VIDEO_GONE,
    VIDEO_TOO_LARGE,
)
from talkinghead.fal.network import Network
from talkinghead.fal.result_limits import LARGEST_FACTS, is_within_depth, limit_of
from talkinghead.fal.transport import NETWORK_ERRORS, Answer, Unreachable
from talkinghead.fal.watch import Missing, RunStatus, Trouble
from talkinghead.jobs.renderer import RenderedVideo, RenderRequest

PAUSES = (0.3, 1.0, 2.0, 4.0, 5.0, 5.0)
"""Seconds between the attempts to read a result."""
LARGEST_SEED = 2**63 - 1  # that a database keeps
MISSING_ANSWERS = 3
"""So many 404 in a row mean that a result is gone."""


@dataclass(frozen=True)
class Wanted:
    """The kind of output that a request makes.

    Attributes:
        name: the output's field.
        suffixes: that its file may have; the first if the URL has none.
        check: whether the file is whole.
        missing, gone, broken, too_large: what a person reads.
    """

    name: str
    suffixes: tuple[str, ...]
    check: Check
    missing: str
    gone: str
    broken: str
    too_large: str

    def suffix(self, url: str) -> str:
        """Return the suffix of the file at this URL."""
        suffix = PurePosixPath(urlsplit(url).path).suffix.lower()
        return suffix if suffix in self.suffixes else self.suffixes[0]


VIDEO = Wanted("video", (".mp4",), check_whole, NO_VIDEO, VIDEO_GONE, VIDEO_BROKEN, VIDEO_TOO_LARGE)
SOUND = Wanted(
    "audio",
    (".mp3", ".wav", ".flac", ".m4a"),
    check_sound,
    NO_SOUND,
    SOUND_GONE,
    SOUND_BROKEN,
    SOUND_TOO_LARGE,
)


class ModelRefused(RenderFailed):
    """An error of the model, with fal's name for it in `type`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text, field=problem.field, charged=problem.charged)
        self.type = problem.type


class Results:
    """Reads results and downloads outputs; free and repeatable at any time.

    Args:
        network: the connections.
        pauses: seconds between attempts.
    """

    def __init__(self, network: Network, pauses: tuple[float, ...] = PAUSES) -> None:
        self._network = network
        self._pauses = pauses
        self.downloads = Downloads(network, pauses[:5])

    async def video(
        self, client: FalClient, request: RenderRequest, request_id: str
    ) -> RenderedVideo:
        """Download the finished video to the job's folder.

        Raises:
            RenderFailed: there is none; `charged` says whether one was paid for.
            ProviderUnreachable: it may still be had later.
            KeyRejected: the key is not accepted any more.
        """
        return await self._made(client, request, request_id, VIDEO)

    async def sound(
        self, client: FalClient, request: RenderRequest, request_id: str
    ) -> RenderedVideo:
        """Download the finished sound of a voice, with its metadata; raises as `video`."""
        return await self._made(client, request, request_id, SOUND)

    async def _made(
        self, client: FalClient, request: RenderRequest, request_id: str, wanted: Wanted
    ) -> RenderedVideo:
        answer = await self._result(client, request, request_id, wanted)
        output = _readable(answer)
        file = file_of(output, wanted.name)
        if file is None:
            raise RenderFailed(wanted.missing, charged=_billed(answer))
        path = request.folder / f"{wanted.name}{wanted.suffix(file[0])}"
        try:
            await self.downloads.save(*file, path, limit_of(request), wanted.check)
        except InvalidAddress:
            raise RenderFailed(
                f"{NOT_SAVED_FROM}{_bill(answer)}", charged=_billed(answer)
            ) from None
        except TooLarge as error:
            text = wanted.too_large.format(megabytes=error.most // 10**6)
            raise RenderFailed(f"{text}{_bill(answer)}", charged=_billed(answer)) from None
        except Gone:
            raise RenderFailed(wanted.gone, charged=True) from None
        except Incomplete:
            raise ProviderUnreachable(wanted.broken, charged=True) from None
        return RenderedVideo(
            path,
            _seed(output),
            answer.billed.amount,
            _facts(output, wanted),
            answer.billed.unusable,
        )

    async def failure(
        self, client: FalClient, request: RenderRequest, request_id: str, status: RunStatus
    ) -> RenderError:
        """Return why a completed request made no video, from its result or its status."""
        model = type(request.input)
        problem = problem_named(status.error_type, status.error, model)
        try:
            answer = await self._ask(client, request, request_id)
            if answer.status >= 400 and answer.status not in (401, 404) and is_final(answer):
                problem = problem_of(answer, model)
        except Unreachable:
            pass  # the status says enough
        if problem.type == "client_cancelled":
            return RenderCancelled("The render was canceled at fal.ai.", charged=None)
        return ModelRefused(problem)

    async def _result(
        self, client: FalClient, request: RenderRequest, request_id: str, wanted: Wanted
    ) -> Answer:
        """Return the model's successful answer; one without a file only after asking again."""
        statuses: list[int] = []
        for pause in (*self._pauses, None):
            try:
                answer = await self._ask(client, request, request_id)
                if answer.status == 200 and (pause is None or self._has_file(answer, wanted)):
                    return answer
                statuses.append(answer.status)
                await self._raise_if_final(client, request, request_id, answer)
            except Unreachable:
                statuses.append(0)
            if statuses[-MISSING_ANSWERS:] == [404] * MISSING_ANSWERS:
                raise RenderFailed(FORGOTTEN, charged=None)
            if pause is not None:
                await asyncio.sleep(pause)
        if statuses[-1] == 401:
            raise KeyRejected(KEY_REFUSED, charged=None)
        raise ProviderUnreachable(RESULT_NOT_READ, charged=None)

    def _has_file(self, answer: Answer, wanted: Wanted) -> bool:
        """Whether an answer names a file that may be downloaded."""
        file = file_of(_readable(answer), wanted.name)
        return file is not None and self.downloads.allows(file[0])

    async def _raise_if_final(
        self, client: FalClient, request: RenderRequest, request_id: str, answer: Answer
    ) -> None:
        if answer.status == 422:
            raise ModelRefused(problem_of(answer, type(request.input)))
        if answer.status < 400 or answer.status in (401, 404):
            return
        # The answer may be the model's or transient: the status decides.
        try:
            status = await client.run_status(request.input.endpoint_id, request_id)
        except (Missing, Trouble):
            return
        if status.state == "completed" and (status.error or status.error_type):
            raise await self.failure(client, request, request_id, status)

    async def _ask(self, client: FalClient, request: RenderRequest, request_id: str) -> Answer:
        handle = client.handle(request.input.endpoint_id, request_id)
        try:
            return Answer.of(await client.http.get(handle.response_url))
        except NETWORK_ERRORS as error:
            raise Unreachable(type(error).__name__) from error


def _readable(answer: Answer) -> Any:
    """Return the output in an answer, or None where it is nested as no model's is."""
    output = answer.json()
    return output if is_within_depth(output) else None


def _facts(output: dict[str, Any], wanted: Wanted) -> dict[str, Any]:
    """Return what else the output says; nothing where that is too much to keep."""
    facts = {name: value for name, value in output.items() if name not in (wanted.name, "seed")}
    return facts if len(json.dumps(facts)) <= LARGEST_FACTS else {}


def _billed(answer: Answer) -> bool | None:
    units = answer.billed.amount
    return None if units is None else units > 0


def _bill(answer: Answer) -> str:
    """Return a sentence on what fal says it billed."""
    units = answer.billed.amount
    if units is None:
        return " Check your fal.ai dashboard for what it cost."
    return f" fal.ai billed {units:f} units for it." if units else " You weren't charged."


def _seed(output: dict[str, Any]) -> int | None:
    seed = output.get("seed")
    return seed if isinstance(seed, int) and abs(seed) <= LARGEST_SEED else None
