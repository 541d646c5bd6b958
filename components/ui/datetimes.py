"""Dates and times in the visitor's time zone."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st


def zone() -> tzinfo:
    """Return the time zone of the visitor's browser; UTC if unknown."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def show_day(moment: datetime) -> str:
    """Return the date: "21 Nov 2026"."""
    local = moment.astimezone(zone())
    return f"{local.day} {local:%b %Y}"


def show_moment(moment: datetime) -> str:
    """Return date and minute: "21 Nov 2026, 13:05"."""
    return f"{show_day(moment)}, {moment.astimezone(zone()):%H:%M}"


def show_age(moment: datetime, now: datetime | None = None) -> str:
    """Return the age in words: "just now", "5 min ago", "3 h ago", later the date."""
    minutes = ((now or datetime.now(UTC)) - moment).total_seconds() / 60
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{int(minutes)} min ago"
    if minutes < 24 * 60:
        return f"{int(minutes // 60)} h ago"
    return show_day(moment)


def clock(seconds: float) -> str:
    """Return an offset in a speech: "0:07", "12:40"."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
