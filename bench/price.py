"""What is agreed to against what is billed, on the tests' fal, which bills what it truly receives.

Random recordings (their lengths, rates and silences) on every model that takes one, random scripts
on every model that speaks one, and random scripts as speeches in a bought voice.

cases: orders of which both are known. over: those that were billed more than was agreed to; a
script that a model speaks itself has only a guessed length, so it counts in guessed and
guessed_over alone, unless it is bought by a number that we set. worst_under_dollars: the most that
was agreed to and not billed; worst_under_seconds: the same in seconds of that model.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from talkinghead import Workspace  # noqa: E402  the path makes them so
from talkinghead.av.sound import Sound, sound_bytes  # noqa: E402
from talkinghead.catalogue import (  # noqa: E402
    MODELS,
    InfinitalkSingleTextInput,
    ModelInput,
    SpeechLength,
)
from talkinghead.jobs.job import Job, JobState  # noqa: E402
from talkinghead.speech.text.script import estimate_seconds  # noqa: E402
from tests.fal_server.options import Options  # noqa: E402
from tests.fal_server.server import FalServer  # noqa: E402
from tests.orders import order_render, order_speech, quote_render, quote_speech  # noqa: E402
from tests.paid_studio import PaidStudio, Person  # noqa: E402

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
RATES = (8_000, 16_000, 22_050, 24_000, 32_000, 37_800, 44_100, 48_000)
LONGEST, SOME = 12.0, 25  # seconds of a recording; recordings for one script
WORDS = (
    "We",
    "open",
    "at",
    "nine",
    "every",
    "morning",
    "and",
    "close",
    "when",
    "all",
    "is",
    "done",
)
GUESSED = tuple(
    model for model in MODELS if model.script_field and model is not InfinitalkSingleTextInput
)


@dataclass(frozen=True)
class Case:
    """One order.

    Attributes:
        agreed, billed: dollars.
        per_second: dollars for a second of the model; 0 where it is billed by characters.
        guessed: its length was not known before.
    """

    agreed: Decimal
    billed: Decimal
    per_second: Decimal
    guessed: bool


def recording(choice: random.Random) -> bytes:
    """Noise like speech: loud, with a silence of any length at its end."""
    rate = choice.choice(RATES)
    loud, quiet = choice.uniform(0.4, LONGEST), choice.choice((0, choice.uniform(0, 1.5)))
    noise = np.random.default_rng(choice.randrange(1 << 30)).normal(0, 0.1, round(loud * rate))
    samples = np.append(np.clip(noise, -1, 1), np.zeros(round(quiet * rate)))
    return sound_bytes(Sound(samples.astype(np.float32), rate), ".wav")


def script(choice: random.Random) -> str:
    """A sentence or a few."""
    sentences = (
        choice.choices(WORDS, k=choice.randint(3, 14)) for _ in range(choice.randint(1, 4))
    )
    return " ".join(f"{' '.join(words).capitalize()}." for words in sentences)


class Bench:
    """A studio on the tests' fal, and what was ordered there.

    Args:
        person: who orders.
        fal: who bills.
    """

    def __init__(self, person: Person, fal: FalServer) -> None:
        self.person = person
        self.here: Workspace = person.workspace
        self.fal = fal
        self.cases: list[Case] = []

    def spoken(self, choice: random.Random) -> None:
        """A recording on every model that takes one."""
        sound = self.here.recordings.add(recording(choice), "speech.wav")
        length = SpeechLength(Decimal(str(sound.seconds)), "recording")
        for model in MODELS:
            if model.recording_field:
                given = self.person.input(model).model_copy(
                    update={model.recording_field: sound.reference, **model.following(length)}
                )
                self._order(given, length, guessed=False)

    def written(self, choice: random.Random) -> None:
        """A script on every model that speaks one, and in a bought voice."""
        words = script(choice)
        length = SpeechLength(estimate_seconds(words), "script")
        for model in MODELS:
            if model.script_field:
                given = self.person.input(model, words).model_copy(update=model.following(length))
                self._order(given, length, guessed=model in GUESSED)
        voice = next(voice for voice in self.here.voices.list("en") if voice.endpoint_id)
        agreed = quote_speech(self.here, words, voice.id).dollars
        before = self._billed()
        self._ended(order_speech(self.here, words, voice.id, agreed))
        self.cases.append(Case(agreed, self._billed() - before, Decimal(0), guessed=False))

    def _order(self, given: ModelInput, length: SpeechLength, *, guessed: bool) -> None:
        offer = quote_render(self.here, given, length)
        agreed, before = offer.estimate.dollars, self._billed()
        assert agreed is not None
        self._ended(
            order_render(self.here, given, length, "Price", agreed=agreed, another_take=True)
        )
        rate = offer.estimate.per_second or Decimal(0)
        self.cases.append(Case(agreed, self._billed() - before, rate, guessed))

    def _billed(self) -> Decimal:
        return sum((bill.dollars for bill in self.fal.bills), Decimal(0))

    def _ended(self, job: Job) -> None:
        while not (now := self.here.jobs.find(job.id)).state.ended:
            time.sleep(0.02)
        assert now.state is JobState.DONE, now.problem


def results(cases: list[Case]) -> dict[str, object]:
    """The keys."""
    exact = [case for case in cases if not case.guessed]
    guessed = [case for case in cases if case.guessed]
    under = [(case.agreed - case.billed, case.per_second) for case in exact]
    seconds = (dollars / rate for dollars, rate in under if rate)
    return {
        "cases": len(exact),
        "over": sum(case.billed > case.agreed for case in exact),
        "worst_under_dollars": float(max(dollars for dollars, _ in under)),
        "worst_under_seconds": float(max(seconds)),
        "guessed": len(guessed),
        "guessed_over": sum(case.billed > case.agreed for case in guessed),
    }


def main() -> None:
    """Order, and compare."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--recordings", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    choice = random.Random(asked.seed)  # noqa: S311  the same cases each time
    with tempfile.TemporaryDirectory() as folder, FalServer(Options(keys=(KEY,))) as fal:
        fal.latency(queue=0, run=0)
        studio = PaidStudio(Path(folder), fal.url)
        bench = Bench(studio.person(KEY), fal)
        for number in range(asked.recordings):
            bench.spoken(choice)
            if number % SOME == 0:
                bench.written(choice)
        studio.close()
    print(json.dumps(results(bench.cases)))


if __name__ == "__main__":
    main()
