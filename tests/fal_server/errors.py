"""fal's error bodies, worded as its documents word them: the model's and the platform's.

Every body names what it is by `type` (inside `detail`) or by `error_type` beside it. A body whose
`detail` is a list comes from the model; one whose `detail` is a sentence comes from around it.
"""

from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

DOCS = "https://docs.fal.ai/errors/#"

Body = dict[str, Any]


@dataclass(frozen=True)
class Refusal:
    """An answer that is not a success: what the status shows and what the result replays."""

    status_code: int
    body: Body
    error: str
    error_type: str
    headers: dict[str, str] = field(default_factory=dict)


class ModelError(Exception):
    """The model refuses its inputs, or fails; carries the answer."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.error)
        self.refusal = refusal


@dataclass(frozen=True)
class Kind:
    """One row of fal's table of model errors."""

    message: str
    status_code: int = 422
    about: str = ""
    """What the error is about: "image", "audio", "video", "text", "number", or the whole input."""
    context: Body = field(default_factory=dict)
    retryable: bool = False


AUDIO_FORMATS = [".mp3", ".ogg", ".wav", ".m4a", ".aac", ".flac"]
IMAGE_FORMATS = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"]
VIDEO_FORMATS = [".mp4", ".mov", ".webm", ".m4v", ".gif"]

MODEL_ERRORS: dict[str, Kind] = {
    "internal_server_error": Kind("Internal server error", 500, retryable=True),
    "generation_timeout": Kind("Generation timeout", 504, retryable=True),
    "downstream_service_error": Kind("Downstream service error", 400),
    "downstream_service_unavailable": Kind("Downstream service unavailable", 500, retryable=True),
    "content_policy_violation": Kind(
        "The content could not be processed because it contained material flagged by a "
        "content checker.",
        about="text",
    ),
    "no_media_generated": Kind("No media was generated with the provided inputs."),
    "image_too_small": Kind(
        "Image dimensions are too small. Minimum dimensions are 256x256 pixels.",
        about="image",
        context={"min_height": 256, "min_width": 256},
    ),
    "image_too_large": Kind(
        "Image dimensions are too large. Maximum dimensions are 4096x4096 pixels.",
        about="image",
        context={"max_height": 4096, "max_width": 4096},
    ),
    "image_load_error": Kind(
        "Failed to load the image. Please ensure the image file is not corrupted and is in a "
        "supported format.",
        about="image",
    ),
    "file_download_error": Kind(
        "Failed to download the file. Please check if the URL is accessible and try again.",
        about="image",
    ),
    "face_detection_error": Kind("Could not detect face in the image", about="image"),
    "file_too_large": Kind(
        "File size exceeds the maximum allowed size of 10485760 bytes.",
        about="image",
        context={"max_size": 10485760},
    ),
    "greater_than": Kind("Input should be greater than 0", about="number", context={"gt": 0}),
    "greater_than_equal": Kind(
        "Input should be greater than or equal to 41", about="number", context={"ge": 41}
    ),
    "less_than": Kind("Input should be less than 722", about="number", context={"lt": 722}),
    "less_than_equal": Kind(
        "Input should be less than or equal to 721", about="number", context={"le": 721}
    ),
    "multiple_of": Kind(
        "Input should be a multiple of 8", about="number", context={"multiple_of": 8}
    ),
    "sequence_too_short": Kind(
        "Input should have at least 1 character", about="text", context={"min_length": 1}
    ),
    "sequence_too_long": Kind(
        "Input should have at most 5000 characters", about="text", context={"max_length": 5000}
    ),
    "one_of": Kind(
        "Input should be one of '480p' or '720p'", context={"expected": ["480p", "720p"]}
    ),
    "feature_not_supported": Kind("The requested feature is not supported with these inputs."),
    "invalid_archive": Kind("The archive is invalid.", context={"supported_extensions": [".zip"]}),
    "archive_file_count_below_minimum": Kind(
        "The archive has too few files.", context={"min_count": 1, "provided_count": 0}
    ),
    "archive_file_count_exceeds_maximum": Kind(
        "The archive has too many files.", context={"max_count": 1, "provided_count": 2}
    ),
    "audio_duration_too_long": Kind(
        "Audio duration exceeds the maximum allowed duration of 30 seconds.",
        about="audio",
        context={"max_duration": 30, "provided_duration": 45},
    ),
    "audio_duration_too_short": Kind(
        "Audio duration is below the minimum allowed duration of 1 seconds.",
        about="audio",
        context={"min_duration": 1, "provided_duration": 0.4},
    ),
    "unsupported_audio_format": Kind(
        "Unsupported audio format.", about="audio", context={"supported_formats": AUDIO_FORMATS}
    ),
    "unsupported_image_format": Kind(
        "Unsupported image format.", about="image", context={"supported_formats": IMAGE_FORMATS}
    ),
    "unsupported_video_format": Kind(
        "Unsupported video format.", about="video", context={"supported_formats": VIDEO_FORMATS}
    ),
    "video_duration_too_long": Kind(
        "Video duration exceeds the maximum allowed duration of 30 seconds.",
        about="video",
        context={"max_duration": 30, "provided_duration": 45},
    ),
    "video_duration_too_short": Kind(
        "Video duration is below the minimum allowed duration of 1 seconds.",
        about="video",
        context={"min_duration": 1, "provided_duration": 0.4},
    ),
}

REQUEST_ERRORS: dict[str, tuple[int, str]] = {
    "request_timeout": (504, "Request timed out"),
    "startup_timeout": (504, "Request timed out while waiting for a runner to start"),
    "runner_scheduling_failure": (503, "Failed to schedule a runner"),
    "runner_connection_timeout": (503, "Connection to the runner timed out"),
    "runner_disconnected": (503, "Runner disconnected"),
    "runner_connection_refused": (503, "Runner refused the connection"),
    "runner_connection_error": (503, "Failed to connect to the runner"),
    "runner_incomplete_response": (502, "Runner returned an incomplete response"),
    "runner_server_error": (500, "Runner failed to process the request"),
    "client_disconnected": (499, "Client disconnected"),
    "client_cancelled": (499, "Request cancelled by the client"),
    "bad_request": (400, "Bad request"),
    "internal_error": (500, "Internal error"),
}

FIELDS = {
    "image": ("image_url",),
    "audio": ("audio_url",),
    "text": ("text", "text_input", "prompt"),
    "number": ("num_frames", "stability", "guidance_scale"),
}
"""The inputs an error may be about, the likeliest first."""


def _headers(error_type: str, retryable: bool) -> dict[str, str]:
    flag = "true" if retryable else "false"
    return {"x-fal-error-type": error_type, "x-fal-retryable": flag, "x-fal-needs-retry": flag}


def model_error(
    error_type: str, field_name: str = "", given: Any = None, message: str = "", **context: Any
) -> Refusal:
    """A model's error on one input (or on the whole, without a field)."""
    kind = MODEL_ERRORS[error_type]
    entry: Body = {
        "loc": ["body", field_name] if field_name else ["body"],
        "msg": message or kind.message,
        "type": error_type,
        "url": DOCS + error_type,
    }
    if ctx := context or kind.context:
        entry["ctx"] = ctx
    if given is not None:
        entry["input"] = given
    headers = _headers(error_type, kind.retryable)
    return Refusal(kind.status_code, {"detail": [entry]}, entry["msg"], error_type, headers)


def likely_error(error_type: str, arguments: Body) -> Refusal:
    """A model's error, placed on the input of these arguments that it is about."""
    if error_type in REQUEST_ERRORS:
        return request_error(error_type)
    names = FIELDS.get(MODEL_ERRORS[error_type].about, ())
    name = next((name for name in names if name in arguments), "")
    return model_error(error_type, name, arguments.get(name))


def request_error(error_type: str, **headers: str) -> Refusal:
    """An error of the infrastructure around the model."""
    status_code, text = REQUEST_ERRORS[error_type]
    body = {"detail": text, "error_type": error_type}
    return Refusal(status_code, body, text, error_type, {"x-fal-error-type": error_type, **headers})


def value_error(field_name: str, message: str) -> Refusal:
    """What fal's `FieldException` becomes."""
    entry = {"loc": ["body", field_name], "msg": message, "type": "value_error"}
    return Refusal(422, {"detail": [entry]}, message, "value_error", _headers("value_error", False))


def validation_error(problem: ValidationError) -> Refusal:
    """Pydantic's findings in FastAPI's form."""
    detail = [
        {
            "loc": ["body", *entry["loc"]],
            "msg": entry["msg"],
            "type": entry["type"],
            **({"ctx": entry["ctx"]} if "ctx" in entry else {}),
            "input": entry["input"],
        }
        for entry in problem.errors(include_url=False)
    ]
    first = detail[0]
    headers = _headers(first["type"], False) | {"x-fal-billable-units": "0"}
    return Refusal(422, {"detail": detail}, first["msg"], first["type"], headers)
