"""Benchmark: a stranger with twelve fresh galleries beside one normal visitor of a hosted studio.

From one network address, twelve galleries at once upload pictures and recordings of the largest
size that is accepted, trim the recordings and order drafts of a minute. Meanwhile a visitor from
another address uploads a portrait and a recording, trims it, and orders one draft. All of it runs
behind the pages, in the process that would serve them.

Run as `python bench/hostile.py [--small]` from the root; the last line is one JSON object:

others_first_draft_s   from the visitor's order until their draft is being made
portrait_preview_s     from the visitor's upload until the picture can be shown
trim_preview_s         from a trim of the visitor's recording until it can be heard
web_peak_rss_mb        of this process
total_peak_rss_mb      with all processes that it started
disk_mb                of the stranger's files at the end
drafts_asked, drafts_ordered, uploads_asked, uploads_stored   of the stranger
seconds                how long the stranger went on
load                   of the machine in the minute before, and its cores
"""

import argparse
import io
import json
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from talkinghead import Settings, Studio, Workspace, open_studio  # noqa: E402 - found from the root
from talkinghead.av.sound import Sound, sound_bytes  # noqa: E402
from talkinghead.catalogue import BUILT_IN  # noqa: E402
from talkinghead.core.errors import StudioError  # noqa: E402
from talkinghead.jobs.job import JobState  # noqa: E402
from talkinghead.portraits.values import Portrait  # noqa: E402
from talkinghead.projects.values import Project  # noqa: E402
from talkinghead.speech.recordings.values import RecordingEdit  # noqa: E402
from talkinghead.teams.values import Visit  # noqa: E402

PORTRAIT = ROOT / "components" / "portraits" / "samples" / "mona-lisa.jpg"
SPEECH = ROOT / "tests" / "data" / "speech" / "jfk.flac"
AGAIN = 0.5  # seconds after which the stranger tries a refused upload again
LOOKING = 0.1  # seconds between two looks at the memory
PATIENCE = 300.0  # seconds that the visitor's draft may take to begin
SENTENCE = "I stand before everybody else and say a great deal of very little. "
BEGUN = (JobState.RENDERING, JobState.STORING, JobState.DONE)


@dataclass(frozen=True)
class Size:
    """The size of an attack.

    Attributes:
        galleries: at once.
        side: px of the uploaded pictures.
        seconds: of the uploaded recordings.
        uploads, trims, drafts: for each gallery.
        sentences: of a draft's script.
        warm_up: seconds that the stranger has before the visitor comes.
        longest: seconds after which the stranger begins nothing more.
    """

    galleries: int = 12
    side: int = 8060
    seconds: int = 1040  # 100 MB of 48 kHz
    uploads: int = 2
    trims: int = 5
    drafts: int = 42
    sentences: int = 10
    warm_up: float = 20.0
    longest: float = 240.0


SMALL = Size(3, 2000, 60, 1, 2, 8, 4, 3.0)


class Memory:
    """Watches the memory of this process and of all below it."""

    def __init__(self) -> None:
        self.own = self.total = 0.0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop."""
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._end.wait(LOOKING):
            sizes = resident()
            self.own = max(self.own, sizes[os.getpid()])
            self.total = max(self.total, sum(sizes.values()))


def resident() -> dict[int, float]:
    """Return the resident megabytes of this process and of all that it started."""
    parents: dict[int, int] = {}
    sizes: dict[int, float] = {}
    page = os.sysconf("SC_PAGE_SIZE") / 1024**2
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            facts = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        parents[int(folder.name)], sizes[int(folder.name)] = int(facts[1]), int(facts[21]) * page
    mine = {os.getpid()}
    while found := {pid for pid, parent in parents.items() if parent in mine} - mine:
        mine |= found
    return {pid: sizes[pid] for pid in mine}


def large_picture(side: int) -> bytes:
    """Return a PNG of few bytes and many pixels, with transparency."""
    file = io.BytesIO()
    Image.new("RGBA", (side, side), (40, 90, 120, 128)).save(file, "PNG")
    return file.getvalue()


def long_recording(seconds: int) -> bytes:
    """Return a WAV of a tone with pauses."""
    time_line = np.arange(seconds * 48_000, dtype=np.float32) / 48_000
    tone = 0.3 * np.sin(time_line * 900) * (np.sin(time_line * 2) > -0.5)
    return sound_bytes(Sound(tone.astype(np.float32), 48_000), ".wav")


class Stranger:
    """The attack; `asked` and `done` count what was tried and what was let through."""

    def __init__(self, studio: Studio, size: Size) -> None:
        self.asked, self.done = Counter[str](), Counter[str]()
        self.galleries = [
            studio.workspace(studio.new_token(), visit=Visit(client="the stranger"))
            for _ in range(size.galleries)
        ]
        self._size = size
        self._end = 0.0
        self._end = 0.0
        self._picture, self._sound = large_picture(size.side), long_recording(size.seconds)
        self._threads = [
            threading.Thread(target=self._attack, args=(here,), daemon=True)
            for here in self.galleries
        ]

    def begin(self) -> None:
        """Start all galleries at once."""
        self._end = time.monotonic() + self._size.longest
        for thread in self._threads:
            thread.start()

    def wait(self) -> None:
        """Wait until all that was meant has been tried, or the time is over."""
        for thread in self._threads:
            thread.join()

    def _attack(self, here: Workspace) -> None:
        portrait = self._portrait(here)
        script = SENTENCE * self._size.sentences
        for number in range(self._size.drafts):
            project = Project(catalogue=BUILT_IN, portrait=portrait, script=f"{number}. {script}")
            self._try("drafts", partial(order_draft, here, project))
        for _ in range(self._size.uploads):
            self._try("uploads", lambda: here.portraits.add(self._picture, "large.png"))
            self._try("uploads", lambda: self._trim(here))

    def _portrait(self, here: Workspace) -> Portrait:
        """Return a small portrait; it is uploaded until it is not refused any more."""
        while True:
            try:
                return here.portraits.add(PORTRAIT.read_bytes(), "portrait.jpg")
            except StudioError:
                time.sleep(AGAIN)

    def _trim(self, here: Workspace) -> None:
        recording = here.recordings.add(self._sound, "long.wav")
        for number in range(self._size.trims):
            edit = RecordingEdit(start=float(number), end=30.0 + number, cut_silence=True)
            if time.monotonic() < self._end:
                here.recordings.preview(recording, edit)

    def _try(self, what: str, act: Callable[[], object]) -> None:
        if time.monotonic() > self._end:
            return
        self.asked[what] += 1
        try:
            act()
            self.done[what] += 1
        except StudioError:
            pass  # refused in a sentence, as it should be


def order_draft(here: Workspace, project: Project) -> str:
    """Order the free draft of a project; returns its job."""
    wanted = here.projects.draft_order(project)
    plan = here.renders.plan(wanted.input, wanted.speech)
    permit = here.billing.authorise(here.billing.quote(plan.lines))
    return here.renders.order(plan, permit, wanted.title).id


def visit(studio: Studio) -> dict[str, float]:
    """Do what a normal visitor does; returns the seconds of each step."""
    here = studio.workspace(studio.new_token(), visit=Visit(client="a visitor"))
    began = time.monotonic()
    portrait = here.portraits.add(PORTRAIT.read_bytes(), "portrait.jpg")
    here.portraits.shown(portrait.reference)
    seconds = {"portrait_preview_s": time.monotonic() - began}
    recording = here.recordings.add(SPEECH.read_bytes(), "speech.flac")
    began = time.monotonic()
    here.recordings.preview(recording, RecordingEdit(start=1.0, end=8.0))
    seconds["trim_preview_s"] = time.monotonic() - began
    project = Project(catalogue=BUILT_IN, portrait=portrait, script="Good morning, everybody.")
    began = time.monotonic()
    job_id = order_draft(here, project)
    while here.jobs.find(job_id).state not in BEGUN and time.monotonic() - began < PATIENCE:
        time.sleep(LOOKING)
    seconds["others_first_draft_s"] = time.monotonic() - began
    return seconds


def measure(size: Size, folder: Path) -> dict[str, Any]:
    """Attack a studio in this folder, and visit it."""
    settings = Settings(data_dir=folder, database_url=None, media_url=None, single_user=False)
    with closing(open_studio(settings)) as studio:
        studio.load_ahead()
        stranger = Stranger(studio, size)  # what it sends is made before anything is measured
        memory = Memory()
        began = time.monotonic()
        stranger.begin()
        time.sleep(size.warm_up)
        steps = visit(studio)
        stranger.wait()
        memory.close()
        seconds = time.monotonic() - began
        files = [
            path for here in stranger.galleries for path in (folder / "media" / here.id).glob("*")
        ]
        return {
            **{name: round(value, 2) for name, value in steps.items()},
            "web_peak_rss_mb": round(memory.own),
            "total_peak_rss_mb": round(memory.total),
            "disk_mb": round(sum(path.stat().st_size for path in files) / 1024**2),
            "drafts_asked": stranger.asked["drafts"],
            "drafts_ordered": stranger.done["drafts"],
            "uploads_asked": stranger.asked["uploads"],
            "uploads_stored": stranger.done["uploads"],
            "seconds": round(seconds),
            "load": [round(os.getloadavg()[0], 1), os.cpu_count()],
        }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="A stranger beside a normal visitor.")
    parser.add_argument("--small", action="store_true", help="a small attack, in about a minute")
    size = SMALL if parser.parse_args().small else Size()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(size, Path(folder))))


if __name__ == "__main__":
    main()
