"""Replaces a method of Streamlit's that is not public, where it is the one that is known here."""

import logging
from collections.abc import Callable
from typing import Any

import streamlit as st

_log = logging.getLogger(__name__)


def replace_method(
    owner: type[Any],
    name: str,
    wrap: Callable[[Any], Any],
    *,
    is_known: Callable[[type[Any]], bool],
    replaced: set[type[Any]],
    otherwise: str,
) -> bool:
    """Replace a method in this process. Idempotent.

    Args:
        owner: the class.
        name: the method's.
        wrap: returns the new method, for the one before.
        is_known: whether the class works as the new method needs it.
        replaced: the classes in which that was done; this one is added.
        otherwise: what follows for the studio if it is not known, for the log.

    Returns:
        Whether it is replaced; False where this Streamlit works in a way that is not known here,
        and is left as it is.
    """
    if owner in replaced:
        return True
    if not is_known(owner):
        _log.warning(
            "Streamlit %s works in a way that is not known here: %s", st.__version__, otherwise
        )
        return False
    setattr(owner, name, wrap(getattr(owner, name)))
    replaced.add(owner)
    return True
