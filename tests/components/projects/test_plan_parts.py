"""The parts of a long video in words, before it is bought."""

from decimal import Decimal

from components.projects.plan_parts import is_worth_showing, plan_note, plan_words
from talkinghead.renders.values import QuotedSegment


def plan(*ready: bool) -> tuple[QuotedSegment, ...]:
    """Segments of ten seconds and two dollars each."""
    return tuple(
        QuotedSegment(
            number=place + 1,
            start_seconds=Decimal(10 * place),
            seconds=Decimal(10),
            sentences=(f"Sentence {place + 1}.",),
            dollars=Decimal(2),
            ready=there,
        )
        for place, there in enumerate(ready)
    )


def test_a_short_video_says_nothing_of_parts() -> None:
    assert not is_worth_showing(plan(False))
    assert plan_note(plan(False)) is None
    assert plan_note(None) is None


def test_a_new_long_video_says_how_many_parts_it_has() -> None:
    assert plan_words(plan(False, False, False)) == "3 parts, joined seamlessly"


def test_after_an_edit_it_says_what_is_new_and_what_that_costs() -> None:
    assert plan_words(plan(True, False, True)) == "1 of 3 parts is new: $2.00"
    assert plan_words(plan(True, False, False)) == "2 of 3 parts are new: $4.00"


def test_a_long_video_that_is_there_costs_nothing() -> None:
    assert plan_words(plan(True, True)) == "2 parts, no charge"
