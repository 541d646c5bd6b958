"""The exports service of one workspace."""

from collections.abc import Sequence
from typing import Any

from talkinghead.captions.service import CaptionService
from talkinghead.catalogue import ExportInput
from talkinghead.core.errors import NotFound, RenderRefused
from talkinghead.exports.inputs import ExportInputs
from talkinghead.exports.label.wordings import alt_text, page_sentence
from talkinghead.exports.ordering import ExportOrders, fingerprint
from talkinghead.exports.previews.background import Pictures, PreviewDrawer
from talkinghead.exports.repository import ExportRepository
from talkinghead.exports.values import (
    AS_IT_IS,
    LabelChoice,
    LabelDecision,
    LabelTexts,
    Version,
    WantedVersion,
    version_of,
)
from talkinghead.jobs.job import Job, Video
from talkinghead.jobs.journal import Journal
from talkinghead.speech.text.timed_words import word_values
from talkinghead.videos.originals import original_of
from talkinghead.videos.repository import VideoRepository

LONGEST_TITLE = 120  # characters
FRAME_AT = 0.3  # of the video, where styles are shown: by then the person speaks
NEAR = 20.0  # seconds around it, of which the words are laid out
MOST_AT_ONCE = 24
"""Versions in one order: each shape in each style of captions."""


class ExportService:
    """The exports of one workspace's videos.

    Args:
        workspace: its id.
        captions: what is burned in.
        orders: orders a version.
        videos: the videos repository.
        exports: which versions there are.
        journal: how each was made.
        drawer: draws how it would look.
    """

    def __init__(
        self,
        workspace: str,
        captions: CaptionService,
        orders: ExportOrders,
        videos: VideoRepository,
        exports: ExportRepository,
        journal: Journal,
        drawer: PreviewDrawer,
    ) -> None:
        self._workspace = workspace
        self._captions = captions
        self._inputs = ExportInputs(captions)
        self._orders = orders
        self._videos = videos
        self._exports = exports
        self._journal = journal
        self._drawer = drawer

    def previews(
        self,
        video_id: str,
        wanted: WantedVersion = AS_IT_IS,
        label: LabelChoice | None = None,
    ) -> Pictures | None:
        """Return one frame of a video in each style, as JPEG by the style's id, and under ""
        without captions; None while they are drawn, which takes about a second.

        Args:
            video_id: which; of a version, its original.
            wanted: the shape and size; its style does not matter.
            label: what is drawn on each of them; None draws none.

        Raises:
            NotFound: this workspace has no such video.
            InvalidInput: the label is not in this language.
            RenderFailed: they cannot be drawn.
        """
        original = original_of(self._videos, self._workspace, video_id)
        captions = self._captions.find(video_id)
        at = FRAME_AT * original.seconds
        near = (w for w in captions.words if abs(w.start - at) < NEAR) if captions else ()
        drawn = self._inputs.label(original, label) if label else None
        order: dict[str, Any] = {
            "words": word_values(tuple(near)),
            "shape": wanted.shape, "fit": wanted.fit, "colour": wanted.colour,
            "size": wanted.size,
            "width": original.width, "height": original.height,
            "at": at,
            "label": drawn.model_dump(mode="json", exclude={"times", "shown"}) if drawn else None,
        }  # fmt: skip
        return self._drawer.previews(original, fingerprint(order), order)

    def order(
        self,
        video_id: str,
        wanted: Sequence[WantedVersion] = (AS_IT_IS,),
        label: LabelDecision | None = None,
    ) -> list[Job]:
        """Order exports of a video, all or none; free.

        Who asks for the same again gets the job that makes it, or that has made it.

        Args:
            video_id: which; of a version, its original.
            wanted: the versions.
            label: of all of them; the usual one if None.

        Raises:
            NotFound: this workspace has no such video.
            RenderRefused: nothing is wanted, or too much, or there are no captions yet.
            InvalidInput: the label is turned off without a reason, or not in this language.
        """
        versions = list(dict.fromkeys(wanted))
        if not versions:
            raise RenderRefused("Choose at least one version to export.")
        if len(versions) > MOST_AT_ONCE:
            raise RenderRefused(f"Export up to {MOST_AT_ONCE} versions at once.")
        original = original_of(self._videos, self._workspace, video_id)
        inputs = [self._inputs.make(original, each, label or LabelChoice()) for each in versions]
        titled = [(each, _titled(original.title, each)) for each in inputs]
        return self._orders.order(titled, original.seconds)

    def label_language(self, video_id: str) -> str:
        """Return the language of a video's label unless another one is chosen: that of its script.

        Raises:
            NotFound: this workspace has no such video.
        """
        return self._inputs.language(original_of(self._videos, self._workspace, video_id))

    def label_texts(self, video_id: str, choice: LabelChoice | None = None) -> LabelTexts | None:
        """Return the sentence for the page and the alternative text of a video.

        Args:
            video_id: which.
            choice: the label it will have; else the one that this version has.

        Raises:
            NotFound: this workspace has no such video.

        Returns:
            None for a version without a label, and for an original without a choice.
        """
        original = original_of(self._videos, self._workspace, video_id)
        if choice is not None:
            language = choice.language or self._inputs.language(original)
            wording = choice.wording
        else:
            version = self.describe(video_id)
            if version is None or version.label is None:
                return None
            wording, language = version.label.wording, version.label.language
        return LabelTexts(
            page_sentence(wording, language), alt_text(original.title, wording, language)
        )

    def describe(self, video_id: str) -> Version | None:
        """Return how an export differs from its original; None for an original.

        Raises:
            NotFound: this workspace has no such video.
        """
        video = self._videos.video(self._workspace, video_id)
        if video.made_from is None:
            return None
        try:
            given = self._journal.job(video.job_id, self._workspace).arguments
        except NotFound:
            given = {}
        return version_of(given)

    def details(self, video_id: str) -> tuple[str, ...]:
        """Return how an export differs from its original, as parts of a file name: "9x16", "pop".

        Raises:
            NotFound: this workspace has no such video.
        """
        version = self.describe(video_id)
        if version is None:
            return ()
        shape = version.shape.replace(":", "x") if version.shape else None
        style = version.style.replace("_", "-") if version.style else None
        return tuple(each for each in (shape, style) if each)

    def list(self, video_id: str) -> list[Video]:
        """Return the exports of a video, oldest first.

        Raises:
            NotFound: this workspace has no such video.
        """
        video = self._videos.video(self._workspace, video_id)
        ids = self._exports.versions(self._workspace, video.id)
        return [self._videos.video(self._workspace, each) for each in ids]


def _titled(title: str, wanted: ExportInput) -> str:
    """Return the title of an export: its original's, and how it differs."""
    from talkinghead.captions.styles import style

    what: list[str] = [wanted.shape] if wanted.shape else []
    what += [style(wanted.style).title.lower()] if wanted.style else []
    ending = f" ({', '.join(what)})" if what else ""
    return title[: LONGEST_TITLE - len(ending)].rstrip() + ending
