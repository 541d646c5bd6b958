"""Benchmark: a script of five minutes on a model that makes 28.8 seconds, through the studio and a
fal server.

The script is said by a bought voice first, and the speech then rendered in parts.

Run as `python bench/long.py` from the root; the last line is one JSON object:

parts                    how many the speech became
max_drift_ms             how far any click is heard outside the frame that flashes for it, in the
                         finished file; 0 while sound and picture agree to the frame
max_join_step            the steepest step of the sound at a join over the steepest beside it
edit_price_ratio         the price of rendering after one sentence was edited, over the whole price;
                         the mean over five places
edit_billed_ratio        the same by the bills, for one edit that is said and rendered, its speech
                         included
edit_parts_kept          how many parts of that edit were not rendered again
join_rtf                 seconds of joining for a second of 720p video, process start included
join_wait_rtf            likewise from the end of the last part until the studio had the joined file
peak_rss_mb              of the joining process
peak_rss_one_minute_mb   likewise for one minute of the same
render_seconds           from the click to the video in the gallery
load                     of the machine in the minute before, and its cores

The fal is that of the tests: real HTTP, every bill counted, and marks drawn into what it makes.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from subprocess import PIPE
from typing import Any

import av
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from talkinghead import Settings, Workspace, open_studio  # noqa: E402 - found from the root
from talkinghead.av.sound import Sound, read_sound  # noqa: E402
from talkinghead.catalogue import InfinitalkInput, LongVideoInput, ModelInput, SpeechLength  # noqa: E402
from talkinghead.jobs.job import Job, JobState  # noqa: E402
from talkinghead.renders.parts.joining import CROSSFADE_FRAMES  # noqa: E402
from talkinghead.renders.renderer import WORKER as FILM_WORKER  # noqa: E402
from tests.fal_server.marks import read_marks  # noqa: E402
from tests.fal_server.options import Options  # noqa: E402
from tests.fal_server.server import FalServer  # noqa: E402
from tests.long_speech import sentences  # noqa: E402
from tests.orders import order_render, order_speech, quote_render, quote_speech  # noqa: E402
from tests.paid_studio import Person  # noqa: E402

RATE = 44_100
SECONDS, MINUTE = 300, 60
FPS = 25
EDITS = 5
ROUNDS = 2  # the better one counts: other work on the machine only ever slows one down
CLICK = 0.6  # of the loudest sample; AAC takes some of it away
EDITED = "This is said in its place instead."
KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"


def asked(here: Workspace, texts: Sequence[str]) -> tuple[ModelInput, SpeechLength]:
    """Return InfiniTalk's inputs for a script, at 720p: the script in a bought voice."""
    voice = next(voice for voice in here.voices.list("en") if voice.endpoint_id)
    script = " ".join(texts)
    job = order_speech(here, script, voice.id, quote_speech(here, script, voice.id).dollars)
    speech = here.speech.of_job(ended(here, job).id)
    assert speech is not None
    length = SpeechLength(speech.seconds, "recording")
    given = Person(here, KEY).input(InfinitalkInput)
    followed = InfinitalkInput.following(length)
    return given.replace(audio_url=speech.reference, resolution="720p", **followed), length


def ended(here: Workspace, job: Job) -> Job:
    """Return the job once it has ended."""
    while not here.jobs.find(job.id).state.ended:
        time.sleep(0.05)
    job = here.jobs.find(job.id)
    assert job.state is JobState.DONE, job.problem
    return job


def rendered(here: Workspace, texts: Sequence[str]) -> tuple[Job, float]:
    """Return the finished long video, and the seconds that it took."""
    given, length = asked(here, texts)
    agreed = quote_render(here, given, length).estimate.dollars
    began = time.perf_counter()
    job = ended(here, order_render(here, given, length, "Long", agreed=agreed))
    return job, time.perf_counter() - began


def frames_of(job: Job) -> list[int]:
    """Return the number of frames of each part."""
    return [part.frames or 0 for part in LongVideoInput.model_validate(job.arguments).parts]


def file_of(here: Workspace, job: Job) -> Path:
    """Return the finished video."""
    return Path(here.gallery.file(job.video_id or ""))


def join_seconds(here: Workspace, job: Job) -> float:
    """Return the seconds from the end of the last part until the joined file was complete."""
    last = max(part.ended_at for part in here.renders.parts(job.id) if part.ended_at)
    [joined] = [event.at for event in here.jobs.events(job.id) if event.text == JobState.STORING]
    return (joined - last).total_seconds()


def click_times(sound: Sound) -> list[float]:
    """Return the times of the clicks in the sound, in seconds: samples close to the loudest."""
    loud = np.flatnonzero(np.abs(sound.samples) >= CLICK * sound.peak)
    first = np.concatenate([[True], np.diff(loud) > sound.rate // 5]) if len(loud) else loud
    return [float(at) / sound.rate for at in loud[first]]


def max_drift_ms(video: Path, frames: Sequence[int]) -> float:
    """Return the largest difference between the visible flashes and the audible clicks; every frame
    is checked."""
    wanted = [number for count in frames for number in range(count)]
    starts = list(accumulate(frames))[:-1]
    fading = {start - 1 - k for start in starts for k in range(CROSSFADE_FRAMES)}
    flashes, last = list[int](), False
    with av.open(str(video)) as file:
        for frame, picture in enumerate(file.decode(video=0)):
            try:
                marks = read_marks(picture.to_ndarray(format="gray").astype(np.uint8))
            except ValueError:
                assert frame in fading, f"frame {frame} cannot be read"
                continue
            assert marks.frame == wanted[frame] or frame in fading, f"frame {frame} shows {marks}"
            if marks.flash and not last:
                flashes.append(frame)
            last = marks.flash
    assert frame + 1 == len(wanted), "frames are missing"
    heard = click_times(read_sound(video, RATE))
    assert len(heard) == len(flashes), f"{len(heard)} clicks, {len(flashes)} flashes"
    early = [at - frame / FPS for at, frame in zip(heard, flashes, strict=True)]
    return 1000 * max(max(-each, each - 1 / FPS, 0.0) for each in early)


def max_join_step(video: Path, frames: Sequence[int]) -> float:
    """Return the steepest step within 20 ms of a join, over the steepest in the second around
    it."""
    sound = read_sound(video, RATE)
    steps = np.abs(np.diff(sound.samples))
    near, far = RATE // 50, RATE // 2
    joins = [start * RATE // FPS for start in accumulate(frames)][:-1]
    return max(
        float(steps[at - near : at + near].max() / steps[at - far : at + far].max()) for at in joins
    )


def edit_price_ratio(here: Workspace, texts: list[str]) -> float:
    """Return the mean price over edits of one sentence at several places, by the plan."""
    ratios = []
    for number in range(3, len(texts), len(texts) // EDITS):
        plan = quote_render(here, *asked(here, [*texts[:number], EDITED, *texts[number + 1 :]]))
        assert plan.estimate.dollars is not None  # the model's price is on its list
        assert plan.whole_dollars
        ratios.append(plan.estimate.dollars / plan.whole_dollars)
    return float(sum(ratios) / len(ratios))


def joined_again(here: Workspace, job: Job, folder: Path) -> tuple[float, float]:
    """Run the studio's joining process on the parts of a long video; returns its seconds, start
    included, and its peak memory in MB."""
    long_video = LongVideoInput.model_validate(job.arguments)
    parts = [here.gallery.file(part.video_id or "") for part in here.renders.parts(job.id)]
    sound = folder / f"{job.id}.wav"
    sound.write_bytes(here.recordings.sound(long_video.sound or ""))
    order = {
        "parts": [[str(path), count] for path, count in zip(parts, frames_of(job), strict=True)],
        "sound": str(sound),
        "out": str(folder / f"{job.id}.mp4"),
    }
    began = time.perf_counter()
    with subprocess.Popen(FILM_WORKER, stdin=PIPE, stdout=PIPE, cwd=ROOT) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(order).encode() + b"\n")
        process.stdin.flush()  # and stays open: the process ends when it closes
        *_, last = process.stdout
    return time.perf_counter() - began, json.loads(last)["report"]["peak_rss_mb"]


def measured(here: Workspace, fal: FalServer, folder: Path) -> dict[str, Any]:
    """Return all figures."""
    other = [f"At first, {text.lower()}" for text in sentences(MINUTE)]  # no part of it is reused
    _, minute_peak = joined_again(here, rendered(here, other)[0], folder)
    bills = len(fal.bills)
    texts = sentences(SECONDS)
    job, seconds = rendered(here, texts)
    whole = sum((bill.dollars for bill in fal.bills[bills:]), Decimal(0))
    frames, video = frames_of(job), file_of(here, job)
    runs = [joined_again(here, job, folder) for _ in range(ROUNDS)]
    result = {
        "parts": len(frames),
        "max_drift_ms": max_drift_ms(video, frames),
        "max_join_step": max_join_step(video, frames),
        "edit_price_ratio": edit_price_ratio(here, texts),
        "join_rtf": min(seconds for seconds, _ in runs) / (sum(frames) / FPS),
        "join_wait_rtf": join_seconds(here, job) / (sum(frames) / FPS),
        "peak_rss_mb": max(peak for _, peak in runs),
        "peak_rss_one_minute_mb": minute_peak,
        "render_seconds": seconds,
    }
    bills, middle = len(fal.bills), len(texts) // 2 + 1
    edited, _ = rendered(here, [*texts[:middle], EDITED, *texts[middle + 1 :]])
    paid = sum((bill.dollars for bill in fal.bills[bills:]), Decimal(0))
    kept = sum(part.parent != edited.id for part in here.renders.parts(edited.id))
    assert max_drift_ms(file_of(here, edited), frames_of(edited)) == result["max_drift_ms"]
    return {**result, "edit_billed_ratio": float(paid / whole), "edit_parts_kept": kept}


def main() -> None:
    """Measure everything and print it."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder, FalServer(Options(keys=(KEY,))) as fal:
        settings = Settings(
            data_dir=Path(folder),
            single_user=True,
            database_url=None,
            media_url=None,
            fal_key=KEY,
            fal_proxy_url=fal.url,
        )
        studio = open_studio(settings)
        try:
            result = measured(studio.workspace(), fal, Path(folder))
        finally:
            studio.close()
    shown = {name: round(float(value), 3) for name, value in result.items()}
    print(json.dumps({**shown, "load": f"{load:.1f} on {os.cpu_count()} cores"}))


if __name__ == "__main__":
    main()
