"""Whatever goes wrong at fal: a video, or a clear sentence, or a question; and the money is right.

Every fault strikes one person alone, by their key, so that the whole table runs in one studio at
the same time. FAULT_TABLE=whole goes through every fault with every model; else every fault meets
FlashHead, and each of the other four models meets each stage.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fal_server.ledger import account_of
from tests.fal_server.process import FalProcess
from tests.fault_cases import BEYOND_HELP, table
from tests.fault_play import Play, Render
from tests.paid_studio import PaidStudio

WHOLE = os.environ.get("FAULT_TABLE") == "whole"
UNPLEASANT = re.compile(
    r"traceback|error_type|detail\b|https?:|<html|[{}\[\]]|\bNone\b|_error|asset:|httpx|HTTP/"
)
NEXT_STEP = re.compile(
    r"again|choose|change|enter|use a key|top it up|check|crop|save it|shorten|record|download|"
    r"fal.ai support|is kept|weren't charged|may still be charged|continues|resumes",
    re.IGNORECASE,
)
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """The table, played once: while the faults were there, and after they were mended."""
    quick = ("--option", "log_interval=0.05", "short_side=108", "--latency", "run=0.15")
    with FalProcess(*quick) as fal:
        studio = PaidStudio(tmp_path_factory.mktemp("faults") / "data", fal.url)
        try:
            played = Play(studio, fal, list(table(WHOLE)))
            played.run()
            played.mend()
            yield played
        finally:
            studio.close()


def described(renders: list[Render]) -> str:
    """For the report of a failure."""
    return "\n".join(
        f"{each.case.name}: {each.first} then {each.last}; charged {each.failed.charged}; "
        f"{each.failed.problem!r} {each.notes[-2:]}"
        for each in renders
    )


def test_no_fault_makes_a_render_hang(play: Play) -> None:
    hanging = [each for each in play.renders if each.first is None]
    assert not hanging, described(hanging)


def test_every_fault_ends_in_a_video_or_a_sentence_or_a_question(play: Play) -> None:
    wrong = [each for each in play.renders if each.first not in each.case.ends]
    assert not wrong, described(wrong)


def test_every_end_without_a_video_says_what_happened_and_what_to_do(play: Play) -> None:
    unclear = [each for each in play.renders if not _clear(each)]
    assert not unclear, described(unclear)


def _clear(render: Render) -> bool:
    if render.first == "video":
        return render.failed.problem is None
    words = render.failed.problem or " ".join(render.notes)
    return bool(
        40 <= len(words) <= 400
        and words.rstrip().endswith(".")
        and NEXT_STEP.search(words)
        and not UNPLEASANT.search(words)
    )


def test_a_failure_never_says_the_opposite_of_what_fal_billed(play: Play) -> None:
    failed = [each for each in play.renders if each.first in ("failed", "cancelled")]
    billed = {bill["account"] for bill in play.bills_before}
    said_free = [
        e for e in failed if e.failed.charged is False and account_of(e.case.key) in billed
    ]
    said_paid = [e for e in failed if e.failed.charged and account_of(e.case.key) not in billed]
    assert not said_free + said_paid, described(said_free + said_paid)


def test_nothing_is_billed_twice(play: Play) -> None:
    bills = Counter(bill["account"] for bill in play.bills)
    twice = [each for each in play.renders if bills[account_of(each.case.key)] > 1]
    assert not twice, described(twice)


def test_every_video_was_billed_once(play: Play) -> None:
    bills = Counter(bill["account"] for bill in play.bills)
    videos = [each for each in play.renders if each.last == "video"]
    assert len(videos) > len(play.renders) // 3
    free = [each for each in videos if bills[account_of(each.case.key)] != 1]
    assert not free, described(free)


def test_nothing_billed_is_lost_once_the_fault_is_gone(play: Play) -> None:
    billed = {bill["account"] for bill in play.bills}
    lost = [
        each
        for each in play.renders
        if account_of(each.case.key) in billed
        and each.last != "video"
        and each.case.fault not in BEYOND_HELP | {"run_error_charged"}
    ]
    assert not lost, described(lost)


def test_a_lost_order_ends_in_a_video_once_the_person_decides(play: Play) -> None:
    left = [each for each in play.renders if each.first == "unconfirmed" and each.last != "video"]
    assert not left, described(left)


def test_what_waited_or_went_on_trying_ends_in_a_video_once_the_fault_is_gone(play: Play) -> None:
    left = [each for each in play.renders if each.first in ("open", "key") and each.last != "video"]
    assert not left, described(left)
    assert sum(each.first == "open" for each in play.renders) >= 2


def test_every_stored_video_plays(play: Play, tmp_path: Path) -> None:
    from talkinghead.av.video import probe

    for number, render in enumerate(each for each in play.renders if each.last == "video"):
        if number % 10 == 0:  # the renderer decoded each of them; these are read from the gallery
            path = tmp_path / "video.mp4"
            path.write_bytes(render.person.workspace.gallery.content(render.job.video_id or ""))
            assert float(probe(path).seconds) > 0.3
