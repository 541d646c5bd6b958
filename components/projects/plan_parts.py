"""The parts of a long video before it is ordered: words, price, and which exist already."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from components.shell.notices import plain
from components.ui.datetimes import clock
from talkinghead.core.money import show_price, total
from talkinghead.projects.steps.situation import Situation
from talkinghead.renders.values import QuotedSegment

FITTING, ROOM = 6, 300  # parts, px; more are scrolled to
FIRST_WORDS = 110  # characters of what a part says


def is_worth_showing(segments: Sequence[QuotedSegment]) -> bool:
    """Whether it is more than one video made at once."""
    return len(segments) > 1 or any(part.ready for part in segments)


def show_plan(now: Situation) -> None:
    """Show a summary line and a list of the parts on request, once there is something to make."""
    segments = now.quoted.segments
    if now.missing or now.project.needs_speech or not is_worth_showing(segments):
        return
    with st.container(key="create_parts", gap="xsmall"):
        st.markdown(f":material/view_week: {plain(plan_words(segments))}")
        with st.expander("Parts", icon=":material/list:", type="compact", key="create_parts_list"):
            height: int | Literal["content"] = ROOM if len(segments) > FITTING else "content"
            with st.container(height=height, border=True, gap="small"):
                new_first = sorted(segments, key=lambda part: part.ready)
                st.markdown("\n\n".join(map(_part, new_first)))


def plan_note(segments: Sequence[QuotedSegment] | None) -> str | None:
    """Return it in a few words; None if it is not worth showing."""
    return plan_words(segments) if segments and is_worth_showing(segments) else None


def plan_words(segments: Sequence[QuotedSegment]) -> str:
    """Return the summary: "1 of 12 parts is new: $5.20"."""
    new = [part for part in segments if not part.ready]
    count = _parts(len(segments))
    if len(new) == len(segments):
        return f"{count}, joined seamlessly"
    if not new:
        return f"{count}, no charge"
    return (
        f"{len(new)} of {count} {'is' if len(new) == 1 else 'are'} new: "
        f"{show_price(total(part.dollars for part in new))}"
    )


def _parts(count: int) -> str:
    return "1 part" if count == 1 else f"{count} parts"


def _part(part: QuotedSegment) -> str:
    """Return its time, its price or that it exists, and its words, as Markdown."""
    start, end = part.start_seconds, part.start_seconds + part.seconds
    mark, price = ":green[:material/check_circle:]", "already rendered"
    if not part.ready:
        mark, price = ":gray[:material/radio_button_unchecked:]", show_price(part.dollars)
    head = f"{mark} {clock(float(start))} – {clock(float(end))}"
    text = " ".join(part.sentences)
    if len(text) > FIRST_WORDS:
        text = f"{text[:FIRST_WORDS].rsplit(' ', 1)[0]} …"
    said = f"  \n:gray[:small[{plain(text)}]]" if text else ""
    return f":small[{head} · **{plain(price)}**]{said}"
