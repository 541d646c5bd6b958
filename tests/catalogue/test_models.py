"""Prices, limits and shapes of each model, by its document's own rule."""

from decimal import Decimal
from typing import ClassVar, Literal

import pytest
from pydantic import ValidationError

from talkinghead.catalogue import (
    MODELS,
    AvatarIVBackground,
    FlashheadInput,
    HeygenAvatar4Input,
    InfinitalkInput,
    InfinitalkSingleTextInput,
    ModelInput,
    SpeechLength,
    StableAvatarInput,
    frames_for,
    nearest_aspect,
)
from talkinghead.core.money import Price


def recording(seconds: str) -> SpeechLength:
    """A recording of this length."""
    return SpeechLength(Decimal(seconds), "recording")


def script(seconds: str) -> SpeechLength:
    """A script that is guessed to take this long."""
    return SpeechLength(Decimal(seconds), "script")


FLASHHEAD = FlashheadInput(image_url="asset:a", text="Hello")
INFINITALK = InfinitalkInput(image_url="asset:a", audio_url="asset:b", prompt="A woman talks.")
SINGLE_TEXT = InfinitalkSingleTextInput(
    image_url="asset:a", text_input="Hello", voice="Bill", prompt="A man talks."
)
STABLE_AVATAR = StableAvatarInput(image_url="asset:a", audio_url="asset:b", prompt="Relaxed.")
HEYGEN = HeygenAvatar4Input(image_url="asset:a", prompt="Hello", voice="Melissa")


def test_one_model_makes_square_videos_only() -> None:
    assert [model.title for model in MODELS if model.is_square_only()] == ["FlashHead"]


def test_thirty_seconds_on_flashhead_cost_fifteen_cents() -> None:
    assert FLASHHEAD.estimate(script("30")).dollars == Decimal("0.150")


def test_a_third_of_a_cent_stays_exact() -> None:
    assert FLASHHEAD.estimate(script("0.7")).dollars == Decimal("0.0035")


def test_infinitalk_is_billed_by_its_frames() -> None:
    estimate = INFINITALK.estimate(recording("5"))
    assert estimate.seconds == Decimal("5.8")
    assert estimate.dollars == Decimal("1.16")


def test_720p_doubles_infinitalk() -> None:
    high = INFINITALK.replace(resolution="720p").estimate(recording("5"))
    assert high.dollars == Decimal("2.32")
    assert high.per_second == Decimal("0.4")
    assert high.unit_price == Decimal("0.2")  # twice the seconds are billed at 720p


class ByResolution(ModelInput):
    """A model whose document states an amount for each resolution, such as veed/fabric-1.0."""

    endpoint_id: ClassVar[str] = "test/by-resolution"
    title: ClassVar[str] = "By resolution"
    price: ClassVar[Price] = Price(per_second=Decimal("0.08"))

    resolution: Literal["480p", "720p"] = "480p"

    @property
    def per_second(self) -> Decimal:
        return {"480p": Decimal("0.08"), "720p": Decimal("0.15")}[self.resolution]


def test_a_price_for_each_option_is_any_amount() -> None:
    low, high = (ByResolution.provisional(resolution=r) for r in ("480p", "720p"))
    assert low.estimate(recording("10")).dollars == Decimal("0.80")
    assert high.estimate(recording("10")).dollars == Decimal("1.50")


def test_an_option_costs_as_many_times_more_at_todays_price() -> None:
    assert ByResolution.provisional(resolution="720p").rate_at(Decimal("0.04")) == Decimal("0.075")
    assert FLASHHEAD.rate_at(Decimal("0.004")) == Decimal("0.004")


class Unpriced(ModelInput):
    """A model whose document states no price."""

    endpoint_id: ClassVar[str] = "test/unpriced"
    title: ClassVar[str] = "Unpriced"


def test_a_model_without_a_list_price_has_none() -> None:
    estimate = Unpriced.provisional().estimate(recording("10"))
    assert (estimate.seconds, estimate.dollars, estimate.per_second) == (Decimal(10), None, None)


def test_todays_price_is_the_price_of_a_model_without_one() -> None:
    assert Unpriced.provisional().rate_at(Decimal("0.02")) == Decimal("0.02")


def test_frames_follow_the_recording_at_25_a_second() -> None:
    assert InfinitalkInput.following(recording("10.01")) == {"num_frames": 251}


def test_frames_stay_within_the_models_range() -> None:
    assert InfinitalkInput.following(recording("0.5")) == {"num_frames": 41}
    assert InfinitalkInput.following(recording("300")) == {"num_frames": 721}


def test_a_guessed_length_buys_a_few_frames_more() -> None:
    frames = InfinitalkSingleTextInput.following(script("10"))["num_frames"]
    assert frames > frames_for(Decimal(10))


def test_too_few_frames_are_said_before_the_click() -> None:
    assert "Cut off after 5.8 s" in INFINITALK.estimate(recording("9")).limits[0]


def test_a_speech_past_the_cap_is_no_reason_to_refuse_it() -> None:
    estimate = INFINITALK.replace(num_frames=721).estimate(recording("40"))
    assert (estimate.blocked, estimate.limits) == (None, ())


def test_a_model_says_what_fits_into_one_request() -> None:
    assert INFINITALK.fits(recording("28.84"))
    assert not INFINITALK.fits(recording("28.85"))
    assert FLASHHEAD.fits(script("600"))


def test_a_guess_must_fit_with_its_margin() -> None:
    single_text = InfinitalkSingleTextInput.provisional()
    assert single_text.fits(script("25"))
    assert not single_text.fits(script("25.2"))


def test_stable_avatar_bills_at_least_four_seconds() -> None:
    estimate = STABLE_AVATAR.estimate(recording("2.5"))
    assert estimate.dollars == Decimal("0.40")
    assert "4 seconds" in estimate.limits[0]


def test_stable_avatar_makes_nearly_five_minutes_at_once() -> None:
    assert STABLE_AVATAR.fits(recording("299.5"))
    assert not STABLE_AVATAR.fits(recording("299.6"))  # silence is sent after it


def test_a_model_says_which_kind_of_speech_it_needs() -> None:
    assert FLASHHEAD.blocked(recording("5")) == "FlashHead needs a script instead."
    assert INFINITALK.blocked(script("5")) == "InfiniTalk needs a recording instead."
    assert HEYGEN.blocked(recording("5")) is None
    assert HEYGEN.blocked(script("5")) is None


def test_heygen_says_that_a_script_needs_a_voice() -> None:
    silent = HeygenAvatar4Input(image_url="asset:a", prompt="Hello")
    assert "Choose a voice" in str(silent.blocked(script("5")))


def test_a_recording_overrides_heygens_words() -> None:
    both = HEYGEN.replace(audio_url="asset:c")
    assert both.script is None
    assert both.recording == "asset:c"


def test_heygens_background_is_checked() -> None:
    assert AvatarIVBackground().model_dump() == {"type": "color", "value": "#FFFFFF"}
    with pytest.raises(ValidationError, match="#FFFFFF"):
        AvatarIVBackground(type="color", value="red")
    with pytest.raises(ValidationError, match="https"):
        AvatarIVBackground(type="image", value="javascript:alert(1)")


def test_arguments_leave_out_what_was_not_chosen() -> None:
    assert HEYGEN.arguments() == {
        "image_url": "asset:a",
        "prompt": "Hello",
        "voice": "Melissa",
        "talking_style": "stable",
        "resolution": "720p",
        "aspect_ratio": "16:9",
        "caption": False,
    }


@pytest.mark.parametrize(
    ("model", "aspect", "size"),
    [
        (FLASHHEAD, 0.5, (512, 512)),
        (INFINITALK, 0.56, (480, 832)),
        (INFINITALK.replace(resolution="720p"), 1.7, (1280, 720)),
        (STABLE_AVATAR, 1.0, (512, 512)),
        (STABLE_AVATAR.replace(aspect_ratio="9:16"), 1.0, (480, 832)),
        (HEYGEN, 1.0, (1280, 720)),
        (HEYGEN.replace(resolution="1080p", aspect_ratio="9:16"), 1.0, (1080, 1920)),
        (HEYGEN.replace(resolution="480p"), 1.0, (852, 480)),
    ],
)
def test_the_video_has_the_models_own_shape(
    model: FlashheadInput, aspect: float, size: tuple[int, int]
) -> None:
    shape = model.geometry(aspect)
    assert (shape.width, shape.height) == size
    assert shape.width % 2 == shape.height % 2 == 0
    assert shape.fps == 25


def test_nearest_aspect_is_judged_by_ratio() -> None:
    assert [nearest_aspect(a) for a in (0.5, 0.74, 0.76, 1.0, 1.3, 1.4)] == [
        "9:16", "9:16", "1:1", "1:1", "1:1", "16:9",
    ]  # fmt: skip
