"""Every error body of fal becomes a sentence, a field and a charge."""

import json
import re
from typing import Any

import pytest

from talkinghead.catalogue import FlashheadInput, HeygenAvatar4Input, InfinitalkInput
from talkinghead.fal.errors import is_final, problem_named, problem_of
from talkinghead.fal.transport import Answer
from tests.fal_server.answers import GATEWAY
from tests.fal_server.errors import (
    MODEL_ERRORS,
    REQUEST_ERRORS,
    Refusal,
    likely_error,
    model_error,
    request_error,
    value_error,
)

ARGUMENTS = {"image_url": "https://v3.fal.media/a.jpg", "audio_url": "https://v3.fal.media/a.mp3"}
ARGUMENTS |= {"prompt": "x", "num_frames": "50"}


def answer(refusal: Refusal, **headers: str) -> Answer:
    body = json.dumps(refusal.body).encode()
    return Answer(refusal.status_code, {**refusal.headers, **headers}, body)


def plain(text: str) -> bool:
    """Two sentences at least, no address, no name of a type or a field."""
    return len(re.findall(r"[.:](?: |$)", text)) >= 2 and "://" not in text and "_" not in text


@pytest.mark.parametrize("error_type", [*MODEL_ERRORS, *REQUEST_ERRORS])
def test_every_error_is_a_plain_sentence_with_what_to_do_next(error_type: str) -> None:
    problem = problem_of(answer(likely_error(error_type, ARGUMENTS)), InfinitalkInput)
    assert plain(problem.text), problem.text
    assert problem.type == error_type


@pytest.mark.parametrize("error_type", [*MODEL_ERRORS, *REQUEST_ERRORS])
def test_an_error_known_only_by_its_name_is_a_plain_sentence_too(error_type: str) -> None:
    assert plain(problem_named(error_type, "Words of fal", InfinitalkInput).text)


@pytest.mark.parametrize("name", GATEWAY)
def test_every_refusal_of_the_gateway_is_a_plain_sentence(name: str) -> None:
    status, body = GATEWAY[name]
    said = problem_of(Answer(status, {}, json.dumps(body).encode()), FlashheadInput)
    assert plain(said.text), said.text
    assert said.charged is not True


@pytest.mark.parametrize(
    ("error_type", "field"),
    [
        ("face_detection_error", "portrait"),
        ("image_too_small", "portrait"),
        ("unsupported_image_format", "portrait"),
        ("audio_duration_too_long", "recording"),
        ("unsupported_audio_format", "recording"),
        ("content_policy_violation", "prompt"),
        ("less_than_equal", "num_frames"),
    ],
)
def test_an_error_belongs_to_the_field_that_caused_it(error_type: str, field: str) -> None:
    assert problem_of(answer(likely_error(error_type, ARGUMENTS)), InfinitalkInput).field == field


@pytest.mark.parametrize("error_type", ["image_too_small", "audio_duration_too_short"])
def test_an_error_without_a_place_still_finds_its_field(error_type: str) -> None:
    problem = problem_of(answer(model_error(error_type)), InfinitalkInput)
    assert problem.field in ("portrait", "recording")


def test_the_spoken_words_are_the_script_wherever_a_model_takes_them() -> None:
    refused = answer(model_error("sequence_too_long", "prompt"))
    assert problem_of(refused, HeygenAvatar4Input).field == "script"
    assert problem_of(refused, InfinitalkInput).field == "prompt"


def test_the_limits_that_fal_names_are_said() -> None:
    too_long = answer(model_error("audio_duration_too_long", "audio_url", max_duration=30))
    assert "at most 30 seconds" in problem_of(too_long, InfinitalkInput).text
    too_high = problem_of(answer(model_error("less_than_equal", "num_frames")), InfinitalkInput)
    assert too_high.text == (
        "“num frames” is too high: it must be 721 or less. Change it and render again."
    )
    large = problem_of(answer(model_error("file_too_large", "image_url")), InfinitalkInput)
    assert "at most 10 MB" in large.text


def test_limits_that_are_missing_leave_a_whole_sentence() -> None:
    entry = {"loc": ["body", "image_url"], "msg": "small", "type": "image_too_small", "ctx": None}
    body = json.dumps({"detail": [entry]}).encode()
    text = problem_of(Answer(422, {}, body), InfinitalkInput).text
    assert text == (
        "The portrait is too small for this model. Choose a larger portrait or a wider crop."
    )


def test_an_error_nobody_knows_is_quoted_in_short_without_addresses() -> None:
    said = f"Odd thing at https://v3.fal.media/secret.png: {'x' * 500}"
    text = problem_of(answer(value_error("image_url", said)), InfinitalkInput).text
    assert text.startswith("The portrait isn't valid for this model (“Odd thing at …")
    assert len(text) < 350


def test_a_key_that_fal_repeats_is_not_quoted() -> None:
    key = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
    body = json.dumps({"detail": f"Bad request by {key} with Key {key}"}).encode()
    text = problem_of(Answer(400, {}, body), InfinitalkInput).text
    assert "fedcba" not in text
    assert "0a1b2c3d" not in text


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"null", b'{"detail": []}', b'"x"', b"{"])
@pytest.mark.parametrize("status", [400, 404, 422, 500, 503])
def test_a_body_of_any_form_is_survived(body: bytes, status: int) -> None:
    assert plain(problem_of(Answer(status, {}, body), FlashheadInput).text)


@pytest.mark.parametrize("error_type", [k for k, v in MODEL_ERRORS.items() if v.status_code >= 500])
def test_a_server_error_is_not_charged(error_type: str) -> None:
    refusal = model_error(error_type)
    assert problem_of(answer(refusal), FlashheadInput).charged is False


@pytest.mark.parametrize("units", [("0", False), ("2.5", True)])
def test_the_billable_units_decide_whether_it_was_charged(units: tuple[str, bool]) -> None:
    refused = answer(model_error("internal_server_error"), **{"x-fal-billable-units": units[0]})
    assert problem_of(refused, FlashheadInput).charged is units[1]


def test_a_refusal_after_work_may_have_been_charged() -> None:
    assert (
        problem_of(answer(model_error("content_policy_violation")), FlashheadInput).charged is None
    )


def test_an_empty_balance_is_said_as_such() -> None:
    status, body = GATEWAY["403_locked"]
    text = problem_of(Answer(status, {}, json.dumps(body).encode()), FlashheadInput).text
    assert "balance" in text


@pytest.mark.parametrize(
    ("status", "body", "final"),
    [
        (422, {"detail": "x"}, True),
        (429, {"detail": "x"}, False),
        (408, {}, False),
        (503, {"detail": "Service unavailable"}, False),
        (502, None, False),
        (500, model_error("internal_server_error").body, True),
        (503, request_error("runner_disconnected").body, True),
    ],
)
def test_a_final_error_is_distinguished_from_a_transient_one(
    status: int, body: Any, final: bool
) -> None:
    assert is_final(Answer(status, {}, json.dumps(body).encode())) is final
