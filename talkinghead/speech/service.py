"""The speech service of one workspace."""

from dataclasses import replace
from datetime import UTC, datetime

from talkinghead.billing.permit import Permit
from talkinghead.catalogue.voices.languages import MINIMAX
from talkinghead.core.store import Store
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.speech.ordering import SpeechOrders
from talkinghead.speech.planning import SpeechPlanner
from talkinghead.speech.repository import Speech, SpeechRepository
from talkinghead.speech.values import SpeechPlan
from talkinghead.speech.voices import VoiceChoice, Voices


class SpeechService:
    """The speeches of one workspace.

    Args:
        workspace: its id.
        voices: this machine's and those to buy.
        planner: what is there of a speech, and what is not.
        orders: orders the rest.
        speeches: the library.
        journal: what happened to every job.
        store: where the sound is.
    """

    def __init__(
        self,
        workspace: str,
        voices: Voices,
        planner: SpeechPlanner,
        orders: SpeechOrders,
        speeches: SpeechRepository,
        journal: Journal,
        store: Store,
    ) -> None:
        self._workspace = workspace
        self._voices = voices
        self._planner = planner
        self._orders = orders
        self._speeches = speeches
        self._journal = journal
        self._store = store

    def plan(self, script: str, voice_id: str) -> SpeechPlan:
        """Return what would be ordered for a script in a voice; free of charge.

        Args:
            script: the words, with `[pause 0.8]` for silence and `*word*` for emphasis.
            voice_id: who speaks.

        Raises:
            NotFound: there is no such voice.
            InvalidScript: there is nothing to say, or too much.
        """
        plan = self._planner.plan(self._planner.read(script, voice_id))
        ready = self._speeches.of_fingerprint(self._workspace, plan.given.fingerprint)
        if ready is not None and not self._store.exists(self._workspace, ready.reference):
            ready = None
        note = _note(self._voices.find(voice_id), plan.given.language)
        return replace(plan, ready_id=ready.id if ready else None, note=note)

    def order(self, plan: SpeechPlan, permit: Permit) -> Job:
        """Order a speech; returns at once. `of_job` has it when the job is done.

        Args:
            plan: the speech.
            permit: from `billing.authorise`.

        Raises:
            RenderRefused: it costs more than was agreed to, or a cap is in the way.
        """
        return self._orders.order(plan, permit)

    def find(self, speech_id: str) -> Speech:
        """Return one speech; also a deleted one while it can be restored.

        Raises:
            NotFound: this workspace has no such speech.
        """
        return self._speeches.speech(self._workspace, speech_id)

    def delete(self, speech_id: str) -> None:
        """Delete a speech; `restore` undoes it for a day.

        After that its sound is gone, but for the videos that were made from it, and with it every
        sentence that no other speech says: to hear it again it has to be paid again.

        Raises:
            NotFound: this workspace has no such speech.
        """
        self._speeches.mark_deleted(self._workspace, speech_id, datetime.now(UTC))

    def restore(self, speech_id: str) -> None:
        """Restore a deleted speech.

        Raises:
            NotFound: this workspace has no such speech, or it is gone for good.
        """
        self._speeches.mark_deleted(self._workspace, speech_id, None)

    def of_job(self, job_id: str) -> Speech | None:
        """What a job has made, or None before it is done, where it makes no speech, and where
        that was removed.

        Raises:
            NotFound: this workspace has no such job.
        """
        job = self._journal.job(job_id, self._workspace)
        return self._speeches.of_job(self._workspace, job.id)

    def of_recording(self, reference: str) -> Speech | None:
        """The speech whose sound this is, also a removed one that a video keeps; None where the
        recording is no speech of ours."""
        return self._speeches.of_file(self._workspace, reference)

    def list(self, limit: int = 50) -> list[Speech]:
        """Return the library of speeches, newest first."""
        return self._speeches.newest(self._workspace, limit)


def _note(voice: VoiceChoice, language: str) -> str | None:
    if language == "und" or voice.speaks(language):
        return None
    name = MINIMAX.get(language, language.upper())
    return f"{voice.name} doesn't speak {name}. Choose a voice that does, or it will sound wrong."
