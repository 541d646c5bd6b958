"""Talking-head videos from a portrait and a script: the core, which knows no Streamlit.

`open_studio()` is the one way in; `talkinghead.models.MODELS` is the catalogue.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from talkinghead.settings import Settings
    from talkinghead.studio import Studio, open_studio
    from talkinghead.workspace import Workspace

__all__ = ["Settings", "Studio", "Workspace", "open_studio"]

_HOMES = {
    "Settings": "talkinghead.settings",
    "Studio": "talkinghead.studio",
    "Workspace": "talkinghead.workspace",
    "open_studio": "talkinghead.studio",
}


def __getattr__(name: str) -> Any:
    """Loaded when it is asked for: the process that renders a draft needs neither database nor
    engine."""
    from importlib import import_module

    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
