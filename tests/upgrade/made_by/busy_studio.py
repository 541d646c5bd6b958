"""A studio of 2b5e00a that has done a bit of everything and has a job in every state."""

# ruff: noqa: I001  today there are no modules of these names
import hashlib
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from components.composition import Composition, MadeSpeech
from talkinghead import Settings, Workspace, open_studio
from talkinghead.errors import StudioError
from talkinghead.jobs.job import Job, JobState
from talkinghead.media.framing import CropBox
from talkinghead.media.pronunciations import Pronunciation
from talkinghead.media.recording_edit import RecordingEdit
from talkinghead.media.script import estimate_seconds
from talkinghead.models import (
    DraftInput,
    FlashheadInput,
    HeygenAvatar4Input,
    InfinitalkInput,
    InfinitalkSingleTextInput,
    ModelInput,
    SpeechLength,
    StableAvatarInput,
)
from tests.fal_server.process import FalProcess
from tests.jobs.studios import small_drafts
from tests.long_speech import sentences
from tests.media.talking import SAID, SPEECH
from tests.paid_studio import small_portrait

OPERATOR, OWN = "the-operators-key", "a-key-of-ones-own"
RACHEL = "fal-ai/elevenlabs/tts/turbo-v2.5:Rachel"
STATES = {
    "waiting": "waiting", "preparing": "preparing", "submitting": "submitting", "key": "waiting",
    "submitting_at_fal": "submitting", "unconfirmed": "unconfirmed", "rendering": "rendering",
    "unconfirmed_at_fal": "unconfirmed", "rendering_key": "rendering", "film": "rendering",
    "storing": "storing", "speech": "rendering", "draft": "rendering", "waiting_draft": "waiting",
}  # fmt: skip
"""Where each has to be at the end."""
SHOWN = ("id", "endpoint_id", "arguments", "title", "seconds", "width", "height", "fps", "seed",
         "made_from", "dollars")  # fmt: skip


def wait_until(true: Callable[[], bool], what: str, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def some_speech(start: float, seconds: float) -> bytes:
    """A piece of a real recording, at a rate that takes little room."""
    from talkinghead.media.sound import Sound, read_sound, sound_bytes

    sound = read_sound(SPEECH.read_bytes())
    first = int(start * sound.rate)
    return sound_bytes(
        Sound(sound.samples[first : first + int(seconds * sound.rate)], sound.rate), ".wav"
    )


@dataclass
class Busy:
    """The studio's only workspace, and the fal it orders from."""

    here: Workspace
    fal: FalProcess

    def __post_init__(self) -> None:
        here, self.projects = self.here, list[str]()
        here.set_pronunciations(
            [Pronunciation("Agnew", "ag new"), Pronunciation("SQL", "sequel"),
             Pronunciation("Nguyễn", "win")]
        )  # fmt: skip
        self.portrait = here.add_portrait(small_portrait(), "Lady Agnew.jpg")
        self.box = CropBox(0.05, 0.0, 0.9, 0.9)
        geometry = FlashheadInput.provisional(image_url="").geometry(1.0)
        self.picture = here.crop_portrait(self.portrait, self.box, geometry)
        self.recording = here.add_recording(some_speech(8.0, 3.0), "country.wav")
        self.edit = RecordingEdit(start=0.2, end=1.8, cut_silence=True)
        self.edited = here.edit_recording(self.recording, self.edit)
        self.short = here.add_recording(some_speech(0.3, 1.5), "short.wav")

    # Orders

    def given(self, model: type[ModelInput], words: str) -> ModelInput:
        """A short video of the portrait."""
        spoken = {"audio_url": self.short.reference, "prompt": words}
        values: dict[type[ModelInput], dict[str, Any]] = {
            FlashheadInput: {"text": words, "seed": 7},
            InfinitalkInput: {**spoken, "num_frames": 41},
            StableAvatarInput: spoken,
            HeygenAvatar4Input: {"prompt": words, "voice": "Melissa", "resolution": "360p"},
        }
        return model.model_validate({"image_url": self.picture, **values[model]})

    def order(self, given: ModelInput, title: str, length: SpeechLength | None = None) -> Job:
        """Click, and keep the project with it, as the page does."""
        source: Any = "recording" if getattr(given, "audio_url", None) else "script"
        length = length or SpeechLength(estimate_seconds("One and a half."), source)
        agreed = self.here.offer(given, length).estimate.dollars
        job = self.here.render(given, length, title, agreed=agreed)
        kept = Composition(portrait=self.portrait, script=title, endpoint_id=job.endpoint_id)
        self.here.new_composition(kept.model_dump(mode="json"), composition_id=job.id)
        self.projects.append(job.id)
        return job

    def paid(self, model: type[ModelInput], title: str) -> Job:
        """The shortest one of a model."""
        return self.order(self.given(model, title), title)

    def draft(self, orders: str, title: str) -> Job:
        """A draft by the small worker, which reads its orders in the script."""
        given = DraftInput(image_url=self.picture, script_text=orders, width=64, height=64)
        return self.order(given, title)

    def until(self, job: Job, *states: JobState) -> Job:
        """The job, once it is there."""
        wait_until(
            lambda: self.here.job(job.id).state in states,
            f"{job.title} is {self.here.job(job.id)}",
        )
        return self.here.job(job.id)

    def done(self, job: Job) -> str:
        """The id of its video."""
        return self.until(job, JobState.DONE).video_id or ""

    def run_seconds(self, seconds: float) -> None:
        """How long a run takes that begins from now on."""
        self.fal.ask("latency", {"run": seconds})

    def struck(self, fault: str) -> None:
        """Wait until it has."""
        wait_until(
            lambda: f'"{fault}"' in json.dumps(self.fal.ask("faults")["struck"]),
            f"{fault} did not strike",
        )

    # What is there already

    def fill_gallery(self) -> None:
        """Videos of several models, a draft, captions and versions of them."""
        first = self.done(self.paid(FlashheadInput, "Good morning, Agnew."))
        self.done(self.draft("frames=10", "A first draft"))
        talking = self.given(InfinitalkInput, "She speaks.").replace(
            audio_url=self.recording.reference, num_frames=81
        )
        second = self.done(self.order(talking, "My country"))
        self.here.write_captions(second, SAID)
        texts = [cue.text for cue in self.here.captions(second).cues]
        self.here.edit_captions(second, [texts[0].upper(), *texts[1:]])
        self.done(self.here.finish(second, style="pop", shape="9:16"))
        self.here.write_captions(first, "Good morning, Agnew.")
        gone = self.done(self.paid(HeygenAvatar4Input, "Not good enough."))
        self.here.delete_video(gone)
        self.talking, self.deleted = second, gone

    def compare(self) -> None:
        """One comparison that nobody has decided, blind, and one that somebody has."""
        length = SpeechLength(estimate_seconds("One and a half."), "recording")
        given = [
            self.given(model, "She says it.") for model in (InfinitalkInput, StableAvatarInput)
        ]
        agreed = self.here.compare_offer(given, length).dollars
        blind = self.here.compare(given, length, "Which is she?", agreed=agreed, blind=True)
        length = SpeechLength(estimate_seconds("One and a half."), "script")
        given = [self.given(model, "He says it.") for model in (FlashheadInput, HeygenAvatar4Input)]
        agreed = self.here.compare_offer(given, length).dollars
        open_one = self.here.compare(given, length, "Which is he?", agreed=agreed)
        for job in (*blind.jobs, *open_one.jobs):
            self.done(job)
        self.here.choose(open_one.id, open_one.jobs[1].id)

    def speak(self) -> None:
        """A speech of a bought voice, and one that was removed."""
        self.speech = self._said("We open at nine. Come and see.")
        self.removed = self._said("We open at nine. Never mind.")
        self.here.delete_speech(self.removed)

    def _said(self, script: str) -> str:
        job = self.here.make_speech(script, RACHEL, self.here.speech_offer(script, RACHEL).dollars)
        self.until(job, JobState.DONE)
        return self.here.speech_of_job(job.id).id

    def hold_projects(self) -> None:
        """Pages with everything on them."""
        speech = self.here.speech(self.speech)
        script = Composition(
            portrait=self.portrait,
            face=0,
            crops={"1.000": self.box, "1.778": CropBox(0.0, 0.1, 1.0, 0.56)},
            shape=1.0,
            script=speech.script,
            reader=RACHEL,
            own_voice=False,
            made=MadeSpeech(
                id=speech.id, reference=speech.reference, seconds=speech.seconds,
                script=speech.script, voice=RACHEL,
            ),
            speech_job=speech.id,
            endpoint_id=InfinitalkInput.endpoint_id,
            parameters={
                InfinitalkInput.endpoint_id: {"prompt": "She smiles.", "seed": 11},
                HeygenAvatar4Input.endpoint_id: {"voice": "Melissa", "resolution": "360p"},
                "fal-ai/a-model-of-before": {"speed": 2},
            },
            jobs=(self.here.jobs()[-1].id,),
        )  # fmt: skip
        recorded = Composition(
            portrait=self.portrait, source="recording", recording=self.recording, edit=self.edit,
            edited=self.edited, endpoint_id=StableAvatarInput.endpoint_id,
            script="Said *twice*, [pause 1] then left.", shape=1.7777,
        )  # fmt: skip
        for composition in (script, recorded):
            self.projects.append(self.here.new_composition(composition.model_dump(mode="json")))

    # What is under way

    def leave_unconfirmed(self) -> dict[str, Job]:
        """Two orders without an answer; fal has one of them, and cannot be asked."""
        self.fal.fault("submit_drop")
        never = self.paid(FlashheadInput, "It never arrived.")
        self.struck("submit_drop")
        self.fal.fault("submit_drop_after")
        self.fal.fault("platform_500", times=None)
        arrived = self.paid(FlashheadInput, "It did arrive.")
        self.until(never, JobState.UNCONFIRMED)
        self.until(arrived, JobState.UNCONFIRMED)
        self.fal.mend()
        return {"unconfirmed": never, "unconfirmed_at_fal": arrived}

    def want_keys(self) -> dict[str, Job]:
        """Two orders on a person's own key, which is forgotten: one not sent, one rendering."""
        self.here.use_key(OWN)
        rendering = self.paid(FlashheadInput, "Mine is rendering.")
        self.until(rendering, JobState.RENDERING)
        self.fal.ask("latency", {"upload": 1})
        unsent = self.paid(InfinitalkInput, "Mine was not sent.")
        self.until(unsent, JobState.PREPARING)
        self.here.forget_key()
        wait_until(lambda: self.here.job(unsent.id).waiting_for == "key", unsent.title)
        self.fal.ask("latency", {"upload": 0})
        return {"key": unsent, "rendering_key": rendering}

    def film(self) -> dict[str, Job]:
        """A long video: its first part is made, the others are not."""
        self.run_seconds(1.5)
        self.fal.ask("options", {"concurrency": 1})
        script = " ".join(sentences(22))
        given = InfinitalkSingleTextInput(
            image_url=self.picture, text_input=script, voice="Aria", prompt="She speaks."
        )
        length = SpeechLength(estimate_seconds(script), "script")
        given = given.replace(**InfinitalkSingleTextInput.following(length))
        film = self.order(given, "A long story", length)
        wait_until(
            lambda: any(part.state is JobState.RENDERING for part in self.here.parts(film.id)),
            "no part is rendered",
        )
        self.run_seconds(3600)
        wait_until(
            lambda: any(part.state is JobState.DONE for part in self.here.parts(film.id)),
            "no part is done",
        )
        self.fal.ask("options", {"concurrency": 0})
        return {"film": film}

    def store(self) -> dict[str, Job]:
        """One that is rendered, of which the file does not come."""
        self.run_seconds(0)
        self.fal.fault("media_hang", request_id="next", times=None)
        job = self.paid(FlashheadInput, "It is on its way home.")
        self.until(job, JobState.STORING)
        self.run_seconds(3600)
        return {"storing": job}

    def half_spoken(self) -> dict[str, Job]:
        """A speech of which one sentence was bought before, and the other is being spoken."""
        script = "We open at nine. It takes a while."
        job = self.here.make_speech(script, RACHEL, self.here.speech_offer(script, RACHEL).dollars)
        self.until(job, JobState.RENDERING)
        return {"speech": job}

    def submit(self) -> dict[str, Job]:
        """Two orders that are on their way; only one of them arrives."""
        self.fal.fault("submit_hang", times=1)
        lost = self.paid(FlashheadInput, "Perhaps it never arrives.")
        self.until(lost, JobState.SUBMITTING)
        self.struck("submit_hang")
        self.fal.fault("submit_hang_after", times=1)
        arrives = self.paid(FlashheadInput, "Perhaps it arrives.")
        self.until(arrives, JobState.SUBMITTING)
        self.struck("submit_hang_after")
        return {"submitting": lost, "submitting_at_fal": arrives}

    def prepare(self) -> dict[str, Job]:
        """One whose sound is being uploaded."""
        self.fal.ask("latency", {"upload": 3600})
        given = self.given(InfinitalkInput, "It is uploaded.").replace(
            audio_url=self.edited.reference
        )
        job = self.order(given, "It is uploaded.")
        self.until(job, JobState.PREPARING)
        return {"preparing": job}

    def be_busy(self) -> dict[str, Job]:
        """A job in every state, at one moment."""
        jobs = {**self.film(), **self.leave_unconfirmed(), **self.want_keys()}
        jobs |= {**self.store(), **self.half_spoken()}
        jobs["rendering"] = self.paid(StableAvatarInput, "It is rendered.")
        self.until(jobs["rendering"], JobState.RENDERING)
        jobs |= self.prepare()
        # From here on it has to be quick: an order is waited for no longer than half a minute.
        jobs["draft"] = self.draft("frames=150 pause=0.08", "A draft under way")
        jobs["waiting_draft"] = self.draft("frames=10", "A draft that waits")
        jobs["version"] = self.here.finish(self.talking, shape="1:1")
        jobs |= self.submit()
        # Eight of one person's are under way now, so that the next one waits.
        jobs["waiting"] = self.paid(FlashheadInput, "It waits for its turn.")
        self.until(jobs["draft"], JobState.RENDERING)
        time.sleep(1)  # for what is written down twice a second
        return jobs

    # Its report

    def report(self, jobs: dict[str, Job]) -> dict[str, Any]:
        """Return everything that today's studio is expected to find."""
        here = self.here
        return {
            "under_way": {name: self._job(job.id) for name, job in jobs.items()},
            "ended": [self._job(job.id) for job in here.jobs() if job.state.ended],
            "videos": [self._video(video.id) for video in here.videos().videos],
            "deleted": self._video(self.deleted),
            "captions": {
                video.id: json.loads(json.dumps(asdict(captions)))
                for video in here.videos().videos
                if (captions := here.captions(video.id))
            },
            "speeches": [self._speech(speech) for speech in here.speeches()],
            "removed_speech": self.removed,
            "pronunciations": [asdict(entry) for entry in here.pronunciations()],
            "comparisons": [
                {
                    "id": each.id, "title": each.title, "blind": each.blind,
                    "hides_names": each.hides_names, "chosen": each.chosen,
                    "jobs": [job.id for job in each.jobs],
                    "mixed": [job.id for job in each.mixed],
                }
                for each in here.comparisons()
            ],
            "projects": {each: here.composition(each) for each in sorted(self.projects)},
            "portrait": json.loads(json.dumps(asdict(self.portrait))),
            "recordings": [asdict(each) for each in (self.recording, self.edited, self.short)],
            "ledger": [
                {"job_id": e.job_id, "request_id": e.request_id, "billed": _text(e.billed)}
                for e in here.ledger()
            ],
            "requests": [job["request_id"] for job in self.fal.jobs],
            "bills": [bill["request_id"] for bill in self.fal.bills],
        }  # fmt: skip

    def _job(self, job_id: str) -> dict[str, Any]:
        job = self.here.job(job_id)
        shown = {name: getattr(job, name) for name in ("id", "title", "endpoint_id", "request_id")}
        events = [[event.kind, event.text] for event in self.here.events(job_id)]
        parts = [[part.id, part.state] for part in self.here.parts(job_id)]
        shown |= {"state": job.state, "waiting_for": job.waiting_for, "payer": job.payer}
        return {**shown, "video_id": job.video_id, "events": events, "parts": parts}

    def _video(self, video_id: str) -> dict[str, Any]:
        video = self.here.video(video_id)
        shown = {name: getattr(video, name) for name in SHOWN}
        shown["dollars"] = _text(video.dollars)
        try:
            data = self.here.video_bytes(video_id), self.here.thumbnail(video_id)
        except StudioError:
            return shown
        digests = [hashlib.sha256(each).hexdigest() for each in data]
        return {**shown, "file": digests[0], "thumbnail": digests[1]}

    def _speech(self, speech: Any) -> dict[str, Any]:
        kept = asdict(replace(speech, created_at=None))
        return json.loads(json.dumps(kept, default=str))


def _text(dollars: Any) -> str | None:
    return None if dollars is None else str(dollars)


def main() -> None:
    """Be busy, tell, and wait for the end."""
    folder, url = Path(sys.argv[1]), sys.argv[2]
    settings = Settings(
        data_dir=folder, single_user=True, database_url=None, media_url=None, fal_key=OPERATOR,
        fal_proxy_url=url,
    )  # fmt: skip
    patient = {"pauses": (0.05, 0.1, 0.2, 0.2), "quick": 0.08}
    studio = open_studio(settings, small_drafts, patient)
    fal = FalProcess()
    fal.url = url
    busy = Busy(studio.workspace(), fal)
    busy.fill_gallery()
    busy.compare()
    busy.speak()
    busy.hold_projects()
    busy.report({})  # so that what cannot be reported fails before the long part
    jobs = busy.be_busy()
    report = busy.report(jobs)
    for name, state in STATES.items():
        found = report["under_way"][name]
        assert found["state"] == state, f"{name} is {found}"
    sys.stdout.write(json.dumps(report) + "\n")
    sys.stdout.flush()
    time.sleep(600)


if __name__ == "__main__":
    main()
