"""One model at fal: its inputs, its price, and what it makes of them."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ValidationError

from tests.fal_server.errors import ModelError, validation_error
from tests.fal_server.inputs import Sources
from tests.fal_server.marks import FRAMES_PER_SECOND
from tests.fal_server.product import Product
from tests.fal_server.video import Studio


@dataclass(frozen=True)
class Endpoint:
    """One model at fal."""

    endpoint_id: str
    title: str
    category: str
    unit_price: Decimal
    unit: str
    inputs: type[BaseModel]
    make: Callable[[Any, Sources, Studio], Product]
    script: tuple[str, ...] = field(default=())
    """What its runs write to their log before they count steps."""

    @property
    def app(self) -> str:
        """Owner and app, which status, result and cancel addresses are made of."""
        return "/".join(self.endpoint_id.split("/")[:2])

    def check(self, arguments: Any) -> BaseModel:
        """The inputs; ModelError with the 422 when they are not as documented."""
        try:
            return self.inputs.model_validate(arguments, strict=True)
        except ValidationError as problem:
            raise ModelError(validation_error(problem)) from problem


def frames_of(seconds: float) -> int:
    """Frames of a video that holds so many seconds of sound."""
    return max(1, math.ceil(seconds * FRAMES_PER_SECOND - 1e-6))


def seconds_of(frames: int) -> Decimal:
    """The length of so many frames."""
    return Decimal(frames) / FRAMES_PER_SECOND
