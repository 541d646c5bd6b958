"""Captions of finished videos: the verbs of a workspace."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from talkinghead.captions.background import CaptionDesk, Writing, waited
from talkinghead.captions.cues import CaptionRules, Cue, make_cues
from talkinghead.captions.records import (
    cue_values,
    cues_of,
    player_rules,
)
from talkinghead.captions.repository import CaptionShelf, KeptCaptions
from talkinghead.catalogue import model_of
from talkinghead.core.errors import InvalidInput, InvalidScript, NotFound, RenderFailed
from talkinghead.jobs.job import Video
from talkinghead.speech.pronunciations.entries import pronounced, written_back
from talkinghead.speech.store import SpeechShelf
from talkinghead.speech.text.timed_words import TimedWord, word_values, words_of
from talkinghead.videos.repository import Videos

NO_CAPTIONS = "This video has no captions yet. Write them first."


@dataclass(frozen=True)
class VideoCaptions:
    """The captions of a video.

    Attributes:
        words: as they are said and as they were corrected, with their times.
        cues: what stands together in the player and in subtitle files, for the video's shape.
        source: how the times were found: told by the "engine" or the "voice", "aligned" with the
            sound, or "spread" over it, which is only a guess.
        edited: a person corrected them.
    """

    words: tuple[TimedWord, ...]
    cues: tuple[Cue, ...]
    source: str
    edited: bool


class Captioning:
    """The verbs of a workspace over captions and subtitles."""

    id: str
    _videos: Videos
    _caption_shelf: CaptionShelf
    _caption_desk: CaptionDesk
    _speech_shelf: SpeechShelf

    def captions(self, video_id: str) -> VideoCaptions | None:
        """The captions on record, or None before they are written. A version has its original's;
        what was rendered from a speech has the words and times of that.

        Raises:
            NotFound: this workspace has no such video.
        """
        video = self._videos.video(self.id, video_id)
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
        """What is said in a video as far as that is on record; else nothing.

        Raises:
            NotFound: this workspace has no such video.
        """
        return self._spoken(self._videos.video(self.id, video_id))[0]

    def begin_captions(self, video_id: str, script: str | None = None) -> None:
        """Begin to write the captions of a video; `caption_writing` tells how far it is.

        Args:
            video_id: which; of a version, its original.
            script: what is said in it; else what is on record.

        Raises:
            NotFound: this workspace has no such video.
            InvalidScript: nothing is on record, and nothing was given.
        """
        self._begin(self._original(video_id), script)

    def caption_writing(self, video_id: str) -> Writing | None:
        """How far the writing of captions is, or why it failed; None where none goes on.

        Raises:
            NotFound: this workspace has no such video.
        """
        video = self._videos.video(self.id, video_id)
        return self._caption_desk.writing(self.id, video.made_from or video.id)

    def write_captions(
        self,
        video_id: str,
        script: str | None = None,
        on_progress: Callable[[float], None] | None = None,
    ) -> VideoCaptions:
        """Write the captions of a video and wait for them.

        Args:
            video_id, script: as in `begin_captions`.
            on_progress: told the fraction that is done, 0 to 1.

        Raises:
            NotFound, InvalidScript: as in `begin_captions`.
            RenderFailed: the sound cannot be read, or the process ended.
        """
        original = self._original(video_id)
        future = self._begin(original, script)

        def tell() -> None:
            writing = self._caption_desk.writing(self.id, original.id)
            if on_progress and writing:
                on_progress(writing.fraction)

        waited(future, tell)
        failed = self._caption_desk.writing(self.id, original.id)
        if failed is not None and failed.problem is not None:
            self._caption_desk.forget(self.id, original.id)
            raise RenderFailed(failed.problem)
        written = self.captions(video_id)
        if written is None:  # deleted with everything meanwhile
            raise NotFound("There is no such video here.")
        return written

    def edit_captions(self, video_id: str, texts: Sequence[str]) -> VideoCaptions:
        """Correct what captions say; their times stay.

        Args:
            video_id: which; of a version, its original.
            texts: what each of the captions says now, as many as there are; an empty one goes.

        Raises:
            NotFound: this workspace has no such video, or it has no captions.
            InvalidInput: these are not as many, or nothing would be left.
        """
        from talkinghead.captions.corrections import corrected

        original = self._original(video_id)
        kept, known = self._kept(original), self.captions(original.id)
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
                cues = corrected(cues, number, texts[number].replace("\x00", ""), rules)
        if not cues:
            raise InvalidInput("One caption at least must have words.", field="captions")
        if not self._caption_shelf.edit(self.id, original.id, kept.edits, cue_values(cues)):
            raise InvalidInput(
                "Somebody else corrected the captions just now. Look at them again.",
                field="captions",
            )
        return self.captions(original.id) or known

    def undo_caption_edits(self, video_id: str) -> None:
        """Let the captions say what the script says again.

        Raises:
            NotFound: this workspace has no such video, or it has no captions.
        """
        original = self._original(video_id)
        kept = self._kept(original)
        if kept is None:
            raise NotFound(NO_CAPTIONS)
        self._caption_shelf.keep(self.id, original.id, replace(kept, edits=[]))

    def forget_captions(self, video_id: str) -> None:
        """Forget the captions of a video, to write them anew from other words.

        Raises:
            NotFound: this workspace has no such video.
        """
        self._caption_shelf.remove(self.id, self._original(video_id).id)

    def subtitles(self, video_id: str, kind: Literal["srt", "vtt"]) -> str:
        """The captions as the text of a subtitle file.

        Raises:
            NotFound: this workspace has no such video, or it has no captions.
        """
        from talkinghead.captions.subtitle_files import write_srt, write_vtt

        captions = self.captions(video_id)
        if captions is None:
            raise NotFound(NO_CAPTIONS)
        return write_srt(captions.cues) if kind == "srt" else write_vtt(captions.cues)

    def _begin(self, original: Video, script: str | None) -> Any:
        known, words = self._spoken(original)
        said = (script or known).replace("\x00", "").strip()
        if not any(letter.isalnum() for letter in said):
            raise InvalidScript("Nobody knows yet what is said in this video. Write it down.")
        told = words if said == known.strip() else ()
        entries = () if told else self._speech_shelf.pronunciations.of(self.id)
        return self._caption_desk.begin(original, pronounced(said, entries), word_values(told))

    def _spoken(self, video: Video) -> tuple[str, tuple[TimedWord, ...]]:
        """What is said in a video, as it is written, and the times where the voice told them."""
        reference = video.arguments.get("audio_url")
        if reference:
            speech = self._speech_shelf.library.of_file(self.id, str(reference))
            return (speech.script, speech.words) if speech is not None else ("", ())
        try:
            field = model_of(video.endpoint_id).script_field
        except NotFound:
            field = None
        sent = str(video.arguments.get(field) or "") if field else ""
        return written_back(sent, self._speech_shelf.pronunciations.of(self.id)), ()

    def _kept(self, video: Video) -> KeptCaptions | None:
        """What is on record; of a speech that knows its words, put there now."""
        of = (self.id, video.made_from or video.id)
        kept = self._caption_shelf.captions(*of)
        if kept is None and (told := self._spoken(video)[1]):
            kept = KeptCaptions("voice", word_values(told), [])
            self._caption_shelf.keep(*of, kept)
        return kept

    def _original(self, video_id: str) -> Video:
        video = self._videos.video(self.id, video_id)
        if video.made_from is None:
            return video
        try:
            return self._videos.video(self.id, video.made_from)
        except NotFound as error:
            raise NotFound("The video that this version was made from is gone.") from error


@lru_cache(maxsize=64)
def _made_cues(words: tuple[TimedWord, ...], rules: CaptionRules) -> tuple[Cue, ...]:
    """A page asks for the same at each of its runs; ten minutes of speech take half a second."""
    return make_cues(words, rules)
