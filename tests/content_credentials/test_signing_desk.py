"""The desk signs what a version needs, and nothing else."""

import asyncio
import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from talkinghead.content_credentials.keys.certificates import OWN_DAYS, given_certificate
from talkinghead.content_credentials.signing_desk import (
    LARGEST_CLAIM,
    MOST_SIGNATURES,
    REFUSED,
    SigningDesk,
)
from tests.content_credentials.signed import Issuer, asking

CLAIM = b"\x84\x6aSignature1 and a claim"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def to_sign(data: bytes) -> dict[str, Any]:
    return {"want": "sign", "data": base64.b64encode(data).decode()}


@pytest.mark.parametrize(
    "question",
    [
        to_sign(b"a message to another service"),
        to_sign(CLAIM + bytes(LARGEST_CLAIM)),
        {"want": "timestamp", "data": ""},
        {"want": "key"},
        {},
    ],
)
def test_what_is_no_claim_is_refused(question: dict[str, Any]) -> None:
    assert asking(SigningDesk())(question) == REFUSED


def test_a_worker_gets_no_more_signatures_than_a_version_needs() -> None:
    ask = asking(SigningDesk())
    answers = [ask(to_sign(CLAIM)) for _ in range(MOST_SIGNATURES + 1)]
    assert [each == REFUSED for each in answers] == [False] * MOST_SIGNATURES + [True]


def test_no_answer_holds_the_key(issuer: Issuer) -> None:
    chain, key = issuer.issue()
    desk = SigningDesk(given_certificate(chain, key))
    session = desk.session()
    answers = [
        asyncio.run(session.answer(each)) for each in ({"want": "certificate"}, to_sign(CLAIM))
    ]
    secret = "".join(key.splitlines()[1:-1])
    assert all(
        line not in repr((answers, vars(session), desk.certificate())) for line in (key, secret)
    )
    assert answers[0]["chain"] == chain


def test_a_certificate_of_its_own_is_the_same_for_all_workers_and_replaced_before_it_ends() -> None:
    now = NOW
    desk = SigningDesk(now=lambda: now)
    first = desk.certificate()
    assert desk.certificate() is first
    assert first.own
    now = NOW + timedelta(days=OWN_DAYS - 29)
    assert desk.certificate().ends_at > first.ends_at


def test_a_certificate_that_has_ended_is_stood_in_for_by_one_of_its_own() -> None:
    given = given_certificate(*Issuer(NOW).issue(days=30))
    now = NOW
    desk = SigningDesk(given, now=lambda: now)
    assert (desk.certificate(), desk.ended_at) == (given, None)
    now = NOW + timedelta(days=31)
    assert desk.certificate().own
    assert desk.ended_at == given.ends_at
