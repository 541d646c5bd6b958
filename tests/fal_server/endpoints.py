"""The endpoints whose documents are written down here, and those that are learnt from a class."""

import math
from decimal import Decimal
from typing import Final

from talkinghead.catalogue import MODELS, ModelInput
from tests.fal_server import schemas, speech
from tests.fal_server.endpoint import Endpoint, frames_of, seconds_of
from tests.fal_server.errors import ModelError, value_error
from tests.fal_server.inputs import Sources
from tests.fal_server.learned import learned
from tests.fal_server.product import Product
from tests.fal_server.sound import Sound, speak
from tests.fal_server.video import Studio

Size = tuple[int, int]
LONGEST_STABLE_AVATAR = 300.0
"""Seconds; its document says up to five minutes."""


def _nearest(shapes: dict[str, Size], size: Size) -> Size:
    aspect = size[0] / size[1]
    return min(shapes.values(), key=lambda shape: abs(math.log(shape[0] / shape[1] / aspect)))


def _flashhead(inputs: schemas.Flashhead, sources: Sources, studio: Studio) -> Product:
    picture = sources.picture(inputs.image_url)
    sound = speak(inputs.text)
    frames = frames_of(sound.seconds)
    video = studio.make(picture, sound, (512, 512), frames)
    seed = 7 if inputs.seed is None else inputs.seed
    extra = {"seed": seed, "duration": float(seconds_of(frames)), "timings": {"inference": 1.0}}
    return Product("video", video, "flashhead.mp4", "video/mp4", seconds_of(frames), extra)


INFINITALK_SIZES: dict[str, dict[str, Size]] = {
    "480p": {"16:9": (832, 480), "9:16": (480, 832), "1:1": (640, 640)},
    "720p": {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (960, 960)},
}
"""The document states no pixels: the frames of the model's family."""


def _infinitalk_video(
    inputs: schemas.Infinitalk | schemas.InfinitalkSingleText,
    sources: Sources,
    studio: Studio,
    sound: Sound,
) -> Product:
    picture = sources.picture(inputs.image_url)
    size = _nearest(INFINITALK_SIZES[inputs.resolution], picture[1].size)
    video = studio.make(picture, sound, size, inputs.num_frames)
    units = seconds_of(inputs.num_frames) * (2 if inputs.resolution == "720p" else 1)
    extra = {"seed": 7 if inputs.seed is None else inputs.seed}
    return Product("video", video, "infinitalk.mp4", "application/octet-stream", units, extra)


def _infinitalk(inputs: schemas.Infinitalk, sources: Sources, studio: Studio) -> Product:
    return _infinitalk_video(inputs, sources, studio, sources.sound(inputs.audio_url))


def _infinitalk_text(
    inputs: schemas.InfinitalkSingleText, sources: Sources, studio: Studio
) -> Product:
    return _infinitalk_video(inputs, sources, studio, speak(inputs.text_input))


STABLE_AVATAR_SIZES: dict[str, Size] = {
    "16:9": (832, 480),
    "9:16": (480, 832),
    "1:1": (512, 512),
}


def _stable_avatar(inputs: schemas.StableAvatar, sources: Sources, studio: Studio) -> Product:
    picture = sources.picture(inputs.image_url)
    sound = sources.sound(inputs.audio_url, LONGEST_STABLE_AVATAR)
    size = STABLE_AVATAR_SIZES.get(inputs.aspect_ratio) or _nearest(
        STABLE_AVATAR_SIZES, picture[1].size
    )
    frames = frames_of(sound.seconds)
    video = studio.make(picture, sound, size, frames)
    units = max(Decimal(4), seconds_of(frames))
    return Product("video", video, "stable-avatar-output.mp4", "video/mp4", units)


def _heygen_sound(inputs: schemas.Heygen, sources: Sources) -> Sound:
    if inputs.audio_url:
        return sources.sound(inputs.audio_url)
    if not (inputs.prompt or "").strip() or not (inputs.voice or "").strip():
        missing = "voice" if (inputs.prompt or "").strip() else "prompt"
        message = "Either audio_url or both prompt and voice must be provided"
        raise ModelError(value_error(missing, message))
    return speak(inputs.prompt or "")


def _heygen(inputs: schemas.Heygen, sources: Sources, studio: Studio) -> Product:
    picture = sources.picture(inputs.image_url)
    sound = _heygen_sound(inputs, sources)
    short = int(inputs.resolution.removesuffix("p"))
    long = 2 * round(short * 16 / 9 / 2)
    size = {"16:9": (long, short), "9:16": (short, long), "1:1": (short, short)}
    frames = frames_of(sound.seconds)
    video = studio.make(picture, sound, size[inputs.aspect_ratio], frames)
    return Product("video", video, "output.mp4", "video/mp4", seconds_of(frames))


VIDEO_SCRIPT = ("Loading model weights...", "Preprocessing the image", "Reading the sound")

ENDPOINTS: Final[dict[str, Endpoint]] = {
    endpoint.endpoint_id: endpoint
    for endpoint in (
        Endpoint(
            "fal-ai/flashhead",
            "Flashhead",
            "image-to-video",
            Decimal("0.005"),
            "seconds",
            schemas.Flashhead,
            _flashhead,
            ("Loading model weights...", "Converting text to speech", "Encoding the portrait"),
        ),
        Endpoint(
            "fal-ai/infinitalk",
            "Infinitalk",
            "video-to-video",
            Decimal("0.2"),
            "seconds",
            schemas.Infinitalk,
            _infinitalk,
            VIDEO_SCRIPT,
        ),
        Endpoint(
            "fal-ai/infinitalk/single-text",
            "Infinitalk single text",
            "image-to-video",
            Decimal("0.2"),
            "seconds",
            schemas.InfinitalkSingleText,
            _infinitalk_text,
            ("Loading model weights...", "Converting text to speech", "Preprocessing the image"),
        ),
        Endpoint(
            "fal-ai/stable-avatar",
            "Stable Avatar",
            "audio-to-video",
            Decimal("0.10"),
            "seconds",
            schemas.StableAvatar,
            _stable_avatar,
            VIDEO_SCRIPT,
        ),
        Endpoint(
            "fal-ai/heygen/avatar4/image-to-video",
            "Heygen",
            "image-to-video",
            Decimal("0.1"),
            "seconds",
            schemas.Heygen,
            _heygen,
            ("Uploading the photo", "Waiting for the avatar"),
        ),
        *(
            Endpoint(
                model.endpoint_id,
                model.title,
                "text-to-speech",
                model.dollars_per_thousand,
                "1000 characters",
                model.inputs,
                model.make,
                ("Converting text to speech",),
            )
            for model in speech.MODELS
        ),
    )
}
"""Every endpoint by its id."""


def learn(model: type[ModelInput]) -> Endpoint:
    """Serve a model whose document is not written down here, by what its class says of it."""
    return ENDPOINTS.setdefault(model.endpoint_id, learned(model))


for _model in MODELS:
    learn(_model)
