"""Questions to a process of its own: answered, refused, or ended without an answer."""

import sys
import threading
from pathlib import Path

import pytest

from talkinghead.captions.worker_client import CaptionProcess
from talkinghead.core.errors import InvalidInput, RenderFailed

READ = "import json, sys, time; order = json.loads(sys.stdin.readline())\n"


def process(program: str) -> CaptionProcess:
    """One whose process is this small program; `order` is what it was asked."""
    return CaptionProcess((sys.executable, "-c", READ + program))


def test_an_answer_comes_after_its_progress() -> None:
    reported: list[float] = []
    program = (
        "print(json.dumps({'fraction': 0.5, 'line': None}))\n"
        "print(json.dumps({'fraction': 1.0, 'line': None, 'report': {'task': order['task']}}))"
    )
    assert process(program).ask({"task": "words"}, reported.append) == {"task": "words"}
    assert reported == [0.5]


def test_a_refusal_names_its_field() -> None:
    said = "print(json.dumps({'error': {'text': 'Nothing is said.', 'field': 'script'}}))"
    with pytest.raises(InvalidInput, match=r"Nothing is said\.") as refusal:
        process(said).ask({})
    assert refusal.value.field == "script"


def test_a_failure_is_passed_on_in_its_words() -> None:
    said = "print(json.dumps({'error': {'text': 'It has no sound.', 'field': None}}))"
    with pytest.raises(RenderFailed, match=r"It has no sound\."):
        process(said).ask({})


def test_an_end_without_an_answer_says_what_to_do() -> None:
    with pytest.raises(RenderFailed, match="Try again"):
        process("sys.exit(9)").ask({})


def test_an_answer_without_an_end_is_not_read_for_ever() -> None:
    with pytest.raises(RenderFailed, match="Try again"):
        process("while True: sys.stdout.write('0' * 1000000)").ask({})


def test_closing_ends_what_is_under_way(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    slow = process(f"open({str(begun)!r}, 'w').close()\ntime.sleep(60)")
    ended: list[str] = []

    def ask() -> None:
        try:
            slow.ask({})
        except RenderFailed as error:
            ended.append(str(error))

    asking = threading.Thread(target=ask)
    asking.start()
    while not begun.exists():
        threading.Event().wait(0.01)
    slow.close()
    asking.join(10)
    assert ended
    with pytest.raises(RenderFailed):
        slow.ask({})
