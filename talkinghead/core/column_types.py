"""Column types shared by the tables of every domain.

Each domain declares its own in `tables.py`; the migrations make them. Money is kept as decimal text
and time as aware UTC; both refuse anything else.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, DateTime, Dialect, MetaData, String, TypeDecorator

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class Moment(TypeDecorator[datetime]):
    """Aware UTC datetime; naive values are refused because their time zone is unknown."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time cannot be stored: {value!r}")
        moment = value.astimezone(UTC)
        # SQLite keeps text without an offset; equal widths make it sort as time does.
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """Decimal stored as text, digit for digit: SQLite has no exact numeric type."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite():
            raise ValueError(f"money and seconds are finite Decimals, not {value!r}")
        return format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


metadata = MetaData()


def make_storable(
    _connection: Connection,
    _cursor: object,
    statement: str,
    parameters: Any,
    _context: object,
    executemany: bool,
) -> tuple[str, Any]:
    """Return a statement with its parameters as every database takes them: without NUL, which
    PostgreSQL refuses, and without half surrogate pairs, which are no text. For SQLAlchemy's
    `before_cursor_execute`."""
    if executemany:
        return statement, [_storable_row(row) for row in parameters]
    return statement, _storable_row(parameters)


def _storable_row(row: Any) -> Any:
    values = row.values() if isinstance(row, Mapping) else row
    if not any(isinstance(value, str) and _UNSTORABLE.search(value) for value in values):
        return row
    if isinstance(row, Mapping):
        return {name: _storable(value) for name, value in row.items()}
    return tuple(_storable(value) for value in row)


def _storable(value: Any) -> Any:
    return _UNSTORABLE.sub("", value) if isinstance(value, str) else value
