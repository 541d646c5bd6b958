"""Two to four orders of the same at once, as from several tabs or a page that is loaded again.

A round is one of: the same render, long video, comparison or speech from several threads; different
long videos that share a part; a lost order that several tabs send again; different renders that
pass a cap only one by one. The tests'
fal bills and counts.

paid_twice: rounds in which fal was sent more requests than one order of it needs (for an order
that is sent again: more than one again). caps_broken: rounds after which more was reserved than the
cap of the day allows.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from talkinghead.catalogue import (  # noqa: E402  the path makes them so
    FlashheadInput,
    InfinitalkSingleTextInput,
    ModelInput,
    SpeechLength,
    StableAvatarInput,
)
from talkinghead.core.errors import RenderRefused  # noqa: E402
from talkinghead.jobs.job import JobState  # noqa: E402
from talkinghead.speech.text.script import estimate_seconds  # noqa: E402
from tests.fal_server.options import Options  # noqa: E402
from tests.fal_server.server import FalServer  # noqa: E402
from tests.orders import (  # noqa: E402
    order_comparison,
    order_render,
    order_speech,
    quote_comparison,
    quote_render,
    quote_speech,
    send_again,
)
from tests.paid_studio import PaidStudio  # noqa: E402
from tests.waiting import wait_until  # noqa: E402

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
SPOKEN = SpeechLength(Decimal("1.5"), "script")
RENDER = Decimal("0.0075")  # 1.5 s of FlashHead
SENTENCE = "The shop opens at nine in the morning and closes late in the evening, number {}."
LONG = 14  # sentences: two parts of InfiniTalk
CAP = Decimal("0.0225")  # three such renders in a day


class Rounds:
    """What several tabs do at once.

    Args:
        fal: who bills.
        studio: without a cap.
        capped: another with a cap of the day.
        choice: how many tabs.
    """

    def __init__(
        self, fal: FalServer, studio: PaidStudio, capped: PaidStudio, choice: random.Random
    ) -> None:
        self._fal, self._choice, self._capped = fal, choice, capped
        self._person = studio.person(KEY)
        self._here = self._person.workspace
        self.paid_twice = self.caps_broken = 0

    def enter_key(self) -> None:
        """Type the key once more: it is forgotten half an hour after its tab was last heard of, and
        here is no tab."""
        self._here.billing.enter_key(KEY)

    def render(self, number: int) -> None:
        """The same short video."""
        given = self._person.input(FlashheadInput, f"Hi {number}.")
        self._same(lambda: order_render(self._here, given, SPOKEN, "x", agreed=RENDER), 1)

    def long_video(self, number: int) -> None:
        """The same video in parts."""
        words = " ".join(SENTENCE.format(f"{number} {place}") for place in range(LONG))
        given, length = self._spoken(words)
        offer = quote_render(self._here, given, length)
        agreed = offer.estimate.dollars
        self._same(
            lambda: order_render(self._here, given, length, "x", agreed=agreed),
            len(offer.segments),
        )

    def shared_part(self, number: int) -> None:
        """Different long videos at once whose first part is the same."""
        words = " ".join(SENTENCE.format(f"{number} shared {place}") for place in range(LONG - 1))
        tabs = self._choice.randint(2, 4)
        orders = [self._spoken(f"{words} This is ending {tab}.") for tab in range(tabs)]
        agreed = [quote_render(self._here, *each).quote.dollars for each in orders]
        plans = [self._here.renders.plan(*each) for each in orders]
        different = {line.fingerprint for plan in plans for line in plan.lines}
        assert len(different) < sum(len(plan.lines) for plan in plans), "nothing is shared"

        def order(tab: int) -> None:
            order_render(self._here, *orders[tab], "x", agreed=agreed[tab])

        self._at_once([partial(order, tab) for tab in range(tabs)], len(different))

    def _spoken(self, words: str) -> tuple[ModelInput, SpeechLength]:
        length = SpeechLength(estimate_seconds(words), "script")
        given = self._person.input(InfinitalkSingleTextInput, words)
        return given.model_copy(update=given.following(length)), length

    def comparison(self, number: int) -> None:
        """The same comparison of two models."""
        inputs: list[ModelInput] = [
            self._person.input(model, f"Compare {number}.")
            for model in (FlashheadInput, StableAvatarInput)
        ]
        agreed = quote_comparison(self._here, inputs, SPOKEN).quote.dollars
        assert agreed is not None
        self._same(lambda: order_comparison(self._here, inputs, SPOKEN, "x", agreed=agreed), 2)

    def speech(self, number: int) -> None:
        """The same speech in a bought voice."""
        voice = next(voice for voice in self._here.voices.list("en") if voice.endpoint_id)
        words = " ".join(SENTENCE.format(f"{number} of {place}") for place in range(2))
        agreed = quote_speech(self._here, words, voice.id).dollars
        self._same(lambda: order_speech(self._here, words, voice.id, agreed), 2)

    def send_again(self, number: int) -> None:
        """An order whose answer was lost, sent again from several tabs."""
        self._fal.fault("submit_drop")
        given = self._person.input(FlashheadInput, f"Lost {number}.")
        job = order_render(self._here, given, SPOKEN, "x", agreed=RENDER)
        self._wait(lambda: self._here.jobs.find(job.id).state is JobState.UNCONFIRMED)
        self._same(lambda: send_again(self._here, job.id), 1)

    def capped(self, number: int) -> None:
        """Different videos, of which the cap of the day lets three through; they are reserved, and
        wait: one studio of a process runs jobs."""
        person = self._capped.person(KEY)
        here = person.workspace

        def tab(place: int) -> None:
            given = person.input(FlashheadInput, f"Cap {number} {place}.")
            try:
                order_render(here, given, SPOKEN, "x", agreed=RENDER)
            except RenderRefused:
                return

        with ThreadPoolExecutor(6) as tabs:
            list(tabs.map(tab, range(6)))
        offer = quote_render(here, person.input(FlashheadInput), SPOKEN)
        self.caps_broken += offer.quote.spent_today > CAP

    def _same(self, click: Callable[[], object], needed: int) -> None:
        self._at_once([click] * self._choice.randint(2, 4), needed)

    def _at_once(self, clicks: Sequence[Callable[[], object]], needed: int) -> None:
        before = len(self._fal.jobs)

        def tab(click: Callable[[], object]) -> None:
            try:
                click()
            except RenderRefused:
                return

        with ThreadPoolExecutor(len(clicks)) as threads:
            list(threads.map(tab, clicks))
        self._wait(lambda: not self._here.jobs.list(open_only=True))
        self.paid_twice += len(self._fal.jobs) - before > needed

    def _wait(self, done: Callable[[], bool]) -> None:
        """Wait as long as something moves: a machine that is busy is no order that is stranded."""
        wait_until(done, moving=self._standing, awaited="every order to end", deadline=120)

    def _standing(self) -> list[tuple[str, str, str]]:
        """Return the state of every open job, parts included."""
        heads = self._here.jobs.list(open_only=True)
        every = [each for head in heads for each in (head, *self._here.renders.parts(head.id))]
        return [(each.id, each.state.value, str(each.updated_at)) for each in every]


def main() -> None:
    """Play the rounds, and count."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    choice = random.Random(asked.seed)  # noqa: S311  the same rounds each time
    with tempfile.TemporaryDirectory() as folder, FalServer(Options(keys=(KEY,))) as fal:
        fal.latency(queue=0.1, run=0)
        studio = PaidStudio(Path(folder) / "studio", fal.url)
        capped = PaidStudio(Path(folder) / "capped", fal.url, cap_person_day=CAP)
        rounds = Rounds(fal, studio, capped, choice)
        kinds = (
            rounds.render,
            rounds.long_video,
            rounds.shared_part,
            rounds.comparison,
            rounds.speech,
            rounds.send_again,
            rounds.capped,
        )
        for number in range(asked.rounds):
            rounds.enter_key()
            kinds[number % len(kinds)](number)
            if number % 20 == 19:
                wrong = rounds.paid_twice + rounds.caps_broken
                print(f"{number + 1} rounds, {wrong} of them wrong", file=sys.stderr)
        studio.close()
        capped.close()
    counted = {"paid_twice": rounds.paid_twice, "caps_broken": rounds.caps_broken}
    print(json.dumps({"rounds": asked.rounds, **counted}))


if __name__ == "__main__":
    main()
