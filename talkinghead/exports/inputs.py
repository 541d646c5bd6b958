"""Turns what is wanted of a video into the inputs of an export: the cues and the label are decided
here, once, and written down with the order."""

from typing import Any

from talkinghead.captions.cues import Cue, make_cues
from talkinghead.captions.json_values import cue_values
from talkinghead.captions.service import NO_CAPTIONS, CaptionService
from talkinghead.catalogue import ExportInput
from talkinghead.catalogue.export import ExportLabel
from talkinghead.core.errors import InvalidInput, RenderRefused
from talkinghead.exports.label.times import label_times
from talkinghead.exports.label.wordings import label_languages, label_text, language_for
from talkinghead.exports.values import SURROUND, LabelChoice, LabelDecision, NoLabel, WantedVersion
from talkinghead.jobs.job import Video
from talkinghead.speech.text.language import language_of

SURE = 0.6  # that a script is in a language; a few words look like many
LONGEST_REASON = 300
"""Characters."""
NO_REASON = "Say why there is no label. The reason is kept with the version."


class ExportInputs:
    """Makes the inputs of exports of one workspace's videos.

    Args:
        captions: what is burned in.
    """

    def __init__(self, captions: CaptionService) -> None:
        self._captions = captions

    def make(self, original: Video, wanted: WantedVersion, label: LabelDecision) -> ExportInput:
        """Return the inputs of one export.

        Raises:
            RenderRefused: there are no captions yet, or no such style.
            InvalidInput: the label is turned off without a reason, or not in this language.
        """
        cues: list[Any] = []
        if wanted.style is not None:
            cues = cue_values(self._cues_in(original, wanted))
        return ExportInput(
            video_url=original.file,
            made_from=original.id,
            original_model=original.endpoint_id,
            original_inputs=original.arguments,
            original_seed=original.seed,
            style=wanted.style,
            cues=tuple(cues),
            shape=wanted.shape,
            fit=wanted.fit if wanted.shape else "crop",
            colour=wanted.colour if wanted.fit == "colour" else SURROUND,
            size=wanted.size,
            label=None if isinstance(label, NoLabel) else self.label(original, label),
            label_off_reason=_reason(label) if isinstance(label, NoLabel) else None,
        )

    def label(self, original: Video, choice: LabelChoice) -> ExportLabel:
        """Return the label of a video.

        Raises:
            InvalidInput: there is no wording in this language.
        """
        language = choice.language or self.language(original)
        if language not in label_languages():
            known = ", ".join(label_languages())
            raise InvalidInput(
                f"The label has no wording in {language}. Choose from {known}.", field="language"
            )
        return ExportLabel(
            wording=choice.wording,
            language=language,
            text=label_text(choice.wording, language),
            corner=choice.corner,
            shown=choice.shown,
            times=() if choice.shown == "whole" else self._times(original),
        )

    def language(self, original: Video) -> str:
        """Return the language of a video's script where that is beyond doubt and the label can be
        in it, else English."""
        language, confidence = language_of(self._captions.spoken_script(original.id) or "")
        return language_for(language if confidence >= SURE else None)

    def _times(self, original: Video) -> tuple[tuple[float, float], ...]:
        captions = self._captions.find(original.id)
        return label_times(original.seconds, captions.words if captions else ())

    def _cues_in(self, original: Video, wanted: WantedVersion) -> tuple[Cue, ...]:
        """Return the captions to burn in."""
        from talkinghead.av.reshape import Reshape, reshaped_size
        from talkinghead.captions.styles import STYLES, rules_for

        captions = self._captions.find(original.id)
        if captions is None:
            raise RenderRefused(NO_CAPTIONS)
        style = next((each for each in STYLES if each.id == wanted.style), None)
        if style is None:
            raise RenderRefused("Caption style not found. Choose another one.")
        reshape = Reshape(wanted.shape, wanted.fit, size=wanted.size) if wanted.shape else None
        size = reshaped_size(original.width, original.height, reshape)
        return make_cues(captions.words, rules_for(style, *size))


def _reason(label: NoLabel) -> str:
    reason = " ".join("".join(c if c.isprintable() else " " for c in label.reason).split())
    if not any(letter.isalnum() for letter in reason):
        raise InvalidInput(NO_REASON, field="label_off_reason")
    if len(reason) > LONGEST_REASON:
        raise InvalidInput(
            f"The reason has {len(reason)} characters, and {LONGEST_REASON} fit. Shorten it.",
            field="label_off_reason",
        )
    return reason
