"""Turns assets into request arguments: each input is converted and uploaded, in parallel."""

import asyncio
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from pydantic import SecretStr

from talkinghead.catalogue import Catalogue, ModelInput
from talkinghead.catalogue.order import Order
from talkinghead.core.errors import InvalidInput, NotFound, RenderRefused
from talkinghead.core.store import Store
from talkinghead.core.workers.decoding import decoding_turn
from talkinghead.fal.client import FalClient
from talkinghead.fal.inputs import AssetInput, Prepared, asset_inputs, with_urls
from talkinghead.fal.uploads import Uploads, account_of
from talkinghead.jobs.renderer import Said, as_written

_RECORDINGS = (".wav", ".m4a", ".mp3")


class Preparation:
    """Prepares the inputs of requests.

    Args:
        store: the file store.
        uploads: what is at fal already.
        client_for: the client for a key.
        catalogue: the models that files are uploaded for ahead.
        said: how a script is said by a model's own voice.
    """

    def __init__(
        self,
        store: Store,
        uploads: Uploads,
        client_for: Callable[[SecretStr], FalClient],
        catalogue: Catalogue,
        said: Said = as_written,
    ) -> None:
        self._said = said
        self._catalogue = catalogue
        self._store = store
        self._uploads = uploads
        self._client_for = client_for

    async def arguments(self, workspace: str, key: SecretStr, model_input: Order) -> dict[str, Any]:
        """Return the arguments with every asset replaced by its URL at fal.

        Raises:
            RenderRefused: an input cannot be used, or the key is not accepted.
            ProviderUnreachable: fal's storage took nothing.
        """
        if isinstance(model_input, ModelInput) and model_input.script and model_input.script_field:
            said = await asyncio.to_thread(self._said, workspace, model_input.script)
            model_input = model_input.model_copy(update={model_input.script_field: said})
        given = asset_inputs(model_input)
        try:
            urls = await asyncio.gather(*(self._url(workspace, key, each) for each in given))
        except (InvalidInput, NotFound) as error:
            raise RenderRefused(str(error), field=getattr(error, "field", None)) from None
        return with_urls(
            model_input, {each.path: url for each, url in zip(given, urls, strict=True)}
        )

    async def ahead(self, workspace: str, key: SecretStr, reference: str, endpoint_id: str) -> None:
        """Upload one portrait or recording in the form that this model needs."""
        model, field = self._catalogue.model_of(endpoint_id), "image_url"
        if PurePosixPath(reference).suffix in _RECORDINGS:
            if model.recording_field is None:
                return  # it speaks by itself
            field = model.recording_field
        await self._url(workspace, key, AssetInput((field,), reference, model))

    async def forget(self, key: SecretStr, model_input: Order) -> None:
        """Upload these inputs again the next time."""
        for asset_input in asset_inputs(model_input):
            await self._uploads.forget(account_of(key), asset_input.content)

    async def _url(self, workspace: str, key: SecretStr, asset_input: AssetInput) -> str:
        async def send() -> str:
            prepared = await asyncio.to_thread(self._prepared, workspace, asset_input)
            return await self._client_for(key).send(prepared)

        return await self._uploads.url(account_of(key), asset_input.content, send)

    def _prepared(self, workspace: str, asset_input: AssetInput) -> Prepared:
        with decoding_turn(workspace) as turn:
            file = turn.stored(self._store, workspace, asset_input.reference)
            return asset_input.prepared(turn, file)
