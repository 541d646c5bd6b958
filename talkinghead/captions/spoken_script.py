"""The words spoken in a video, as far as stored."""

from talkinghead.catalogue import Catalogue
from talkinghead.jobs.job import Video
from talkinghead.speech.pronunciations.entries import Pronounced, pronounced, written_back
from talkinghead.speech.pronunciations.service import PronunciationService
from talkinghead.speech.repository import SpeechRepository
from talkinghead.speech.text.timed_words import TimedWord


class SpokenScripts:
    """The spoken words of one workspace's videos.

    Args:
        workspace: its id.
        speeches: those that videos are made from.
        pronunciations: how names are said.
        catalogue: resolves which of a video's arguments are its words or its sound.
    """

    def __init__(
        self,
        workspace: str,
        speeches: SpeechRepository,
        pronunciations: PronunciationService,
        catalogue: Catalogue,
    ) -> None:
        self._workspace = workspace
        self._speeches = speeches
        self._pronunciations = pronunciations
        self._catalogue = catalogue

    def of(self, video: Video) -> tuple[str, tuple[TimedWord, ...]]:
        """Return the written script of a video, and its word times if the voice reported them."""
        row = video.endpoint_id, video.arguments
        if reference := self._catalogue.recording_in(*row):
            speech = self._speeches.of_file(self._workspace, reference)
            return (speech.script, speech.words) if speech is not None else ("", ())
        sent = self._catalogue.script_in(*row)
        return written_back(sent, self._pronunciations.list()), ()

    def as_said(self, written: str) -> Pronounced:
        """Return words as a voice says them, with the pronunciation list applied."""
        return pronounced(written, self._pronunciations.list())
