"""Base class of all orders: an endpoint id and its arguments."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Order(BaseModel):
    """The inputs of one order; its fields are exactly the endpoint's.

    A subclass declares each field once: its type, limits, default and explanation serve the form,
    the check and the request alike.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=False)

    endpoint_id: ClassVar[str]
    title: ClassVar[str]
    tagline: ClassVar[str]
    """One line that helps to choose."""
    script_field: ClassVar[str | None] = None
    """The field that takes the words, or None."""
    recording_field: ClassVar[str | None] = None
    """The field that takes a recording, or None."""

    def arguments(self) -> dict[str, object]:
        """Return the request arguments: every field with a value, as JSON."""
        return self.model_dump(mode="json", exclude_none=True)
