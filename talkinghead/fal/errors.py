"""Maps every error body of fal to a sentence, the form field, and whether it was charged."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from talkinghead.catalogue.order import Order
from talkinghead.fal.messages import (
    A_PARAMETER,
    BY_STATUS,
    DOWN,
    LOCKED,
    MODEL_ERRORS,
    REQUEST_ERRORS,
    Meaning,
)
from talkinghead.fal.transport import Answer

STALE_UPLOAD_TYPES = frozenset({"file_download_error", "image_load_error"})
"""Errors after which a remembered upload is not to be used again."""

_NAMES = {"portrait": "The portrait", "recording": "The recording", "script": "The script"}
_ADDRESS = re.compile(r"\w+://\S+")
_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}:[0-9a-zA-Z]+|(?<=Key )\S+")
_LONGEST_QUOTE = 200


@dataclass(frozen=True)
class Problem:
    """An error of fal, in our words.

    Attributes:
        text: what happened and what to do next.
        field: the form field it belongs to, or None.
        charged: whether it was billed; None where nobody can know.
        type: fal's own name for it, or "".
    """

    text: str
    field: str | None
    charged: bool | None
    type: str


def problem_of(answer: Answer, model: type[Order]) -> Problem:
    """Return the problem in an unsuccessful answer.

    Args:
        answer: of a submit, or of a result: fal repeats the model's own answer there.
        model: whose inputs the error speaks of.
    """
    body = answer.json()
    detail = body.get("detail") if isinstance(body, dict) else None
    if isinstance(detail, list) and detail and isinstance(detail[0], dict):
        return _of_entry(detail[0], answer, model)
    said = detail if isinstance(detail, str) else ""
    error_type = _error_type(body, answer)
    meaning = REQUEST_ERRORS.get(error_type) or MODEL_ERRORS.get(error_type)
    if meaning is None:
        meaning = _by_status(answer.status, said)
    quote = said if error_type not in REQUEST_ERRORS and answer.status in (400, 422) else ""
    text = _sentence(meaning, {}, "", quote)
    return Problem(text, meaning.field, _charged(answer, meaning), error_type)


def problem_named(error_type: str | None, said: str | None, model: type[Order]) -> Problem:
    """Return the problem that a status names, if its full body is unavailable."""
    named: dict[str, Any] = {"detail": said or "", "error_type": error_type or ""}
    meaning = REQUEST_ERRORS.get(named["error_type"]) or MODEL_ERRORS.get(named["error_type"])
    if meaning is None:
        meaning = BY_STATUS[422] if said else DOWN
    charged = None if meaning.charged is None or error_type not in REQUEST_ERRORS else False
    return Problem(_sentence(meaning, {}, "", ""), meaning.field, charged, named["error_type"])


def is_final(answer: Answer) -> bool:
    """Whether the answer is a verdict of the model or platform, rather than a transient error."""
    body = answer.json()
    if answer.status < 500:
        return answer.status not in (408, 425, 429)
    has_entries = isinstance(body, dict) and isinstance(body.get("detail"), list)
    return has_entries or _error_type(body, answer) in REQUEST_ERRORS


def form_field(name: str, model: type[Order]) -> str | None:
    """Return the form field of one of the endpoint's fields."""
    if name not in model.model_fields:
        return None
    if name == "image_url":
        return "portrait"
    if name == model.recording_field:
        return "recording"
    if name == model.script_field:
        return "script"
    return name


def _of_entry(entry: Mapping[str, Any], answer: Answer, model: type[Order]) -> Problem:
    error_type = str(entry.get("type") or "")
    location = entry.get("loc")
    names = [str(part) for part in location] if isinstance(location, list | tuple) else []
    field = next((form_field(name, model) for name in names if name != "body"), None)
    context = entry.get("ctx")
    known = MODEL_ERRORS.get(error_type)
    meaning = known or (A_PARAMETER if field else BY_STATUS.get(answer.status, DOWN))
    quote = "" if known and error_type != "feature_not_supported" else str(entry.get("msg") or "")
    field = field or meaning.field
    text = _sentence(meaning, context if isinstance(context, dict) else {}, field or "", quote)
    return Problem(text, field, _charged(answer, meaning), error_type)


def _error_type(body: Any, answer: Answer) -> str:
    named = body.get("error_type") if isinstance(body, dict) else None
    return str(named or answer.headers.get("x-fal-error-type") or "")


def _by_status(status: int, said: str) -> Meaning:
    if status in (402, 403) and re.search(r"balance|locked", said, re.IGNORECASE):
        return LOCKED
    return BY_STATUS.get(status) or (DOWN if status >= 500 else BY_STATUS[400])


def _charged(answer: Answer, meaning: Meaning) -> bool | None:
    """Return whether it was charged, by fal's billable units, else by its rules: server errors are
    never charged."""
    if (units := answer.billed.amount) is not None:
        return units > 0
    return False if answer.status >= 500 else meaning.charged


def _sentence(meaning: Meaning, context: Mapping[str, Any], field: str, quote: str) -> str:
    name = _NAMES.get(field) or f"“{field.replace('_', ' ')}”"
    what = meaning.what.replace("{Name}", name if field else "One of the inputs")
    try:
        detail = meaning.detail.format_map(_shown(context))
    except (KeyError, ValueError, IndexError):
        detail = ""
    said = f" (“{_quotable(quote)}”)" if quote else ""
    return f"{what}{detail}{said}. {meaning.then}"


def _shown(context: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(context)
    if isinstance(expected := values.get("expected"), list):
        values["expected"] = ", ".join(map(str, expected))
    if isinstance(size := values.get("max_size"), int | float):
        values["max_size"] = f"{size / 2**20:.3g} MB"
    return values


def _quotable(words: str) -> str:
    """Return fal's own words on one short line, without URLs and anything like a key."""
    words = _KEY.sub("…", _ADDRESS.sub("…", " ".join(words.split()))).rstrip(".")
    return words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE]}…"
