"""InfiniTalk, from a recording or a script: follows a prompt, billed by the frame."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from talkinghead.catalogue.base import (
    FRAMES_PER_SECOND,
    AspectRatio,
    FalVoice,
    Geometry,
    LongText,
    MediaReference,
    ModelInput,
    Seed,
    SpeechLength,
    SpokenText,
    frames_for,
    nearest_aspect,
)
from talkinghead.core.money import Price, show_seconds

FEWEST_FRAMES = 41
MOST_FRAMES = 721  # 28.84 seconds at 25 frames a second
PER_SECOND = {"480p": Decimal("0.2"), "720p": Decimal("0.4")}
GUESS_MARGIN = Decimal("1.15")
"""A script's length is a guess; a few frames more keep the last words from being cut off."""

SHAPES: dict[str, dict[AspectRatio, tuple[int, int]]] = {
    "480p": {"16:9": (832, 480), "9:16": (480, 832), "1:1": (640, 640)},
    "720p": {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (960, 960)},
}
"""The document states no pixels: these are the usual frames of the model's family."""


class _Infinitalk(ModelInput):
    """Common inputs of the two InfiniTalk endpoints."""

    price: ClassVar[Price] = Price(per_second=PER_SECOND["480p"])
    price_rule: ClassVar[str] = "$0.20/s ($0.40/s at 720p)"
    longest_seconds: ClassVar[Decimal | None] = Decimal(MOST_FRAMES) / FRAMES_PER_SECOND
    guess_margin: ClassVar[Decimal] = GUESS_MARGIN
    prompt_field: ClassVar[str | None] = "prompt"
    shortest_seconds: ClassVar[Decimal] = Decimal(FEWEST_FRAMES) / FRAMES_PER_SECOND

    prompt: Annotated[
        LongText,
        Field(
            min_length=1,
            description="What the video shows: the person, the mood, and how they act.",
            examples=["A woman with colorful hair talking on a podcast."],
        ),
    ]
    num_frames: Annotated[
        int,
        Field(
            ge=FEWEST_FRAMES,
            le=MOST_FRAMES,
            description=(
                "Video length in frames, 25 per second. Matches your audio unless you change it."
            ),
            json_schema_extra={"rare": True, "follows_speech": True},
        ),
    ] = 145
    resolution: Annotated[Literal["480p", "720p"], Field(description="720p doubles the price.")] = (
        "480p"
    )
    seed: Annotated[
        Seed | None, Field(description=("Use the same seed to get the same video again."))
    ] = 42
    acceleration: Annotated[
        Literal["none", "regular", "high"],
        Field(
            description="More acceleration is faster. Less can look better.",
            json_schema_extra={"rare": True},
        ),
    ] = "regular"

    @classmethod
    def following(cls, speech: SpeechLength) -> dict[str, int]:
        """Return the frames for the whole speech, within the model's range."""
        wanted = frames_for(speech.with_quiet_end * (GUESS_MARGIN if speech.approximate else 1))
        return {"num_frames": min(max(wanted, FEWEST_FRAMES), MOST_FRAMES)}

    @property
    def per_second(self) -> Decimal:
        """Return the price by resolution."""
        return PER_SECOND[self.resolution]

    def billed_seconds(self, speech: SpeechLength) -> Decimal:
        """Return the billed seconds: by the frames, not by the speech."""
        return Decimal(self.num_frames) / FRAMES_PER_SECOND

    def limits(self, speech: SpeechLength) -> tuple[str, ...]:
        """Return a sentence if fewer frames are bought than the speech needs, or more."""
        bought = self.billed_seconds(speech)
        if not self.fits(speech):
            return ()  # it becomes several videos, whose frames follow what is said in each
        if bought < speech.seconds:
            lost = f"Cut off after {show_seconds(bought)} of {show_seconds(speech.seconds)}"
            return (f"{lost}. Add frames to keep all of your audio.",)
        if bought > speech.seconds + 1 and self.num_frames > self.following(speech)["num_frames"]:
            return (
                (
                    f"Pays for {show_seconds(bought)}, but your audio is "
                    f"{show_seconds(speech.seconds)}."
                ),
            )
        if self.num_frames == FEWEST_FRAMES:
            return (f"The shortest video is {show_seconds(bought)}.",)
        return ()

    def geometry(self, aspect: float) -> Geometry:
        """Return the nearest shape of the chosen resolution; the picture is centre-cropped to
        fit."""
        return Geometry(*SHAPES[self.resolution][nearest_aspect(aspect)])


class InfinitalkInput(_Infinitalk):
    """Inputs of `fal-ai/infinitalk`. Source: its endpoint document."""

    endpoint_id: ClassVar[str] = "fal-ai/infinitalk"
    title: ClassVar[str] = "InfiniTalk"
    tagline: ClassVar[str] = "Natural motion, follows a prompt."
    recording_field: ClassVar[str | None] = "audio_url"

    image_url: Annotated[
        MediaReference,
        Field(description="The portrait to animate. Cropped at the center if its shape differs."),
    ]
    audio_url: Annotated[MediaReference, Field(description="The recording to lip-sync to.")]


class InfinitalkSingleTextInput(_Infinitalk):
    """Inputs of `fal-ai/infinitalk/single-text`. Source: its endpoint document."""

    endpoint_id: ClassVar[str] = "fal-ai/infinitalk/single-text"
    title: ClassVar[str] = "InfiniTalk from script"
    tagline: ClassVar[str] = "Natural motion, its own voice."
    script_field: ClassVar[str | None] = "text_input"
    voice_field: ClassVar[str | None] = "voice"

    image_url: Annotated[
        MediaReference,
        Field(description="The portrait to animate. Cropped at the center if its shape differs."),
    ]
    text_input: Annotated[SpokenText, Field(min_length=1, description="The script to speak.")]
    voice: Annotated[FalVoice, Field(description="The ElevenLabs voice that speaks.")]
