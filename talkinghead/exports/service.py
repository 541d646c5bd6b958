"""The exports service of one workspace."""

from dataclasses import dataclass
from typing import Any

from talkinghead.captions.background import BackgroundCaptionWriter, Pictures
from talkinghead.captions.cues import Cue, make_cues
from talkinghead.captions.json_values import cue_values
from talkinghead.captions.service import NO_CAPTIONS, CaptionService
from talkinghead.catalogue import ExportInput
from talkinghead.catalogue.export import Fit, Shape
from talkinghead.core.errors import NotFound, RenderRefused
from talkinghead.exports.ordering import ExportOrders, fingerprint
from talkinghead.exports.repository import ExportRepository
from talkinghead.jobs.job import Job, Video
from talkinghead.jobs.journal import Journal
from talkinghead.speech.text.timed_words import word_values
from talkinghead.videos.originals import original_of
from talkinghead.videos.repository import VideoRepository

Colour = tuple[int, int, int]
SURROUND: Colour = (18, 19, 24)
LONGEST_TITLE = 120  # characters
FRAME_AT = 0.3  # of the video, where styles are shown: by then the person speaks
NEAR = 20.0  # seconds around it, of which the words are laid out


@dataclass(frozen=True)
class Version:
    """The differences between an export and its original video.

    Attributes:
        style: the id of the style that was burned in, or None.
        shape: "9:16", "1:1", "4:5", "16:9", or None where it was kept.
        fit: how the shape was reached.
    """

    style: str | None
    shape: Shape | None
    fit: Fit


class ExportService:
    """The exports of one workspace's videos.

    Args:
        workspace: its id.
        captions: what is burned in.
        orders: orders a version.
        videos: the videos repository.
        exports: which versions there are.
        journal: how each was made.
        background: draws how it would look.
    """

    def __init__(
        self,
        workspace: str,
        captions: CaptionService,
        orders: ExportOrders,
        videos: VideoRepository,
        exports: ExportRepository,
        journal: Journal,
        background: BackgroundCaptionWriter,
    ) -> None:
        self._workspace = workspace
        self._captions = captions
        self._orders = orders
        self._videos = videos
        self._exports = exports
        self._journal = journal
        self._background = background

    def previews(
        self,
        video_id: str,
        *,
        shape: Shape | None = None,
        fit: Fit = "crop",
        colour: Colour = SURROUND,
    ) -> Pictures | None:
        """Return one frame of a video in each style, as JPEG by the style's id, and under ""
        without captions; None while they are drawn, which takes about a second.

        Raises:
            NotFound: this workspace has no such video.
            RenderFailed: they cannot be drawn.
        """
        original, captions = (
            original_of(self._videos, self._workspace, video_id),
            self._captions.find(video_id),
        )
        at = FRAME_AT * original.seconds
        near = (w for w in captions.words if abs(w.start - at) < NEAR) if captions else ()
        words = word_values(tuple(near))
        order: dict[str, Any] = {
            "words": words, "shape": shape, "fit": fit, "colour": colour,
            "width": original.width, "height": original.height,
            "at": at,
        }  # fmt: skip
        return self._background.previews(original, fingerprint(order), order)

    def order(
        self,
        video_id: str,
        *,
        style: str | None = None,
        shape: Shape | None = None,
        fit: Fit = "crop",
        colour: Colour = SURROUND,
    ) -> Job:
        """Order an export of a video: burned-in captions, another shape, or both; free.

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
        original = original_of(self._videos, self._workspace, video_id)
        cues: list[Any] = []
        if style is not None:
            cues = cue_values(self._cues_in(original, style, shape, fit))
        wanted = ExportInput(
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
        return self._orders.order(wanted, _titled(original.title, wanted), original.seconds)

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
        return Version(given.get("style"), given.get("shape"), given.get("fit", "crop"))

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

    def _cues_in(
        self, original: Video, style_id: str, shape: Shape | None, fit: Fit
    ) -> tuple[Cue, ...]:
        """Return the captions to burn in."""
        from talkinghead.av.reshape import Reshape, reshaped_size
        from talkinghead.captions.styles import STYLES, rules_for

        captions = self._captions.find(original.id)
        if captions is None:
            raise RenderRefused(NO_CAPTIONS)
        style = next((each for each in STYLES if each.id == style_id), None)
        if style is None:
            raise RenderRefused("Caption style not found. Choose another one.")
        reshape = Reshape(shape, fit) if shape else None
        size = reshaped_size(original.width, original.height, reshape)
        return make_cues(captions.words, rules_for(style, *size))

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
    ending = f" ({', '.join(what)})"
    return title[: LONGEST_TITLE - len(ending)].rstrip() + ending
