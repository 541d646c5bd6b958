"""Talking-head videos from a portrait and a script: the core, without Streamlit.

`open_studio()` is the one way in; `talkinghead.catalogue.MODELS` is the catalogue.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from talkinghead.catalogue import MODELS
    from talkinghead.core.settings import Settings
    from talkinghead.opening import open_studio
    from talkinghead.studio import Studio
    from talkinghead.workspace import Workspace

__all__ = ["MODELS", "Settings", "Studio", "Workspace", "open_studio"]

_HOMES = {
    "MODELS": "talkinghead.catalogue",
    "Settings": "talkinghead.core.settings",
    "Studio": "talkinghead.studio",
    "Workspace": "talkinghead.workspace",
    "open_studio": "talkinghead.opening",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: the process that renders a draft needs neither
    database nor engine."""
    from importlib import import_module

    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
