"""Texts for fal's errors, by fal's error `type`.

Each says what happened and what to do next; whether it was charged is shown beside it.
Source of the types: fal's error reference.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Meaning:
    """One type of error.

    Attributes:
        what: what happened, a sentence without its full stop.
        then: what to do next.
        detail: a clause with the limits, used where fal names them.
        field: the form field where the error names none.
        charged: whether a run that ended so is billed; None where fal leaves it open.
    """

    what: str
    then: str
    detail: str = ""
    field: str | None = None
    charged: bool | None = False


_AGAIN = "Render again in a few minutes."
_PICTURE = "Choose another portrait and render again."
_RECORDING = "Choose another recording and render again."
_VALUE = "Change it and render again."

MODEL_ERRORS: dict[str, Meaning] = {
    "internal_server_error": Meaning("The model failed at fal.ai", _AGAIN),
    "generation_timeout": Meaning(
        "The model took too long at fal.ai and was stopped",
        "Render again. If it happens twice, shorten the script or recording.",
    ),
    "downstream_service_error": Meaning(
        "A service behind the model rejected the request",
        f"{_AGAIN} If it happens twice, change your script or portrait.",
        charged=None,
    ),
    "downstream_service_unavailable": Meaning(
        "A service behind the model is unavailable right now", _AGAIN
    ),
    "content_policy_violation": Meaning(
        "The model's content check rejected this render",
        "Change the script or choose another portrait, then render again.",
        charged=None,
    ),
    "no_media_generated": Meaning(
        "The model finished without a video",
        "Change the portrait or the audio and render again.",
        charged=None,
    ),
    "image_too_small": Meaning(
        "The portrait is too small for this model",
        "Choose a larger portrait or a wider crop.",
        ": it needs at least {min_width} by {min_height} pixels",
        field="portrait",
    ),
    "image_too_large": Meaning(
        "The portrait is too large for this model",
        "Crop it or choose a smaller one.",
        ": it takes at most {max_width} by {max_height} pixels",
        field="portrait",
    ),
    "image_load_error": Meaning(
        "The model couldn't open the portrait",
        "Save it as JPEG or PNG and choose it again.",
        field="portrait",
    ),
    "file_download_error": Meaning(
        "The model couldn't load a file from fal.ai's storage",
        "Render again to upload the file again.",
    ),
    "face_detection_error": Meaning(
        "The model found no face in the portrait",
        "Choose a portrait with one clear, front-facing face, or crop closer.",
        field="portrait",
        charged=None,
    ),
    "file_too_large": Meaning(
        "A file is too large for this model",
        "Choose a smaller file and render again.",
        ": it takes at most {max_size}",
    ),
    "greater_than": Meaning("{Name} is too low", _VALUE, ": it must be above {gt}"),
    "greater_than_equal": Meaning("{Name} is too low", _VALUE, ": it must be {ge} or more"),
    "less_than": Meaning("{Name} is too high", _VALUE, ": it must be below {lt}"),
    "less_than_equal": Meaning("{Name} is too high", _VALUE, ": it must be {le} or less"),
    "multiple_of": Meaning(
        "{Name} doesn't work with this model", _VALUE, ": it must be a multiple of {multiple_of}"
    ),
    "sequence_too_short": Meaning(
        "{Name} is too short for this model", _VALUE, ": it takes at least {min_length} characters"
    ),
    "sequence_too_long": Meaning(
        "{Name} is too long for this model", _VALUE, ": it takes at most {max_length} characters"
    ),
    "one_of": Meaning("{Name} doesn't work with this model", _VALUE, ": it takes {expected}"),
    "feature_not_supported": Meaning(
        "The model doesn't support this combination of settings",
        "Change the settings and render again.",
    ),
    "invalid_archive": Meaning("An archive couldn't be opened", "Choose another file."),
    "archive_file_count_below_minimum": Meaning(
        "An archive has too few files", "Choose another file."
    ),
    "archive_file_count_exceeds_maximum": Meaning(
        "An archive has too many files", "Choose another file."
    ),
    "audio_duration_too_long": Meaning(
        "The recording is too long for this model",
        "Shorten it or choose another model.",
        ": it takes at most {max_duration} seconds",
        field="recording",
    ),
    "audio_duration_too_short": Meaning(
        "The recording is too short for this model",
        "Record a little more and render again.",
        ": it needs at least {min_duration} seconds",
        field="recording",
    ),
    "unsupported_audio_format": Meaning(
        "The model can't read this type of audio file", _RECORDING, field="recording"
    ),
    "unsupported_image_format": Meaning(
        "The model can't read this type of picture", _PICTURE, field="portrait"
    ),
    "unsupported_video_format": Meaning(
        "The model can't read this type of video", "Choose another file and render again."
    ),
    "video_duration_too_long": Meaning(
        "The video given is too long for this model",
        "Choose a shorter one.",
        ": it takes at most {max_duration} seconds",
    ),
    "video_duration_too_short": Meaning(
        "The video given is too short for this model",
        "Choose a longer one.",
        ": it needs at least {min_duration} seconds",
    ),
}

REQUEST_ERRORS: dict[str, Meaning] = {
    "request_timeout": Meaning("The render took longer than fal.ai allows", _AGAIN),
    "startup_timeout": Meaning("fal.ai couldn't start the model in time", _AGAIN),
    "runner_scheduling_failure": Meaning("fal.ai had no free capacity for the model", _AGAIN),
    "runner_connection_timeout": Meaning("fal.ai lost the server that was rendering", _AGAIN),
    "runner_disconnected": Meaning("fal.ai lost the server that was rendering", _AGAIN),
    "runner_connection_refused": Meaning("The model isn't responding at fal.ai", _AGAIN),
    "runner_connection_error": Meaning("The model isn't responding at fal.ai", _AGAIN),
    "runner_incomplete_response": Meaning("The model's response at fal.ai was cut off", _AGAIN),
    "runner_server_error": Meaning("The model failed at fal.ai", _AGAIN),
    "client_disconnected": Meaning(
        "fal.ai ended the render because the connection was lost", _AGAIN, charged=None
    ),
    "client_cancelled": Meaning(
        "The render was canceled", ("Render again if you didn't mean to cancel.")
    ),
    "bad_request": Meaning(
        "fal.ai couldn't read the request", ("Change the settings and render again.")
    ),
    "internal_error": Meaning("fal.ai had an internal error", _AGAIN),
}

BY_STATUS: dict[int, Meaning] = {
    400: Meaning("fal.ai rejected the request", "Change the settings and render again."),
    401: Meaning("fal.ai rejected the key", "Enter a valid key in Settings."),
    402: Meaning(
        "The fal.ai balance is used up",
        ("Add credits at fal.ai/dashboard/billing, then render again."),
    ),
    403: Meaning(
        "The key isn't allowed to do this at fal.ai",
        "Use a key with access to the models, or check your fal.ai account.",
    ),
    404: Meaning("fal.ai no longer offers this model", "Choose another model."),
    408: Meaning("fal.ai took too long to respond", _AGAIN),
    413: Meaning(
        "The files are too large for fal.ai", ("Choose smaller files or shorten the script.")
    ),
    422: Meaning(
        "The model rejected these settings", ("Change the settings and render again."), charged=None
    ),
    429: Meaning("fal.ai isn't taking more requests from this key right now", _AGAIN),
    499: Meaning(
        "The render was canceled", ("Render again if you didn't mean to cancel."), charged=None
    ),
    504: Meaning("fal.ai took too long to respond", _AGAIN),
}
LOCKED = Meaning(
    "The fal.ai account is locked because its balance is used up",
    "Add credits at fal.ai/dashboard/billing, then render again.",
)
DOWN = Meaning("fal.ai is having problems right now", _AGAIN)
A_PARAMETER = Meaning("{Name} isn't valid for this model", _VALUE)
"""For the checks of types and values that have no name of fal's own."""

KEY_REFUSED = (
    "fal.ai no longer accepts this key. Add a valid key in Settings, and the render resumes. You "
    "won't be charged twice."
)
NOT_REACHED = "fal.ai couldn't be reached, so nothing has been ordered or charged. Trying again."
UPLOAD_FAILED = (
    "A file couldn't be uploaded to fal.ai. Nothing was ordered or charged. Render again in a few "
    "minutes."
)
STOP_ANSWERS = {
    200: "Canceled while waiting in fal.ai's queue. You weren't charged.",
    202: "We asked fal.ai to stop it. It was already rendering, so you may still be charged.",
    400: "It had already finished, so you may be charged.",
    404: "fal.ai no longer has this render, so there was nothing to stop.",
}
"""The text for people for each answer to a cancel request."""
STOPPED_AT_FAL = (
    "Stopped at fal.ai. You may still be charged for what was rendered before; check your fal.ai "
    "dashboard."
)
NOT_STOPPED = (
    "We couldn't reach fal.ai to stop this render, so it continues. Try again in a moment."
)
FORGOTTEN = (
    "fal.ai no longer has this render. If it had finished, its video is gone; check your fal.ai "
    "dashboard to see if you were charged. Render again if you still want it."
)
NO_VIDEO = (
    "fal.ai says the render is finished but sent no video. Download it again in a few minutes. If "
    "that doesn't help, contact fal.ai support with the request ID."
)
VIDEO_GONE = (
    "fal.ai no longer keeps this video. You were charged when it was rendered; rendering again is "
    "charged again."
)
VIDEO_BROKEN = (
    "The video couldn't be downloaded completely from fal.ai. It's paid for and stays there for a "
    "while. Download it again in a few minutes (free)."
)
NO_SOUND = (
    "fal.ai says the voice-over is finished but sent no audio. Download it again in a few "
    "minutes. If that doesn't help, contact fal.ai support with the request ID."
)
SOUND_GONE = (
    "fal.ai no longer keeps this sentence. You were charged when it was generated; generating it "
    "again is charged again."
)
SOUND_BROKEN = (
    "The sentence couldn't be downloaded completely from fal.ai. It's paid for and stays there "
    "for a while. Download it again in a few minutes (free)."
)
RESULT_NOT_READ = (
    "The video is finished, but fal.ai won't let us download it right now. Download it again in a "
    "few minutes (free)."
)
VIDEO_TOO_LARGE = (
    "The file at fal.ai is larger than {megabytes:,} MB, far too large for a video of this "
    "length, so the download was stopped. Render again. If that doesn't help, contact fal.ai "
    "support with the request ID."
)
SOUND_TOO_LARGE = (
    "The file at fal.ai is larger than {megabytes:,} MB, far too large for a sentence, so the "
    "download was stopped. Generate the voice-over again. If that doesn't help, contact fal.ai "
    "support with the request ID."
)
NOT_SAVED_FROM = (
    "The file is at an address that isn't on the public internet, so it wasn't downloaded. "
    "Contact fal.ai support with the request ID."
)
