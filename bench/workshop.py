"""Long videos, speeches, captions and exports for `crashes.py`: ordered as a page does, made by
studios that are killed meanwhile."""

import json
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from talkinghead import Settings, Studio, Workspace, open_studio  # noqa: E402  the path makes it so
from talkinghead.catalogue import InfinitalkSingleTextInput, SpeechLength  # noqa: E402
from talkinghead.catalogue.export import Shape  # noqa: E402
from talkinghead.core.errors import StudioError  # noqa: E402
from talkinghead.exports.values import WantedVersion  # noqa: E402
from talkinghead.jobs.job import Job, JobState, Video  # noqa: E402
from talkinghead.jobs.journal import Journal  # noqa: E402
from talkinghead.speech.text.script import estimate_seconds  # noqa: E402
from tests.orders import (  # noqa: E402
    order_render,
    order_speech,
    quote_render,
    quote_speech,
)
from tests.smallest_input import smallest_input  # noqa: E402

PORTRAIT = ROOT / "components/portraits/samples/lady-agnew.jpg"
SENTENCE = "The shop opens at nine in the morning and closes late in the evening, number {}."
LONG, SPOKEN = 14, 3  # sentences: two parts of InfiniTalk; a bought speech
SHAPES: tuple[Shape, ...] = ("1:1", "9:16", "4:5", "16:9")
LOOKING = 0.5  # seconds between two looks for videos without captions
PATIENCE = 600.0  # seconds for the captions at the end


class Workshop:
    """One person who orders what is made of several pieces.

    Args:
        settings: of the studios; this one never runs a job.
        journal: of the same database.
    """

    def __init__(self, settings: Settings, journal: Journal) -> None:
        self._journal = journal
        self._studio = open_studio(settings, start=False)
        self.token = self._studio.new_token()
        self._here = self._studio.workspace(self.token)
        self._portrait = self._here.portraits.add(PORTRAIT.read_bytes(), PORTRAIT.name).reference
        self._ordered: list[Job] = []

    def order(self) -> None:
        """Order one more: by turns a long video, a speech, and an export of what is finished."""
        kinds = (self._long_video, self._speech, self._export)
        number = len(self._ordered)
        self._ordered.append(kinds[number % len(kinds)](number))

    def under_way(self) -> list[Job]:
        """Return what has not ended, except what waits for a person to decide about its parts."""
        return [job for job in self._jobs() if not job.state.ended and not self._waits(job)]

    def _waits(self, job: Job) -> bool:
        parts = [part for part in self._here.renders.parts(job.id) if not part.state.ended]
        return bool(parts) and all(part.state is JobState.UNCONFIRMED for part in parts)

    def wait_for_captions(self) -> None:
        """Return once every video has captions, or time is up."""
        deadline = time.monotonic() + PATIENCE
        while _without_captions(self._here) and time.monotonic() < deadline:
            time.sleep(LOOKING)

    def figures(self, sent: list[dict[str, Any]], bills: list[dict[str, Any]]) -> dict[str, int]:
        """Return what came of it all.

        Args:
            sent: every request that fal has.
            bills: every bill.
        """
        jobs = self._jobs()
        parts = [part for job in jobs for part in self._journal.children(job.id)]
        ours = {part.request_id for part in parts}
        arguments = {each["request_id"]: json.dumps(each["arguments"]) for each in sent}
        billed = [bill["request_id"] for bill in bills if bill["request_id"] in ours]
        kept = {part.request_id for part in parts if part.state is JobState.DONE}
        again = Counter(arguments[request_id] for request_id in billed)
        return {
            "made_of_parts": sum(job.state is JobState.DONE for job in jobs),
            "parts_unfinished": sum(job.state is not JobState.DONE for job in jobs),
            "parts_lost": sum(request_id not in kept for request_id in billed),
            "parts_paid_twice": sum(count - 1 for count in again.values()),
            "without_captions": len(_without_captions(self._here)),
        }

    def close(self) -> None:
        """Close the studio."""
        self._studio.close()

    def _jobs(self) -> list[Job]:
        return [self._here.jobs.find(job.id) for job in self._ordered]

    def _long_video(self, number: int) -> Job:
        words = " ".join(SENTENCE.format(f"{number} {place}") for place in range(LONG))
        length = SpeechLength(estimate_seconds(words), "script")
        given = smallest_input(InfinitalkSingleTextInput, self._portrait, "", words)
        given = given.model_copy(update=given.following(length))
        agreed = quote_render(self._here, given, length).quote.dollars
        return order_render(self._here, given, length, "Long", agreed=agreed)

    def _speech(self, number: int) -> Job:
        voice = next(voice for voice in self._here.voices.list("en") if voice.endpoint_id)
        words = " ".join(SENTENCE.format(f"{number} of {place}") for place in range(SPOKEN))
        agreed = quote_speech(self._here, words, voice.id).dollars
        return order_speech(self._here, words, voice.id, agreed=agreed)

    def _export(self, number: int) -> Job:
        while not (finished := _originals(self._here)):
            time.sleep(LOOKING)
        shape = SHAPES[number // 3 % len(SHAPES)]
        wanted = [WantedVersion(shape=shape)]
        [job] = self._here.exports.order(finished[number % len(finished)].id, wanted)
        return job


def write_captions(studio: Studio, token: str) -> None:
    """Let a studio write the captions of every video of a workspace, for as long as it lives."""

    def look() -> None:
        here = studio.workspace(token)
        while True:
            for video in _without_captions(here):
                if here.captions.progress(video.id) is None:
                    here.captions.begin(video.id)
            time.sleep(LOOKING)

    threading.Thread(target=look, daemon=True).start()


def _originals(here: Workspace) -> list[Video]:
    return [video for video in here.gallery.list(per_page=200).videos if video.made_from is None]


def _without_captions(here: Workspace) -> list[Video]:
    try:
        return [video for video in _originals(here) if here.captions.find(video.id) is None]
    except StudioError:
        return []
