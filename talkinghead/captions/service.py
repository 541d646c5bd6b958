"""The captions service of one workspace."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from talkinghead.captions.background import BackgroundCaptionWriter, CaptionProgress, wait_reporting
from talkinghead.captions.cues import CaptionRules, Cue, make_cues
from talkinghead.captions.json_values import (
    cue_values,
    cues_of,
    player_rules,
)
from talkinghead.captions.repository import CaptionRepository, StoredCaptions
from talkinghead.captions.spoken_script import SpokenScripts
from talkinghead.core.errors import InvalidInput, InvalidScript, NotFound, RenderFailed
from talkinghead.jobs.job import Video
from talkinghead.speech.pronunciations.entries import pronounced
from talkinghead.speech.text.timed_words import TimedWord, word_values, words_of
from talkinghead.videos.originals import original_of
from talkinghead.videos.repository import VideoRepository

LONGEST_TRANSCRIPT = 40_000  # characters; twenty minutes of fast speech have 25,000
LONGEST_LINE = 500  # characters of a corrected caption
NO_CAPTIONS = "This video has no captions yet. Write them first."


@dataclass(frozen=True)
class VideoCaptions:
    """The captions of a video.

    Attributes:
        words: as they are said and as they were corrected, with their times.
        cues: what is shown together in the player and in subtitle files, for the video's shape.
        source: the source of the times: reported by the "engine" or the "voice", "aligned" with the
            sound, or "spread" over it, which is only a guess.
        edited: a person corrected them.
    """

    words: tuple[TimedWord, ...]
    cues: tuple[Cue, ...]
    source: str
    edited: bool


class CaptionService:
    """The captions and subtitles of one workspace's videos.

    Args:
        workspace: its id.
        videos: what they are captions of.
        captions: the captions repository.
        background: writes them.
        spoken: what is said in a video.
    """

    def __init__(
        self,
        workspace: str,
        videos: VideoRepository,
        captions: CaptionRepository,
        background: BackgroundCaptionWriter,
        spoken: SpokenScripts,
    ) -> None:
        self._workspace = workspace
        self._videos = videos
        self._captions = captions
        self._background = background
        self._spoken = spoken

    def find(self, video_id: str) -> VideoCaptions | None:
        """Return the stored captions, or None before they are written. An export has its
        original's; a video rendered from a speech has the words and times of the speech.

        Raises:
            NotFound: this workspace has no such video.
        """
        video = self._videos.video(self._workspace, video_id)
        kept = self._kept(video)
        if kept is None:
            return None
        rules = player_rules(video.width, video.height)
        corrected = cues_of(kept.edits)
        words = tuple(word for cue in corrected for word in cue.words) or words_of(kept.words)
        cues = corrected if video.made_from is None else ()
        return VideoCaptions(
            words, cues or _made_cues(words, rules), kept.source, edited=bool(corrected)
        )

    def spoken_script(self, video_id: str) -> str:
        """Return what is spoken in a video, as far as stored; otherwise "".

        Raises:
            NotFound: this workspace has no such video.
        """
        return self._spoken.of(self._videos.video(self._workspace, video_id))[0]

    def begin(self, video_id: str, script: str | None = None) -> None:
        """Start writing the captions of a video; `progress` returns the progress.

        Args:
            video_id: which; of a version, its original.
            script: what is said in it; else what is on record.

        Raises:
            NotFound: this workspace has no such video.
            InvalidScript: nothing is on record and nothing was given, or it is too long.
        """
        self._begin(original_of(self._videos, self._workspace, video_id), script)

    def progress(self, video_id: str) -> CaptionProgress | None:
        """Return the progress of the captions, or their failure; None if none are being written.

        Raises:
            NotFound: this workspace has no such video.
        """
        video = self._videos.video(self._workspace, video_id)
        return self._background.writing(self._workspace, video.made_from or video.id)

    def write(
        self,
        video_id: str,
        script: str | None = None,
        on_progress: Callable[[float], None] | None = None,
    ) -> VideoCaptions:
        """Write the captions of a video and wait for them.

        Args:
            video_id, script: as in `begin`.
            on_progress: called with the completed fraction, 0 to 1.

        Raises:
            NotFound, InvalidScript: as in `begin`.
            RenderFailed: the sound cannot be read, or the process ended.
        """
        original = original_of(self._videos, self._workspace, video_id)
        future = self._begin(original, script)

        def on_wait() -> None:
            writing = self._background.writing(self._workspace, original.id)
            if on_progress and writing:
                on_progress(writing.fraction)

        wait_reporting(future, on_wait)
        failed = self._background.writing(self._workspace, original.id)
        if failed is not None and failed.problem is not None:
            self._background.forget(self._workspace, original.id)
            raise RenderFailed(failed.problem)
        written = self.find(video_id)
        if written is None:  # deleted with everything meanwhile
            raise NotFound("Video not found.")
        return written

    def edit(self, video_id: str, texts: Sequence[str]) -> VideoCaptions:
        """Change the text of captions; their times are kept.

        Args:
            video_id: which; of a version, its original.
            texts: what each of the captions says now, as many as there are; an empty one goes.

        Raises:
            NotFound: this workspace has no such video, or it has no captions.
            InvalidInput: these are not as many, one is too long, or nothing would be left.
        """
        from talkinghead.captions.corrections import corrected

        original = original_of(self._videos, self._workspace, video_id)
        kept, known = self._kept(original), self.find(original.id)
        if kept is None or known is None:
            raise NotFound(NO_CAPTIONS)
        if len(texts) != len(known.cues):
            raise InvalidInput(
                "The captions have changed meanwhile. Look at them and correct them again.",
                field="captions",
            )
        cues, rules = known.cues, player_rules(original.width, original.height)
        for number in reversed(range(len(texts))):
            if texts[number].split() != cues[number].text.split():
                _check_line(texts[number])
                cues = corrected(cues, number, texts[number].replace("\x00", ""), rules)
        if not cues:
            raise InvalidInput("One caption at least must have words.", field="captions")
        if not self._captions.edit(self._workspace, original.id, kept.edits, cue_values(cues)):
            raise InvalidInput(
                "Somebody else corrected the captions just now. Look at them again.",
                field="captions",
            )
        return self.find(original.id) or known

    def revert(self, video_id: str) -> None:
        """Revert the captions to the script.

        Raises:
            NotFound: this workspace has no such video, or it has no captions.
        """
        original = original_of(self._videos, self._workspace, video_id)
        kept = self._kept(original)
        if kept is None:
            raise NotFound(NO_CAPTIONS)
        self._captions.save(self._workspace, original.id, replace(kept, edits=[]))

    def forget(self, video_id: str) -> None:
        """Delete the captions of a video, to write them again from other words.

        Raises:
            NotFound: this workspace has no such video.
        """
        self._captions.remove(
            self._workspace, original_of(self._videos, self._workspace, video_id).id
        )

    def subtitles(self, video_id: str, kind: Literal["srt", "vtt"]) -> str:
        """Return the captions as the text of a subtitle file.

        Raises:
            NotFound: this workspace has no such video, or it has no captions.
        """
        from talkinghead.captions.subtitle_files import write_srt, write_vtt

        captions = self.find(video_id)
        if captions is None:
            raise NotFound(NO_CAPTIONS)
        return write_srt(captions.cues) if kind == "srt" else write_vtt(captions.cues)

    def _begin(self, original: Video, script: str | None) -> Any:
        known, words = self._spoken.of(original)
        said = (script or known).replace("\x00", "").strip()
        if not any(letter.isalnum() for letter in said):
            raise InvalidScript("Add a transcript to create captions.")
        if len(said) > LONGEST_TRANSCRIPT:
            raise InvalidScript(
                f"The transcript has {len(said):,} characters, and {LONGEST_TRANSCRIPT:,} fit. "
                "Keep what is said in this video only."
            )
        reported = words if said == known.strip() else ()
        spoken = pronounced(said, ()) if reported else self._spoken.as_said(said)
        return self._background.begin(original, spoken, word_values(reported))

    def _kept(self, video: Video) -> StoredCaptions | None:
        """Return the stored captions; for a speech with known words they are stored first."""
        of = (self._workspace, video.made_from or video.id)
        kept = self._captions.captions(*of)
        if kept is None and (reported := self._spoken.of(video)[1]):
            kept = StoredCaptions("voice", word_values(reported), [])
            self._captions.save(*of, kept)
        return kept


def _check_line(text: str) -> None:
    if len(text) > LONGEST_LINE:
        raise InvalidInput(
            f"A caption has at most {LONGEST_LINE} characters, and this has {len(text):,}. Shorten "
            "it.",
            field="captions",
        )


@lru_cache(maxsize=64)
def _made_cues(words: tuple[TimedWord, ...], rules: CaptionRules) -> tuple[Cue, ...]:
    """Cached: a page asks for the same at each run, and ten minutes of speech take half a
    second."""
    return make_cues(words, rules)
