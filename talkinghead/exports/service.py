"""Versions of finished videos: the verbs of a workspace over shapes and burned-in captions."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from talkinghead.captions.background import Pictures
from talkinghead.captions.cues import Cue, make_cues
from talkinghead.captions.records import cue_values
from talkinghead.captions.service import NO_CAPTIONS, Captioning
from talkinghead.catalogue import FinishInput
from talkinghead.catalogue.export import Fit, Shape
from talkinghead.core.errors import NotFound, RenderRefused
from talkinghead.core.store import Store
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job, Video
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.new_job import new_job
from talkinghead.speech.text.timed_words import word_values

Colour = tuple[int, int, int]
SURROUND: Colour = (18, 19, 24)
LONGEST_TITLE = 120  # characters
FRAME_AT = 0.3  # of the video, where styles are shown: by then the person speaks
NEAR = 20.0  # seconds around it, of which the words are laid out


@dataclass(frozen=True)
class Version:
    """How a video differs from the one that it was made from.

    Attributes:
        style: the id of the style that was burned in, or None.
        shape: "9:16", "1:1", "4:5", "16:9", or None where it was kept.
        fit: how the shape was reached.
    """

    style: str | None
    shape: Shape | None
    fit: Fit


class Versions(Captioning):
    """The verbs of a workspace over other versions of its videos."""

    _store: Store
    _journal: Journal
    _engine: Engine

    def looks(
        self,
        video_id: str,
        *,
        shape: Shape | None = None,
        fit: Fit = "crop",
        colour: Colour = SURROUND,
    ) -> Pictures | None:
        """One frame of a video in each style, as JPEG by the style's id, and under "" without
        captions; None while they are drawn, which takes about a second.

        Raises:
            NotFound: this workspace has no such video.
            RenderFailed: they cannot be drawn.
        """
        original, captions = self._original(video_id), self.captions(video_id)
        at = FRAME_AT * original.seconds
        near = (w for w in captions.words if abs(w.start - at) < NEAR) if captions else ()
        words = word_values(tuple(near))
        order: dict[str, Any] = {
            "words": words, "shape": shape, "fit": fit, "colour": colour,
            "width": original.width, "height": original.height,
            "at": at,
        }  # fmt: skip
        return self._caption_desk.looks(original, _fingerprint(order), order)

    def finish(
        self,
        video_id: str,
        *,
        style: str | None = None,
        shape: Shape | None = None,
        fit: Fit = "crop",
        colour: Colour = SURROUND,
    ) -> Job:
        """Make a version of a video with captions burned in, in another shape, or both; free.

        Who asks for the same again gets the job that makes it, or that has made it.

        Args:
            video_id: which; of a version, its original.
            style: of the captions; None burns none in.
            shape: width to height; None keeps it.
            fit: cut the picture, or keep all of it on a blurred or coloured surround.
            colour: of that surround, RGB 0 to 255.

        Raises:
            NotFound: this workspace has no such video.
            RenderRefused: nothing would change, or there are no captions yet.
        """
        if style is None and shape is None:
            raise RenderRefused("Choose a style of captions or another shape.")
        original = self._original(video_id)
        cues: list[Any] = []
        if style is not None:
            cues = cue_values(self._cues_in(original, style, shape, fit))
        wanted = FinishInput(
            video_url=original.file,
            made_from=original.id,
            original_model=original.endpoint_id,
            original_inputs=original.arguments,
            original_seed=original.seed,
            style=style,
            cues=tuple(cues),
            shape=shape,
            fit=fit,
            colour=colour if fit == "colour" else SURROUND,
        )
        return self._ordered(wanted, _titled(original.title, wanted), original.seconds)

    def _finish_again(self, job: Job) -> Job:
        """Make the version that a job has failed to make, as a new job.

        Raises:
            NotFound: the original is gone.
        """
        wanted = FinishInput.model_validate(job.arguments)
        return self._ordered(wanted, job.title, float(job.speech_seconds))

    def versions(self, video_id: str) -> list[Video]:
        """What was made from a video, oldest first.

        Raises:
            NotFound: this workspace has no such video.
        """
        video = self._videos.video(self.id, video_id)
        ids = self._caption_shelf.versions(self.id, video.id)
        return [self._videos.video(self.id, each) for each in ids]

    def version(self, video_id: str) -> Version | None:
        """How a video differs from its original; None for an original.

        Raises:
            NotFound: this workspace has no such video.
        """
        video = self._videos.video(self.id, video_id)
        if video.made_from is None:
            return None
        try:
            given = self._journal.job(video.job_id, self.id).arguments
        except NotFound:
            given = {}
        return Version(given.get("style"), given.get("shape"), given.get("fit", "crop"))

    def _cues_in(
        self, original: Video, style_id: str, shape: Shape | None, fit: Fit
    ) -> tuple[Cue, ...]:
        """The captions as they are burned in."""
        from talkinghead.av.reshape import Reshape, reshaped_size
        from talkinghead.captions.styles import STYLES, rules_for

        captions = self.captions(original.id)
        if captions is None:
            raise RenderRefused(NO_CAPTIONS)
        style = next((each for each in STYLES if each.id == style_id), None)
        if style is None:
            raise RenderRefused("There is no such style. Choose another one.")
        reshape = Reshape(shape, fit) if shape else None
        size = reshaped_size(original.width, original.height, reshape)
        return make_cues(captions.words, rules_for(style, *size))

    def _ordered(self, wanted: FinishInput, title: str, seconds: float) -> Job:
        self._engine.check(wanted.endpoint_id)
        if not self._store.exists(self.id, wanted.video_url):
            raise NotFound("The original video is not here any more.")
        arguments = wanted.arguments()
        fingerprint = _fingerprint(arguments)
        known = self._caption_shelf.job_of(self.id, fingerprint)
        if known is not None:
            return self._journal.job(known, self.id)
        job = new_job(
            self.id,
            wanted.endpoint_id,
            arguments,
            title=title,
            seconds=Decimal(str(seconds)),
            fingerprint=fingerprint,
        )
        self._engine.order(job)
        return job


def _titled(title: str, wanted: FinishInput) -> str:
    """The title of a version: what it was made from, and how it differs."""
    from talkinghead.captions.styles import style

    what: list[str] = [wanted.shape] if wanted.shape else []
    what += [style(wanted.style).title.lower()] if wanted.style else []
    ending = f" ({', '.join(what)})"
    return title[: LONGEST_TITLE - len(ending)].rstrip() + ending


def _fingerprint(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()
