"""Base class of every model: its inputs as fields, its price, its limits, and the shape of its
video."""

from decimal import ROUND_CEILING, Decimal
from typing import Annotated, Any, ClassVar, Literal, Self, get_args, get_origin

from pydantic import Field

from talkinghead.catalogue.order import Order
from talkinghead.core.measures import FRAMES_PER_SECOND as FRAMES_PER_SECOND
from talkinghead.core.measures import QUIET_END_SECONDS as QUIET_END_SECONDS
from talkinghead.core.measures import UPLOAD_RATE as UPLOAD_RATE
from talkinghead.core.measures import Geometry as Geometry
from talkinghead.core.measures import SpeechLength as SpeechLength
from talkinghead.core.money import Estimate, Price

UPLOAD_FRAME_SECONDS = Decimal(1152) / UPLOAD_RATE
"""An MP3 holds a whole number of frames of 1152 samples."""

AspectRatio = Literal["16:9", "9:16", "1:1"]

FalVoice = Literal[
    "Aria", "Roger", "Sarah", "Laura", "Charlie", "George", "Callum", "River", "Liam", "Charlotte",
    "Alice", "Matilda", "Will", "Jessica", "Eric", "Chris", "Brian", "Daniel", "Lily", "Bill",
]  # fmt: skip
"""The twenty ElevenLabs voices that the documents of fal name."""

# How a field is shown. A type that needs no hint has none: Literal is a select box, bool a toggle,
# a number with both limits a slider.
MediaReference = Annotated[str, Field(json_schema_extra={"widget": "media"})]
"""`asset:<id>` until it is uploaded, then the address that fal reads; pickers fill it."""
LongText = Annotated[str, Field(json_schema_extra={"widget": "long_text"})]
SpokenText = Annotated[str, Field(json_schema_extra={"widget": "spoken_text"})]
"""The words that are said; filled by the speech picker."""
Seed = Annotated[int, Field(json_schema_extra={"widget": "seed", "rare": True})]


class ModelInput(Order):
    """The inputs of one render."""

    price: ClassVar[Price] = Price()
    price_rule: ClassVar[str] = "no list price"
    """The document's own rule in a few words, for the price table."""
    voice_field: ClassVar[str | None] = None
    """The field that names the voice which speaks the script, or None."""
    prompt_field: ClassVar[str | None] = None
    """The required prompt field, or None."""
    shape_field: ClassVar[str | None] = None
    """The field that takes one of the named shapes, or None where the picture decides."""
    shortest_seconds: ClassVar[Decimal] = Decimal(0)
    """The shortest sound to send: silence fills up what is shorter, and is billed anyway."""
    longest_side: ClassVar[int] = 1536
    """Pixels of a picture that are worth sending: above the frames of most models, so that nothing
    is lost and little is sent."""
    longest_seconds: ClassVar[Decimal | None] = None
    """The longest video of one request, or None where the document states none."""
    guess_margin: ClassVar[Decimal] = Decimal(1)
    """Of seconds to buy for one that a script is guessed to take."""
    quiet_end: ClassVar[Decimal] = Decimal(0)
    """Seconds of silence that may be sent after a speech and count towards the longest."""

    image_url: MediaReference

    @classmethod
    def takes(cls, source: Literal["script", "recording"]) -> bool:
        """Whether the model itself accepts this kind of speech."""
        return (cls.script_field if source == "script" else cls.recording_field) is not None

    @classmethod
    def voices(cls) -> tuple[str, ...]:
        """Return the voices that speak its script, or suggestions if any other name is accepted;
        empty if it does not speak."""
        if cls.voice_field is None:
            return ()
        field = cls.model_fields[cls.voice_field]
        if cls.has_only_these_voices():
            return get_args(field.annotation)
        return tuple(field.examples or ())

    @classmethod
    def has_only_these_voices(cls) -> bool:
        """Whether no other voice than those of `voices` is accepted."""
        field = cls.model_fields.get(cls.voice_field or "")
        return field is not None and get_origin(field.annotation) is Literal

    @classmethod
    def following(cls, speech: SpeechLength) -> dict[str, int]:
        """Return the parameters that follow the length of the speech; none for most models."""
        return {}

    @classmethod
    def sent_seconds(cls, speech: SpeechLength) -> Decimal:
        """Seconds of sound that this model is sent: a measured recording with a quiet end, not
        shorter than the model bills anyway, in whole frames of the file; of any other speech its
        own length."""
        if speech.quiet_end is None:
            return speech.seconds
        frames = max(speech.with_quiet_end, cls.shortest_seconds) / UPLOAD_FRAME_SECONDS
        return frames.to_integral_value(rounding=ROUND_CEILING) * UPLOAD_FRAME_SECONDS

    @classmethod
    def provisional(cls, **parameters: Any) -> Self:
        """Return unvalidated inputs to estimate with before they are complete: missing ones are
        empty.

        Never sent and never kept; `model_validate` makes the inputs that are.
        """
        values: dict[str, Any] = {
            name: "" for name, field in cls.model_fields.items() if field.is_required()
        }
        made: Any = cls.model_construct(None, **{**values, **parameters})
        return made  # type: ignore[no-any-return]  # pydantic's plugin forgets that it is of `cls`

    @property
    def per_second(self) -> Decimal | None:
        """Return the list price in dollars of a second of video with these inputs; None if unknown.
        A model with a price per option overrides it."""
        return self.price.per_second

    def rate_at(self, unit_price: Decimal) -> Decimal:
        """Return the dollars per second with these inputs if fal charges `unit_price` for the
        default ones: options cost proportionally more, as in the price list."""
        listed, plain = self.per_second, self.price.per_second
        return unit_price * listed / plain if listed and plain else unit_price

    def billed_seconds(self, speech: SpeechLength) -> Decimal:
        """Return the seconds that are billed for this speech: for a measured recording those of
        the whole frames of video that it takes."""
        sent = self.sent_seconds(speech)
        if speech.quiet_end is not None:
            sent = Decimal(frames_for(sent)) / FRAMES_PER_SECOND
        return max(sent, self.price.minimum_seconds)

    def limits(self, speech: SpeechLength) -> tuple[str, ...]:
        """Return sentences on how the model's limits affect this speech."""
        return ()

    def blocked(self, speech: SpeechLength) -> str | None:
        """Return why this speech cannot be rendered on this model, or None. Length is no reason:
        what is too long for one request is rendered in parts."""
        if not self.takes(speech.source):
            other = "a recording" if speech.source == "script" else "a script"
            return f"{self.title} needs {other} instead."
        return None

    def fits(self, speech: SpeechLength) -> bool:
        """Whether one request makes the whole video."""
        longest = self.longest_seconds
        margin = self.guess_margin if speech.approximate else Decimal(1)
        sent = speech.seconds * margin + self.quiet_end
        if self.quiet_end and speech.quiet_end is not None:
            sent = self.sent_seconds(speech)
        return longest is None or frames_for(sent) <= longest * FRAMES_PER_SECOND

    def estimate(self, speech: SpeechLength) -> Estimate:
        """Return the price of this render by the price list; free of charge."""
        seconds, rate = self.billed_seconds(speech), self.per_second
        return Estimate(
            endpoint_id=self.endpoint_id,
            seconds=seconds,
            dollars=None if rate is None else rate * seconds,
            approximate=speech.approximate,
            per_second=rate,
            limits=self.limits(speech),
            blocked=self.blocked(speech),
            unit_price=self.price.per_second,
        )

    def geometry(self, aspect: float) -> Geometry:
        """Return the shape of the video for a portrait of this aspect (width over height)."""
        raise NotImplementedError

    @classmethod
    def is_square_only(cls) -> bool:
        """Return whether the model makes square videos only."""
        made = cls.provisional()
        return made.geometry(16 / 9).aspect == made.geometry(9 / 16).aspect == 1

    @property
    def script(self) -> str | None:
        """Return the words to speak, if the model speaks and no recording overrides them."""
        if self.script_field is None or self.recording is not None:
            return None
        words: str | None = getattr(self, self.script_field)
        return words or None

    @property
    def recording(self) -> str | None:
        """Return the reference of the recording to lip-sync, or None."""
        return getattr(self, self.recording_field) if self.recording_field else None

    @property
    def prompted(self) -> str | None:
        """Return the prompt, or None."""
        return getattr(self, self.prompt_field) if self.prompt_field else None

    @property
    def spoken_by(self) -> str | None:
        """Return the name of the voice that speaks the script, or None."""
        return getattr(self, self.voice_field) if self.voice_field else None

    def replace(self, **changes: object) -> Self:
        """Return a validated copy with some inputs changed.

        Raises:
            pydantic.ValidationError: a changed value is out of its range.
        """
        return type(self).model_validate({**self.model_dump(), **changes})


def nearest_aspect(aspect: float) -> AspectRatio:
    """Return the named shape whose ratio is closest to the aspect (width over height)."""
    shapes: dict[AspectRatio, float] = {"16:9": 16 / 9, "9:16": 9 / 16, "1:1": 1.0}
    return min(shapes, key=lambda name: max(shapes[name] / aspect, aspect / shapes[name]))


def frames_for(seconds: Decimal) -> int:
    """Return the number of frames for this many seconds, rounded up."""
    return int((seconds * FRAMES_PER_SECOND).to_integral_value(rounding=ROUND_CEILING))
