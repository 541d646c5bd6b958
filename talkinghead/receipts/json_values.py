"""A receipt as JSON: dollars as exact strings, times as ISO 8601 in UTC."""

import json
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from talkinghead.receipts.values import Receipt

FORMAT = 1
"""The version of the form; it grows when a field changes its meaning or goes."""


def receipt_values(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt as a JSON value."""
    values: dict[str, Any] = _plain({"format": FORMAT, **asdict(receipt)})
    return values


def receipt_json(receipt: Receipt) -> str:
    """Return a receipt as JSON text."""
    return json.dumps(receipt_values(receipt), indent=2, ensure_ascii=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value
