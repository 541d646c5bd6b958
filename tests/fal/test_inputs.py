"""Pictures and speech as models want them."""

import io

import numpy as np
import pytest
from PIL import Image

from talkinghead.av.length import length_of
from talkinghead.av.sound import Sound, read_sound, sound_bytes
from talkinghead.catalogue import (
    AvatarIVBackground,
    FlashheadInput,
    HeygenAvatar4Input,
    InfinitalkInput,
    ModelInput,
    StableAvatarInput,
)
from talkinghead.core.errors import InvalidInput, InvalidPortrait, InvalidRecording
from talkinghead.core.workers.decoding import decoding_turn
from talkinghead.fal.conversion.convert import prepare_picture, prepare_speech
from talkinghead.fal.conversion.sizes import SHORTEST_SIDE
from talkinghead.fal.inputs import (
    asset_inputs,
    sent_samples,
    with_urls,
)
from tests.fal.workbench import PORTRAIT, SPEECH

IMAGE = f"asset:{'a' * 64}.png"
SOUND = f"asset:{'b' * 64}.wav"


def picture(
    size: tuple[int, int], mode: str = "RGB", kind: str = "PNG", **options: object
) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size).save(file, kind, **options)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def converted(data: bytes) -> bytes:
    """As most models are sent it."""
    return prepare_picture(data, ModelInput.longest_side)


def tone(seconds: float, quiet: float = 0, rate: int = 16_000) -> Sound:
    loud = 0.5 * np.sin(np.arange(round(seconds * rate)) * 0.1)
    samples = np.append(loud, np.zeros(round(quiet * rate)))
    return Sound(samples.astype(np.float32), rate)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "LA", "CMYK"])
def test_any_picture_becomes_an_opaque_jpeg(mode: str) -> None:
    data = picture((400, 500), mode, "TIFF")
    image = opened(converted(data))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (400, 500))


def test_a_large_picture_is_made_smaller_in_its_own_shape() -> None:
    assert opened(converted(picture((4000, 2000)))).size == (1536, 768)


def test_a_tiny_picture_is_made_large_enough() -> None:
    assert min(opened(converted(picture((100, 150)))).size) == SHORTEST_SIDE


def test_a_very_long_picture_stays_within_the_longest_side() -> None:
    assert max(opened(converted(picture((50, 4000)))).size) == 1536


def test_a_jpeg_that_fits_is_sent_as_it_is() -> None:
    data = picture((600, 600), kind="JPEG")
    assert converted(data) is data


def test_the_cameras_notes_are_not_sent() -> None:
    exif = Image.Exif()
    exif[0x010E] = "where I live"
    data = converted(picture((600, 600), kind="JPEG", exif=exif))
    assert b"where I live" not in data


def test_a_picture_lying_on_its_side_is_put_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = converted(picture((600, 400), kind="JPEG", exif=exif))
    assert opened(data).size == (400, 600)


@pytest.mark.parametrize("data", [b"", b"no picture", PORTRAIT.read_bytes()[:1000]])
def test_what_is_no_picture_is_said_so(data: bytes) -> None:
    with pytest.raises(InvalidPortrait):
        converted(data)


def sent(sound: Sound, model: type[ModelInput] = HeygenAvatar4Input) -> Sound:
    return read_sound(prepare_speech(sound_bytes(sound), sent_samples(model, length_of(sound))))


def test_speech_that_ends_abruptly_gets_a_quiet_end() -> None:
    ended = sent(tone(2))
    assert ended.seconds == pytest.approx(2.4, abs=0.024)
    assert np.abs(ended.samples[-round(0.3 * ended.rate) :]).max() < 0.01


def test_speech_that_is_quiet_at_its_end_gets_only_what_is_missing() -> None:
    assert sent(tone(2, quiet=0.3)).seconds == pytest.approx(2.4, abs=0.024)


def test_speech_with_a_quiet_end_is_not_made_longer_than_its_last_frame() -> None:
    assert 3 <= sent(tone(2, quiet=1)).seconds < 3.024


def test_short_speech_is_made_as_long_as_the_model_bills_anyway() -> None:
    assert sent(tone(0.5), InfinitalkInput).seconds == pytest.approx(1.64, abs=0.024)


@pytest.mark.parametrize("rate", [8_000, 16_000, 24_000, 37_800, 44_100, 48_000])
@pytest.mark.parametrize("seconds", [0.5, 1.5, 3.9])
def test_speech_is_sent_in_exactly_the_seconds_that_are_quoted(seconds: float, rate: int) -> None:
    sound = tone(seconds, rate=rate)
    for model in (HeygenAvatar4Input, StableAvatarInput, InfinitalkInput):
        quoted = model.sent_seconds(length_of(sound))
        assert sent(sound, model).seconds == float(quoted)


def test_speech_is_sent_as_an_mp3_that_holds_all_of_it() -> None:
    speech = asset_inputs(StableAvatarInput(image_url=IMAGE, audio_url=SOUND, prompt="x"))[1]
    with decoding_turn() as turn:
        prepared = speech.prepared(turn, SPEECH)
    assert (prepared.content_type, prepared.name) == ("audio/mpeg", "speech.mp3")
    whole = read_sound(SPEECH.read_bytes())
    assert read_sound(prepared.data).seconds >= whole.seconds
    assert len(prepared.data) < len(SPEECH.read_bytes())


def test_a_portrait_is_sent_as_a_jpeg() -> None:
    portrait = asset_inputs(FlashheadInput(image_url=IMAGE, text="x"))[0]
    with decoding_turn() as turn:
        prepared = portrait.prepared(turn, PORTRAIT)
    assert (prepared.content_type, opened(prepared.data).format) == ("image/jpeg", "JPEG")


def test_what_is_no_recording_is_said_so() -> None:
    with pytest.raises(InvalidRecording):
        prepare_speech(b"no recording", 1000)


def test_every_asset_of_an_input_is_found_and_replaced_in_its_place() -> None:
    model_input = HeygenAvatar4Input(
        image_url=IMAGE, audio_url=SOUND, background=AvatarIVBackground(type="image", value=IMAGE)
    )
    given = asset_inputs(model_input)
    assert [asset_input.path for asset_input in given] == [
        ("image_url",),
        ("audio_url",),
        ("background", "value"),
    ]
    urls = {asset_input.path: f"https://fal/{number}" for number, asset_input in enumerate(given)}
    arguments = with_urls(model_input, urls)
    assert arguments["image_url"] == "https://fal/0"
    assert arguments["audio_url"] == "https://fal/1"
    assert arguments["background"] == {"type": "image", "value": "https://fal/2"}


def test_an_address_that_is_public_already_is_left_alone() -> None:
    assert asset_inputs(FlashheadInput(image_url="https://example.org/a.png", text="x")) == []


def test_the_same_picture_for_two_models_of_one_recipe_is_one_upload() -> None:
    flashhead = asset_inputs(FlashheadInput(image_url=IMAGE, text="x"))[0]
    stable = asset_inputs(StableAvatarInput(image_url=IMAGE, audio_url=SOUND, prompt="x"))[0]
    heygen = asset_inputs(HeygenAvatar4Input(image_url=IMAGE))[0]
    assert flashhead.content == stable.content
    assert flashhead.content != heygen.content  # sent larger


def test_speech_for_a_model_with_a_shortest_video_is_an_upload_of_its_own() -> None:
    stable = asset_inputs(StableAvatarInput(image_url=IMAGE, audio_url=SOUND, prompt="x"))[1]
    infinitalk = asset_inputs(InfinitalkInput(image_url=IMAGE, audio_url=SOUND, prompt="x"))[1]
    assert stable.content != infinitalk.content


def test_a_file_of_another_kind_is_refused_on_its_field() -> None:
    background = AvatarIVBackground(type="image", value=f"asset:{'c' * 64}.exe")
    model_input = HeygenAvatar4Input(image_url=IMAGE, background=background)
    with decoding_turn() as turn, pytest.raises(InvalidInput) as caught:
        asset_inputs(model_input)[1].prepared(turn, turn.file(b"x"))
    assert caught.value.field == "background"
