"""What is said in a video, as far as that is on record."""

from talkinghead.catalogue import model_of
from talkinghead.core.errors import NotFound
from talkinghead.jobs.job import Video
from talkinghead.speech.pronunciations.entries import Pronounced, pronounced, written_back
from talkinghead.speech.pronunciations.service import PronunciationService
from talkinghead.speech.repository import Speeches
from talkinghead.speech.text.timed_words import TimedWord


class SpokenScripts:
    """The words of one workspace's videos.

    Args:
        workspace: its id.
        speeches: those that videos are made from.
        pronunciations: how names are said.
    """

    def __init__(
        self, workspace: str, speeches: Speeches, pronunciations: PronunciationService
    ) -> None:
        self._workspace = workspace
        self._speeches = speeches
        self._pronunciations = pronunciations

    def of(self, video: Video) -> tuple[str, tuple[TimedWord, ...]]:
        """What is said in a video, as it is written, and the times where the voice told them."""
        reference = video.arguments.get("audio_url")
        if reference:
            speech = self._speeches.of_file(self._workspace, str(reference))
            return (speech.script, speech.words) if speech is not None else ("", ())
        try:
            field = model_of(video.endpoint_id).script_field
        except NotFound:
            field = None
        sent = str(video.arguments.get(field) or "") if field else ""
        return written_back(sent, self._pronunciations.list()), ()

    def as_said(self, written: str) -> Pronounced:
        """Words as a voice says them, with the names of the pronunciation list."""
        return pronounced(written, self._pronunciations.list())
