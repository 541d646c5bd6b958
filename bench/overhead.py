"""Benchmark: the time this app adds to fal's own eight-line example, from the click to the stored
video.

Both make the same video of a portrait and a recording on the same fal (`tests.fal_server` in a
process of its own, with lifelike latencies), in turn. What fal itself takes for a request, its
queue and its run, is taken off; what is left is the time outside inference: uploads, order,
noticing the end, fetching the video. The script stores its video, too.

first_ratio: ours over the script's, for inputs that fal has never seen. warm_ratio: the same where
the page has sent the inputs ahead while the person was still choosing, as it does. repeat_ratio:
the same portrait and speech again with another seed. requests_ours, requests_script: HTTP requests
for one video, polls included. Medians.
"""

import argparse
import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from talkinghead import Settings, Workspace, open_studio  # noqa: E402  the path makes them so
from talkinghead.av.sound import Sound, read_sound, sound_bytes  # noqa: E402
from talkinghead.catalogue import InfinitalkInput, SpeechLength  # noqa: E402
from talkinghead.jobs.job import JobState  # noqa: E402
from tests.fal_server.process import FalProcess  # noqa: E402
from tests.orders import order_render, quote_render  # noqa: E402

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
PORTRAIT = ROOT / "components/portraits/samples/lady-agnew.jpg"
SPEECH = ROOT / "tests/data/speech/jfk.flac"
SECONDS = 4
FRAMES = 101
SCRIPT = """
import json, sys, time, urllib.request
import fal_client
import fal_client.client as client

base, image, audio, seed, out = sys.argv[1:]
client.QUEUE_URL_FORMAT, client.REST_URL, client.CDN_URL = base + "/queue/", base + "/rest", base + "/cdn"

def on_queue_update(update):
    if isinstance(update, fal_client.InProgress):
        for log in update.logs or []:
            log["message"]

began = time.time()
image_url, audio_url = fal_client.upload_file(image), fal_client.upload_file(audio)
result = fal_client.subscribe(
    "fal-ai/infinitalk",
    arguments={"image_url": image_url, "audio_url": audio_url, "prompt": "She speaks.",
               "num_frames": %d, "seed": int(seed)},
    with_logs=True,
    on_queue_update=on_queue_update,
)
urllib.request.urlretrieve(result["video"]["url"], out)
print(json.dumps(time.time() - began))
"""  # noqa: E501 - the document's own lines, and what leads them to the test server


@dataclass(frozen=True)
class Taken:
    """One video: seconds outside inference, and HTTP requests."""

    seconds: float
    requests: int


class Ours:
    """This app: a studio as the pages use it."""

    def __init__(self, folder: Path, fal: FalProcess) -> None:
        self._fal = fal
        settings = Settings(
            data_dir=folder / "data",
            single_user=True,
            fal_key=KEY,
            fal_proxy_url=fal.url,
        )
        self.studio = open_studio(settings)
        self.workspace: Workspace = self.studio.workspace()

    def brought(self, inputs: "Inputs") -> tuple[str, str]:
        """Add the portrait and the recording, as the page does."""
        portrait = self.workspace.portraits.add(inputs.image.read_bytes(), "portrait.jpg")
        recording = self.workspace.recordings.add(inputs.audio.read_bytes(), "speech.wav")
        return portrait.reference, recording.reference

    def render(self, references: tuple[str, str], seed: int) -> Taken:
        """Click, and wait until the video is stored."""
        model_input = InfinitalkInput(
            image_url=references[0],
            audio_url=references[1],
            prompt="She speaks.",
            num_frames=FRAMES,
            seed=seed,
        )
        length = SpeechLength(Decimal(SECONDS), "recording")
        agreed = quote_render(self.workspace, model_input, length).estimate.dollars
        visits = len(self._fal.visits)
        began = time.time()
        job = order_render(
            self.workspace, model_input, length, "Overhead", agreed=agreed, another_take=True
        )
        while not (now := self.workspace.jobs.find(job.id)).state.ended:
            time.sleep(0.01)
        took = time.time() - began
        assert now.state is JobState.DONE, now.problem
        return taken(self._fal, took, visits)

    def warm(self, references: tuple[str, str]) -> None:
        """Prefetch, as the page does while the person still chooses."""
        self.workspace.billing.prefetch(InfinitalkInput.endpoint_id, *references)
        time.sleep(4)


@dataclass(frozen=True)
class Inputs:
    """A portrait and a recording that fal has never seen."""

    image: Path
    audio: Path


def inputs(folder: Path, number: int) -> Inputs:
    """Yield the sample portrait and speech, slightly different each time."""
    random = np.random.default_rng(number)
    with Image.open(PORTRAIT) as picture:
        pixels = np.asarray(picture.convert("RGB"))
    noisy = np.clip(pixels.astype(int) + random.integers(-2, 3, pixels.shape), 0, 255)
    image, audio = folder / f"portrait{number}.jpg", folder / f"speech{number}.wav"
    data = io.BytesIO()
    Image.fromarray(noisy.astype(np.uint8)).save(data, "JPEG", quality=92)
    image.write_bytes(data.getvalue())
    sound = read_sound(SPEECH.read_bytes())
    samples = sound.samples[: SECONDS * sound.rate] * random.uniform(0.9, 1.0)
    audio.write_bytes(sound_bytes(Sound(samples.astype(np.float32), sound.rate), ".wav"))
    return Inputs(image, audio)


def script(fal: FalProcess, folder: Path, given: Inputs, seed: int) -> Taken:
    """Run fal's example in a process of its own; its start is not counted."""
    visits = len(fal.visits)
    code, out = SCRIPT % FRAMES, folder / f"script{seed}.mp4"
    command = [sys.executable, "-c", code, fal.url, given.image, given.audio, str(seed), out]
    done = subprocess.run(
        list(map(str, command)), env={"FAL_KEY": KEY}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return taken(fal, json.loads(done.stdout.splitlines()[-1]), visits)


def taken(fal: FalProcess, seconds: float, visits: int) -> Taken:
    """Return the time without fal's own for the latest request."""
    newest: dict[str, Any] = fal.jobs[-1]
    return Taken(seconds - _inference(newest), len(fal.visits) - visits)


def _inference(job: dict[str, Any]) -> float:
    from datetime import datetime

    accepted, ended = (datetime.fromisoformat(job[name]) for name in ("accepted_at", "ended_at"))
    return (ended - accepted).total_seconds()


def main() -> None:
    """Measure all ways in turn, `--rounds` times; print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--run", default="6..9", help="seconds of a run on the test fal")
    arguments = parser.parse_args()
    latencies = ("--lifelike", "--latency", f"run={arguments.run}", "queue=1..2")
    all_taken: dict[str, list[Taken]] = {"first": [], "script": [], "warm": [], "repeat": []}
    with tempfile.TemporaryDirectory() as name, FalProcess(*latencies) as fal:
        folder = Path(name)
        ours = Ours(folder, fal)
        for turn in range(arguments.rounds):
            given = [inputs(folder, 2 * turn + number) for number in range(2)]
            references = ours.brought(given[0])
            all_taken["first"].append(ours.render(references, 1))
            all_taken["script"].append(script(fal, folder, given[0], 2 * turn))
            all_taken["repeat"].append(ours.render(references, 2))
            all_taken["script"].append(script(fal, folder, given[0], 2 * turn + 1))
            references = ours.brought(given[1])
            ours.warm(references)
            all_taken["warm"].append(ours.render(references, 1))
        ours.studio.close()
    print(json.dumps(results(all_taken)))


def results(all_taken: dict[str, list[Taken]]) -> dict[str, float]:
    """Return the figures by key."""
    seconds = {
        way: statistics.median(each.seconds for each in many) for way, many in all_taken.items()
    }
    requests = {
        way: statistics.median(each.requests for each in many) for way, many in all_taken.items()
    }
    ratios = {f"{way}_ratio": seconds[way] / seconds["script"] for way in all_taken}
    del ratios["script_ratio"]
    figures = {
        **ratios,
        "requests_ours": requests["first"],
        "requests_script": requests["script"],
        **{f"{way}_seconds": value for way, value in seconds.items()},
    }
    return {name: round(value, 3) for name, value in figures.items()}


if __name__ == "__main__":
    main()
