"""The speaker over a real process that speaks its protocol."""

import os
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from talkinghead.core.errors import InvalidScript, RenderFailed
from talkinghead.core.workers.budget import DRAFT, SAMPLE, MemoryBudget
from talkinghead.speech import speaker_process
from talkinghead.speech.speaker_process import Speaker
from tests.waiting import wait_until

COMMAND = (sys.executable, str(Path(__file__).with_name("stand_in_speaker.py")))


@pytest.fixture
def speaker() -> Iterator[Speaker]:
    opened = Speaker(COMMAND)
    yield opened
    opened.close()


def test_two_samples_come_from_one_process(speaker: Speaker) -> None:
    first, second = speaker.say("af_heart", "One").split(), speaker.say("bf_emma", "Two").split()
    assert (first[:2], second[:2]) == ([b"af_heart", b"One"], [b"bf_emma", b"Two"])
    assert first[2] == second[2]


def test_words_that_cannot_be_said_are_refused_in_its_words(speaker: Speaker) -> None:
    with pytest.raises(InvalidScript, match="Write some words"):
        speaker.say("af_heart", "unspeakable")


def test_after_a_crash_the_next_sample_comes_from_a_new_process(speaker: Speaker) -> None:
    before = speaker.say("af_heart", "One").split()[2]
    with pytest.raises(RenderFailed, match="Try again"):
        speaker.say("af_heart", "crash")
    assert speaker.say("af_heart", "One").split()[2] != before


def test_an_answer_without_an_end_is_not_read_for_ever(speaker: Speaker) -> None:
    with pytest.raises(RenderFailed, match="Try again"):
        speaker.say("af_heart", "endless")
    assert speaker.say("af_heart", "One").startswith(b"af_heart One")


def test_a_speaker_that_cannot_be_started_is_a_plain_sentence() -> None:
    with pytest.raises(RenderFailed, match="Try again"):
        Speaker(["/does/not/exist"]).say("af_heart", "One")


def test_a_closed_speaker_has_no_process_and_can_be_closed_again(speaker: Speaker) -> None:
    process = int(speaker.say("af_heart", "One").split()[2])
    speaker.close()
    speaker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_sample_waits_for_memory_until_the_speaker_is_closed(
    speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = MemoryBudget(900)
    monkeypatch.setattr(speaker_process, "MACHINE", machine)
    problems: list[str] = []

    def ask() -> None:
        try:
            speaker.say("af_heart", "One")
        except RenderFailed as error:
            problems.append(str(error))

    with machine.hold(DRAFT, "somebody"):
        asking = threading.Thread(target=ask)
        asking.start()
        wait_until(lambda: machine.waiting == 1)
        speaker.close()
        asking.join(30)
    assert problems == ["The voice couldn't be played. Try again."]


def test_a_speaker_leaves_its_memory_to_what_waits_for_it(
    speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = MemoryBudget(900)
    monkeypatch.setattr(speaker_process, "MACHINE", machine)
    first = speaker.say("af_heart", "One").split()[2]
    assert speaker.say("af_heart", "Two").split()[2] == first
    held = machine.reserve(DRAFT, "somebody")
    waiting = machine.reserve(DRAFT, "somebody")  # for its turn, while a sample has room
    machine.resize(2000)
    speaker.say("af_heart", "Three")
    with pytest.raises(ProcessLookupError):
        os.kill(int(first), 0)
    for each in (held, waiting):
        each.release()


def test_clients_take_turns_and_have_few_samples_waiting(
    speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = MemoryBudget(900)
    monkeypatch.setattr(speaker_process, "MACHINE", machine)
    spoken: list[str] = []

    def ask(client: str) -> None:
        speaker.say("af_heart", "One", client)
        spoken.append(client)

    held = machine.reserve(SAMPLE, "greedy")
    asking = [threading.Thread(target=ask, args=("greedy",)) for _ in range(3)]
    for number, each in enumerate(asking, 1):
        each.start()
        wait_until(partial(lambda most: machine.count_waiting(SAMPLE, "greedy") == most, number))
    with pytest.raises(RenderFailed, match="Wait for them"):
        speaker.say("af_heart", "One", "greedy")
    other = threading.Thread(target=ask, args=("other",))
    other.start()
    wait_until(lambda: machine.waiting == 4)
    held.release()
    for each in (*asking, other):
        each.join(30)
    assert spoken == ["other", "greedy", "greedy", "greedy"]


def test_the_real_speaker_says_a_short_text_in_a_bought_voices_stand_in() -> None:
    speaker = Speaker()
    assert speaker.say("Aria", "Good morning.").startswith(b"RIFF")
    speaker.close()
