"""Renderer of videos and bought speech on fal.ai.

`submit`, `watch` and `fetch` are fal's `subscribe` taken apart, so that each part is durable: the
request id is on record before anything else is done with it, watching and fetching can begin again
after a crash, and nothing that pays is ever sent twice.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import SecretStr

from talkinghead.catalogue import Catalogue
from talkinghead.catalogue.voices.base import SpeechModelInput
from talkinghead.core.errors import (
    KeyNeeded,
    KeyRejected,
    OtherAccount,
    ProviderUnreachable,
    RenderCancelled,
    RenderFailed,
    StudioError,
)
from talkinghead.core.store import Store
from talkinghead.fal.client import FalClient, open_network
from talkinghead.fal.errors import STALE_UPLOAD_TYPES
from talkinghead.fal.messages import FORGOTTEN, KEY_REFUSED, STOP_ANSWERS, STOPPED_AT_FAL
from talkinghead.fal.platform import FalPlatform
from talkinghead.fal.preparation import Preparation
from talkinghead.fal.privacy.output_expiry import BY_ACCOUNT, OutputExpiry
from talkinghead.fal.result import PAUSES, ModelRefused, Results
from talkinghead.fal.uploads import UploadMemory, Uploads, account_of, is_of_other_key
from talkinghead.fal.watch import (
    QUICK,
    Forbidden,
    KeyRefused,
    LogLines,
    Missing,
    Pace,
    RunStatus,
    Trouble,
    follow,
)
from talkinghead.jobs.paying_keys import PayingKeys
from talkinghead.jobs.renderer import (
    CancelAnswer,
    Progress,
    RenderedVideo,
    RenderRequest,
    Said,
    as_written,
)

LISTED = timedelta(hours=24)
"""The age up to which a lost request is looked for."""


class FalRenderer:
    """The `Renderer` on fal.ai; all of it runs on one event loop, that of its first use.

    Args:
        store: the file store with the inputs.
        keys: the keys of those who pay; `PROXY_HOLDS_KEY` where the proxy has one.
        uploads: remembers what was uploaded.
        proxy_url: where every request to fal goes instead, or None.
        catalogue: the models that files are uploaded for ahead.
        is_known: whether a request id is on record as some job's already.
        usual_seconds: how long a render of a model usually takes, or None.
        expiry: how long fal keeps what was made.
        said: how a script is said by a model's own voice.
        patience: seconds for which fal may not know a request that was accepted.
        pauses: seconds between attempts to read a result.
        answer_seconds: how long an answer is waited for.
        quick: seconds between two polls while something happens.
    """

    def __init__(
        self,
        store: Store,
        keys: PayingKeys,
        uploads: UploadMemory,
        proxy_url: str | None = None,
        *,
        catalogue: Catalogue,
        is_known: Callable[[str], bool] = lambda request_id: False,
        usual_seconds: Callable[[str], float | None] = lambda endpoint_id: None,
        expiry: OutputExpiry = BY_ACCOUNT,
        said: Said = as_written,
        patience: float = 120,
        pauses: tuple[float, ...] = PAUSES,
        answer_seconds: float = 60,
        quick: float = QUICK,
    ) -> None:
        self._keys = keys
        self._is_known = is_known
        self._usual_seconds = usual_seconds
        self._expiry = expiry
        self._patience = patience
        self._answer_seconds = answer_seconds
        self._quick = quick
        self.network = open_network(proxy_url, answer_seconds)
        self._clients: dict[str, FalClient] = {}
        self._results = Results(self.network, pauses)
        known = Uploads(uploads, self._results.downloads.is_gone)
        self._preparation = Preparation(store, known, self._client_for, catalogue, said)
        self._stopped: set[str] = set()
        self._watching = 0
        self.platform = FalPlatform(self.network)

    async def close(self) -> None:
        """Close every connection."""
        await self.network.close()

    async def prefetch(
        self, key: SecretStr, workspace: str, reference: str, endpoint_id: str
    ) -> bool:
        """Upload a portrait or recording ahead of the order; returns whether it is at fal now.
        Never raises a StudioError."""
        try:
            await self._preparation.ahead(workspace, key, reference, endpoint_id)
        except StudioError:
            return False
        return True

    async def prepare(self, request: RenderRequest) -> dict[str, Any]:
        """Return the arguments to send; portrait and speech are converted and uploaded in parallel.

        Raises:
            RenderRefused: an input cannot be used, or the key is not accepted.
            ProviderUnreachable, KeyNeeded: nothing could be uploaded at the moment.
        """
        key = self._paying_key(request)
        arguments = await self._preparation.arguments(request.workspace, key, request.input)
        await self._expiry.note(request.job_id, account_of(key))
        return arguments

    async def submit(self, request: RenderRequest, arguments: dict[str, Any]) -> str:
        """Submit the order, once, and return fal's request id. The only step that pays.

        Raises:
            RenderRefused, ProviderUnreachable, KeyNeeded: nothing was paid.
            SubmitUnconfirmed: no clear answer came; it may have been paid.
        """
        client = self._client_for(self._paying_key(request))
        return await client.order(request.input, arguments, self._expiry.kept)

    async def watch(
        self,
        request: RenderRequest,
        request_id: str,
        *,
        seen: Sequence[str] = (),
        cancel_requested: bool = False,
    ) -> AsyncGenerator[Progress, None]:
        """Yield each change until the request is complete; a failing network never ends it. Log
        lines that were seen before are not reported again.

        Raises:
            RenderFailed, RenderCancelled: how it ended without a video.
            KeyNeeded: there is no key, it is not accepted any more, or it is another account's.
        """
        client = await self._client(request, request_id)
        endpoint_id = request.input.endpoint_id

        async def poll() -> RunStatus:
            return await client.run_status(endpoint_id, request_id)

        pace = Pace(self._usual_seconds(endpoint_id), self._quick)
        self._watching += 1
        try:
            changes = follow(poll, LogLines(seen), pace, lambda: self._watching, self._patience)
            async for change in changes:
                if isinstance(change, Progress):
                    yield change
                else:
                    await self._raise_if_failed(client, request, request_id, change)
        except KeyRefused:
            raise KeyRejected(KEY_REFUSED, charged=None) from None
        except Missing:
            if cancel_requested or request_id in self._stopped:
                raise self._cancelled(request_id) from None
            raise RenderFailed(FORGOTTEN, charged=None) from None
        finally:
            self._watching -= 1

    async def fetch(self, request: RenderRequest, request_id: str) -> RenderedVideo:
        """Download the finished video or sound to the job's folder. Free and repeatable.

        Raises:
            RenderFailed: it ended without a video, or the video cannot be had any more.
            ProviderUnreachable, KeyNeeded, StorageFailed: it cannot be had at the moment.
        """
        client = await self._client(request, request_id)
        try:
            if isinstance(request.input, SpeechModelInput):
                return await self._results.sound(client, request, request_id)
            return await self._results.video(client, request, request_id)
        except ModelRefused as error:
            await self._forget_if_stale(error, request)
            raise

    async def cancel(self, request: RenderRequest, request_id: str) -> CancelAnswer:
        """Ask fal to cancel.

        The watch goes on, and a video that arrives all the same is kept. Raises
        `ProviderUnreachable` or `KeyNeeded` where nobody was asked.
        """
        client = await self._client(request, request_id)
        status = await client.stop(request.input.endpoint_id, request_id)
        if status == 200:
            self._stopped.add(request_id)
        return CancelAnswer(STOP_ANSWERS[status], charged=False if status == 200 else None)

    async def find(
        self, request: RenderRequest, arguments: dict[str, Any], *, since: datetime | None = None
    ) -> str | None:
        """Search for a request whose answer was lost; returns its id, or None if fal does not list
        it. A request that belongs to another job is never taken.

        Args:
            since: when it was sent, aware UTC; by default a day ago.

        Raises:
            ProviderUnreachable, KeyNeeded: fal gives no answer; nothing is known.
        """
        since = since or datetime.now(UTC) - LISTED
        key, endpoint_id = self._serving_key(request), request.input.endpoint_id
        for past in await self.platform.requests(key, endpoint_id, since):
            if past.was(arguments) and not await asyncio.to_thread(self._is_known, past.request_id):
                return past.request_id
        if is_of_other_key(request.paid_by.account, key):  # the account that ordered may list it
            raise OtherAccount(self._keys.other_account(request.paid_by), charged=None)
        return None

    def _paying_key(self, request: RenderRequest) -> SecretStr:
        return self._there(request, self._keys.paying_key(request.paid_by))

    def _serving_key(self, request: RenderRequest) -> SecretStr:
        return self._there(request, self._keys.serving_key(request.paid_by))

    def _there(self, request: RenderRequest, key: SecretStr | None) -> SecretStr:
        if key is None:
            raise KeyNeeded(self._keys.missing(request.paid_by))
        return key

    async def _client(self, request: RenderRequest, request_id: str) -> FalClient:
        """Return the client for everything about a request that is free.

        Raises:
            KeyNeeded: there is no key.
            OtherAccount: the key is not the one that ordered, nor another one of its account: fal
                does not know the request by it.
            ProviderUnreachable: that could not be asked.
        """
        key = self._serving_key(request)
        client = self._client_for(key)
        if is_of_other_key(request.paid_by.account, key):
            try:
                await client.run_status(request.input.endpoint_id, request_id)
            except (Missing, Forbidden):
                raise OtherAccount(
                    self._keys.other_account(request.paid_by), charged=None
                ) from None
            except KeyRefused:
                raise KeyRejected(KEY_REFUSED, charged=None) from None
            except Trouble as trouble:
                raise ProviderUnreachable(str(trouble), charged=None) from None
        return client

    def _client_for(self, key: SecretStr) -> FalClient:
        http, account = self.network.client(key), account_of(key)
        client = self._clients.get(account)
        if client is None or client.http is not http:
            client = self._clients[account] = FalClient(key, self.network, self._answer_seconds)
        return client

    async def _raise_if_failed(
        self, client: FalClient, request: RenderRequest, request_id: str, status: RunStatus
    ) -> None:
        if not (status.error or status.error_type):
            return
        error = await self._results.failure(client, request, request_id, status)
        if isinstance(error, RenderCancelled):
            raise self._cancelled(request_id)
        if isinstance(error, ModelRefused):
            await self._forget_if_stale(error, request)
        raise error

    def _cancelled(self, request_id: str) -> RenderCancelled:
        if request_id in self._stopped:
            return RenderCancelled(STOP_ANSWERS[200], charged=False)
        return RenderCancelled(STOPPED_AT_FAL, charged=None)

    async def _forget_if_stale(self, error: ModelRefused, request: RenderRequest) -> None:
        """If fal could not fetch an uploaded file, upload it again the next time."""
        if error.type in STALE_UPLOAD_TYPES:
            await self._preparation.forget(self._serving_key(request), request.input)
