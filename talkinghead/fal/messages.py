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
_PICTURE = "Choose another picture and render again."
_RECORDING = "Choose another recording and render again."
_VALUE = "Change it and render again."

MODEL_ERRORS: dict[str, Meaning] = {
    "internal_server_error": Meaning("The model broke down at fal.ai", _AGAIN),
    "generation_timeout": Meaning(
        "The model took too long at fal.ai and was stopped",
        "Render again, with a shorter speech if it happens twice.",
    ),
    "downstream_service_error": Meaning(
        "A service behind the model refused the work",
        f"{_AGAIN} If it happens twice, change the inputs.",
        charged=None,
    ),
    "downstream_service_unavailable": Meaning(
        "A service behind the model is not available at the moment", _AGAIN
    ),
    "content_policy_violation": Meaning(
        "The model's content check refused these inputs",
        "Change the words or choose another picture, then render again.",
        charged=None,
    ),
    "no_media_generated": Meaning(
        "The model finished without making a video",
        "Change the picture or the speech and render again.",
        charged=None,
    ),
    "image_too_small": Meaning(
        "The picture is too small for this model",
        "Choose a larger picture or a wider crop.",
        ": it needs at least {min_width} by {min_height} pixels",
        field="portrait",
    ),
    "image_too_large": Meaning(
        "The picture is too large for this model",
        "Crop it or choose a smaller one.",
        ": it takes at most {max_width} by {max_height} pixels",
        field="portrait",
    ),
    "image_load_error": Meaning(
        "The model could not open the picture",
        "Save it as JPEG or PNG and choose it again.",
        field="portrait",
    ),
    "file_download_error": Meaning(
        "The model could not fetch a file from fal's storage",
        "Render again: the file is uploaded again.",
    ),
    "face_detection_error": Meaning(
        "The model found no face in the picture",
        "Choose a picture with one clear face seen from the front, or crop closer.",
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
        "{Name} does not fit this model", _VALUE, ": it must be a multiple of {multiple_of}"
    ),
    "sequence_too_short": Meaning(
        "{Name} is too short for this model", _VALUE, ": it takes at least {min_length} characters"
    ),
    "sequence_too_long": Meaning(
        "{Name} is too long for this model", _VALUE, ": it takes at most {max_length} characters"
    ),
    "one_of": Meaning("{Name} does not fit this model", _VALUE, ": it takes {expected}"),
    "feature_not_supported": Meaning(
        "The model does not support these choices together",
        "Change the parameters and render again.",
    ),
    "invalid_archive": Meaning("An archive could not be opened", "Choose another file."),
    "archive_file_count_below_minimum": Meaning(
        "An archive holds too few files", "Choose another file."
    ),
    "archive_file_count_exceeds_maximum": Meaning(
        "An archive holds too many files", "Choose another file."
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
        "The model cannot read this kind of sound file", _RECORDING, field="recording"
    ),
    "unsupported_image_format": Meaning(
        "The model cannot read this kind of picture", _PICTURE, field="portrait"
    ),
    "unsupported_video_format": Meaning(
        "The model cannot read this kind of video", "Choose another file and render again."
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
    "startup_timeout": Meaning("fal.ai could not start the model in time", _AGAIN),
    "runner_scheduling_failure": Meaning("fal.ai found no free machine for the model", _AGAIN),
    "runner_connection_timeout": Meaning("fal.ai lost the machine that rendered", _AGAIN),
    "runner_disconnected": Meaning("fal.ai lost the machine that rendered", _AGAIN),
    "runner_connection_refused": Meaning("The model does not answer at fal.ai", _AGAIN),
    "runner_connection_error": Meaning("The model does not answer at fal.ai", _AGAIN),
    "runner_incomplete_response": Meaning("The model broke off its answer at fal.ai", _AGAIN),
    "runner_server_error": Meaning("The model broke down at fal.ai", _AGAIN),
    "client_disconnected": Meaning(
        "fal.ai ended the render because the connection was lost", _AGAIN, charged=None
    ),
    "client_cancelled": Meaning("The render was cancelled", "Render again if it was not meant."),
    "bad_request": Meaning("fal.ai could not make sense of the order", "Change the inputs."),
    "internal_error": Meaning("fal.ai has a fault of its own", _AGAIN),
}

BY_STATUS: dict[int, Meaning] = {
    400: Meaning("fal.ai refused the order", "Change the inputs and render again."),
    401: Meaning("fal.ai does not accept the key", "Enter a valid key in Settings."),
    402: Meaning("The balance at fal.ai is used up", "Top it up at fal.ai, then render again."),
    403: Meaning(
        "The key is not allowed to do this at fal.ai",
        "Use a key with access to the models, or check the account at fal.ai.",
    ),
    404: Meaning("fal.ai does not have this model any more", "Choose another model."),
    408: Meaning("fal.ai took too long to answer", _AGAIN),
    413: Meaning("The inputs are too large for fal.ai", "Choose smaller files or fewer words."),
    422: Meaning("The model refused the inputs", "Change them and render again.", charged=None),
    429: Meaning("fal.ai is taking no more requests from this key at the moment", _AGAIN),
    499: Meaning("The render was cancelled", "Render again if it was not meant.", charged=None),
    504: Meaning("fal.ai took too long to answer", _AGAIN),
}
LOCKED = Meaning(
    "The account at fal.ai is locked because its balance is used up",
    "Top it up at fal.ai, then render again.",
)
DOWN = Meaning("fal.ai has trouble at the moment", _AGAIN)
A_PARAMETER = Meaning("{Name} is not as the model wants it", _VALUE)
"""For the checks of types and values that have no name of fal's own."""

KEY_REFUSED = (
    "fal.ai does not accept the key any more. Enter a valid one in Settings: the render goes on by "
    "itself, and nothing is paid twice."
)
NOT_REACHED = (
    "fal.ai could not be reached, so nothing was ordered and nothing was charged yet. It is tried "
    "again."
)
UPLOAD_FAILED = (
    "A file could not be sent to fal.ai's storage. Nothing was ordered and nothing was charged: "
    "render again in a few minutes."
)
STOP_ANSWERS = {
    200: "Stopped while it was waiting in the queue at fal.ai. It is not charged.",
    202: "fal.ai was asked to stop it. It was already rendering, so it may still be charged.",
    400: "It was finished already, so it may be charged.",
    404: "fal.ai does not know this render any more, so there was nothing to stop.",
}
"""The text for people for each answer to a cancel request."""
STOPPED_AT_FAL = (
    "Stopped at fal.ai. What was rendered before may still be charged; fal.ai/dashboard shows it."
)
NOT_STOPPED = "fal.ai could not be asked to stop this render; it goes on. Try again in a moment."
FORGOTTEN = (
    "fal.ai does not know this render any more. If it had finished, its video is gone there; "
    "fal.ai/dashboard shows whether it was charged. Render it again if you still want it."
)
NO_VIDEO = (
    "fal.ai says that the render is finished, but names no video. Fetch it again in a few "
    "minutes; if that does not help, ask fal.ai's support with the request id."
)
VIDEO_GONE = (
    "fal.ai does not keep this video any more. It was charged when it was made; rendering it again "
    "is charged again."
)
VIDEO_BROKEN = (
    "The video at fal.ai could not be fetched whole. It is paid for and stays there for a while: "
    "fetch it again in a few minutes; that is not charged."
)
NO_SOUND = (
    "fal.ai says that the sentence is spoken, but names no sound. Fetch it again in a few minutes; "
    "if that does not help, ask fal.ai's support with the request id."
)
SOUND_GONE = (
    "fal.ai does not keep this sentence any more. It was charged when it was spoken; speaking it "
    "again is charged again."
)
SOUND_BROKEN = (
    "The sentence at fal.ai could not be fetched whole. It is paid for and stays there for a "
    "while: it is fetched again in a few minutes; that is not charged."
)
RESULT_NOT_READ = (
    "The video is finished at fal.ai, but fal.ai does not hand it out at the moment. Fetch it "
    "again in a few minutes; that is not charged."
)
VIDEO_TOO_LARGE = (
    "The file at fal.ai is larger than {megabytes:,} MB, far more than a video of this length "
    "takes, so its download was stopped. Render it again, and if that does not help, ask fal.ai's "
    "support with the request ID."
)
SOUND_TOO_LARGE = (
    "The file at fal.ai is larger than {megabytes:,} MB, far more than a sentence takes, so its "
    "download was stopped. Generate the voice-over again, and if that does not help, ask fal.ai's "
    "support with the request ID."
)
NOT_SAVED_FROM = (
    "The file is at an address that is not on the public internet, so it was not downloaded. Ask "
    "fal.ai's support with the request ID."
)
