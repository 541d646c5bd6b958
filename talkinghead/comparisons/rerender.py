"""A finished video once more on another model, from the same portrait and the same speech."""

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from talkinghead.billing.service import Offer
from talkinghead.catalogue import (
    MODELS,
    DraftInput,
    Geometry,
    ModelInput,
    SpeechLength,
    model_of,
)
from talkinghead.comparisons.input_mapping import inputs_of, seconds_of, settings_for
from talkinghead.comparisons.service import Comparing
from talkinghead.comparisons.values import Comparison
from talkinghead.core.errors import InvalidParameters, InvalidRecording, NotFound, RenderRefused
from talkinghead.core.money import show_dollars
from talkinghead.jobs.job import Job, Video
from talkinghead.portraits.service import Inputs, Recording
from talkinghead.projects.service import Projects
from talkinghead.projects.values import Project
from talkinghead.speech.pronunciations.entries import Pronunciation
from talkinghead.speech.repository import Speech
from talkinghead.speech.text.emphasis import said_alone
from talkinghead.videos.service import Gallery

SPEECH_NAME = "The speech of a video"
HIDDEN = (
    "This video stands in a blind comparison. Choose the best there first, then it can be made "
    "again on another model."
)


@dataclass(frozen=True)
class AgainOffer:
    """What a video costs once more on one model.

    Attributes:
        endpoint_id: the model.
        offer: the price, or None where the model cannot take it.
        why_not: why it cannot be ordered now, or None.
    """

    endpoint_id: str
    offer: Offer | None
    why_not: str | None


class Again(Inputs, Gallery, Comparing):
    """The verbs of a workspace that render a video once more."""

    projects: Projects
    speech_of: Callable[[str], Speech | None]
    pronunciations: Callable[[], list[Pronunciation]]

    def again_offers(self, video_id: str) -> list[AgainOffer]:
        """What the video costs on every other model, the free draft first; nothing is made yet.

        Raises:
            NotFound: this workspace has no such video.
            RenderRefused: a blind choice has to be made first.
        """
        video = self._source_video(video_id)
        catalogue: tuple[type[ModelInput], ...] = (DraftInput, *MODELS)
        others = [model for model in catalogue if model.endpoint_id != video.endpoint_id]
        return [self._offer_on(video, model) for model in others]

    def inputs_for(self, video_id: str, endpoint_id: str) -> tuple[ModelInput, SpeechLength]:
        """The complete inputs of another model for a video's portrait and speech.

        A model that takes a recording is given the very sound of the video; one that speaks by
        itself is given its words.

        Raises:
            NotFound: this workspace has no such video, its portrait is gone, or there is no such
                model.
            RenderRefused: the model cannot take it, and why.
        """
        video, model = self._source_video(video_id), model_of(endpoint_id)
        values, speech = self._speech_for(video, model)
        values = {**settings_for(video, model), **model.following(speech), **values}
        if model.recording_field and not values.get(model.recording_field):
            sound = self._sound_of_video(video)
            values[model.recording_field] = sound.reference
            speech = SpeechLength(Decimal(str(sound.seconds)), "recording")
        geometry = model.provisional(**values).geometry(video.width / video.height)
        values["image_url"] = self._picture_for(video, geometry)
        try:
            return model.model_validate(values), speech
        except ValidationError as error:
            raise InvalidParameters(
                f"{model.title} does not take these inputs. Use them again on Create instead."
            ) from error

    def again(self, video_id: str, endpoint_id: str, *, agreed: Decimal) -> Comparison:
        """Render a video once more on another model; both stand side by side from then on.

        Args:
            video_id: the video.
            endpoint_id: the other model.
            agreed: the dollars that the person confirmed.

        Raises:
            NotFound, RenderRefused: as in `inputs_for` and `compare`.
        """
        video = self._source_video(video_id)
        input, speech = self.inputs_for(video_id, endpoint_id)
        if under_way := self._under_way(input):
            return self.comparison(under_way)
        offer = self.offer(input, speech)
        if offer.why_not:
            raise RenderRefused(offer.why_not)
        dollars = offer.estimate.dollars
        if dollars is not None and dollars > agreed:
            raise RenderRefused(
                f"It costs {show_dollars(dollars)} meanwhile, so nothing was "
                "ordered. Look at it and confirm again."
            )
        before = self._job_of(video)
        known = before.comparison if before else None
        record = (
            self._comparisons.one(self.id, known)
            if known
            else self._record(video.title, blind=False)
        )
        beside = before.id if before and not known else None
        first = len(self.comparison(known).jobs) if known else 1
        self._order_together(record, [input], speech, [offer], beside, first)
        return self.comparison(record.id)

    def _under_way(self, input: ModelInput) -> str | None:
        """The comparison in which the same is being made: a second click never pays twice."""
        for job in self._journal.jobs(self.id, open_only=True):
            same = (job.endpoint_id, job.arguments) == (input.endpoint_id, input.arguments())
            if same and job.comparison:
                return job.comparison
        return None

    def _source_video(self, video_id: str) -> Video:
        """The video itself, or the one that it is another version of.

        Raises:
            NotFound: this workspace has no such video.
            RenderRefused: its model is hidden, which the other models would tell.
        """
        video = self.video(video_id)
        if self.hidden().video(video):
            raise RenderRefused(HIDDEN)
        while video.made_from:
            video = self.video(video.made_from)
        return video

    def _job_of(self, video: Video) -> Job | None:
        try:
            return self._journal.job(video.job_id, self.id)
        except NotFound:
            return None

    def _offer_on(self, video: Video, model: type[ModelInput]) -> AgainOffer:
        try:
            values, speech = self._speech_for(video, model)
        except RenderRefused as refused:
            return AgainOffer(model.endpoint_id, None, str(refused))
        values = {**settings_for(video, model), **model.following(speech), **values}
        offer = self.offer(model.provisional(**values), speech)
        return AgainOffer(model.endpoint_id, offer, offer.why_not)

    def _speech_for(
        self, video: Video, model: type[ModelInput]
    ) -> tuple[dict[str, Any], SpeechLength]:
        """What the model is to say, as far as it is known without making anything.

        Raises:
            RenderRefused: the model cannot take it.
        """
        source = inputs_of(video)
        if model.recording_field:
            given = {model.recording_field: source.recording} if source.recording else {}
            return given, SpeechLength(self._spoken_seconds(video, source), "recording")
        words = source.script or self._words_of(source)
        if not words or not model.script_field:
            raise RenderRefused(
                f"{model.title} speaks a script by itself, and this video was made from a "
                "recording."
            )
        return {model.script_field: words}, SpeechLength(seconds_of(video), "script")

    def _words_of(self, source: ModelInput) -> str | None:
        """What a speech of ours says, as a voice is to say it; None for any other recording."""
        speech = self.speech_of(source.recording) if source.recording else None
        if speech is None:
            return None
        words = " ".join(sentence.text for sentence in speech.sentences)
        return said_alone(words, self.pronunciations())

    def _spoken_seconds(self, video: Video, source: ModelInput) -> Decimal:
        with suppress(NotFound):
            if source.recording:
                return Decimal(str(self.recording(source.recording).seconds))
        return seconds_of(video)

    def _sound_of_video(self, video: Video) -> Recording:
        """The video's own sound as a recording, no longer than its picture: what a codec adds at
        the end is not paid for.

        Raises:
            RenderRefused: it has none that can be read.
        """
        from talkinghead.av.sound import Sound, read_sound, sound_bytes

        try:
            heard = read_sound(self.video_bytes(video.id))
            kept = heard.samples[: math.floor(video.seconds * heard.rate)]
            wav = sound_bytes(Sound(kept, heard.rate), ".wav")
            return self.add_recording(wav, video.title or SPEECH_NAME)
        except InvalidRecording as error:
            raise RenderRefused("This video has no sound that can be spoken again.") from error

    def _picture_for(self, video: Video, geometry: Geometry) -> str:
        """The same portrait, cut for another shape; the picture as it was sent where the whole
        portrait is gone."""
        sent = inputs_of(video).image_url
        try:
            whole = self._shelf.asset(self.id, sent, "crop").facts["from"]
            portrait = self.portrait(whole)
        except (NotFound, KeyError):
            return sent
        project = self.projects.find(video.job_id) or Project()
        face = project.face or 0
        return self.crop_portrait(
            portrait, self.default_crop(portrait, geometry.aspect, face), geometry
        )
