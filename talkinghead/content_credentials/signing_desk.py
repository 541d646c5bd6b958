"""Signs for the workers, which have no key: they ask, and this process answers.

What a worker may have signed is bounded, because it opens files that may take it over: the
structures of COSE and nothing else, and only as many as a version needs.
"""

import asyncio
import base64
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

from talkinghead.content_credentials.timestamps.authority import LARGEST_REQUEST, ask_authority

if TYPE_CHECKING:
    from talkinghead.content_credentials.keys.certificates import SigningCertificate

REFUSED: dict[str, Any] = {"refused": True}
MOST_SIGNATURES = 8  # of one worker: an original and its version, each once more without timestamp
LARGEST_CLAIM = 256 * 1024  # bytes; a claim has about 2 kB
_COSE_TO_SIGN = b"\x84\x6aSignature1"  # how every structure begins that COSE signs
_RENEWED = timedelta(days=30)  # before its end, a certificate of the studio's own is replaced

_log = logging.getLogger(__name__)


class SigningDesk:
    """Holds the certificate that signs, and its key.

    Args:
        given: the operator's certificate, or None.
        timestamp_url: the address of a timestamp authority, or None.
        now: the time.
    """

    def __init__(
        self,
        given: "SigningCertificate | None" = None,
        timestamp_url: str | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._given = given
        self._timestamp_url = timestamp_url
        self._now = now
        self._own: SigningCertificate | None = None
        self._lock = Lock()

    @property
    def asks_for_timestamps(self) -> bool:
        """Whether there is a timestamp authority."""
        return self._timestamp_url is not None

    @property
    def ended_at(self) -> datetime | None:
        """When the operator's certificate ended; None if it is valid, or if there is none."""
        given = self._given
        return given.ends_at if given is not None and given.ends_at <= self._now() else None

    def certificate(self) -> "SigningCertificate":
        """Return the certificate that signs: the operator's as long as it is valid, else one of the
        studio's own, which lasts as long as this process."""
        if self._given is not None and self.ended_at is None:
            return self._given
        with self._lock:
            if self._own is None or self._own.ends_at - _RENEWED < self._now():
                from talkinghead.content_credentials.keys.certificates import own_certificate

                self._own = own_certificate(self._now())
            return self._own

    def session(self) -> "SigningSession":
        """Return what answers one worker."""
        return SigningSession(self, self._timestamp_url)


class SigningSession:
    """Answers the questions of one worker process.

    Args:
        desk: has the certificate.
        timestamp_url: the address of a timestamp authority, or None.
    """

    def __init__(self, desk: SigningDesk, timestamp_url: str | None) -> None:
        self._desk = desk
        self._timestamp_url = timestamp_url
        self._certificate: SigningCertificate | None = None
        self._left = {"sign": MOST_SIGNATURES, "timestamp": MOST_SIGNATURES}

    async def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to a question.

        {"want": "certificate"} → {"chain", "algorithm", "subject", "issuer", "own", "timestamps"};
        {"want": "sign", "data"} → {"signature"}; {"want": "timestamp", "data"} → {"response"}, null
        where the authority gives none. Bytes are in base64. What is not allowed is refused.
        """
        if self._certificate is None:  # the same for all of this worker's questions
            self._certificate = await asyncio.to_thread(self._desk.certificate)
        want = question.get("want")
        if want == "certificate":
            return self._facts(self._certificate)
        if want not in self._left or not self._left[want]:
            return self._refused(want)
        self._left[want] -= 1
        data = base64.b64decode(str(question.get("data", "")))
        if want == "timestamp":
            return await self._timestamp(data)
        if not data.startswith(_COSE_TO_SIGN) or len(data) > LARGEST_CLAIM:
            return self._refused(want)
        signature = await asyncio.to_thread(self._certificate.sign, data)
        return {"signature": base64.b64encode(signature).decode()}

    def _facts(self, certificate: "SigningCertificate") -> dict[str, Any]:
        return {
            "chain": certificate.chain,
            "algorithm": certificate.algorithm,
            "subject": certificate.subject,
            "issuer": certificate.issuer,
            "own": certificate.own,
            "timestamps": self._timestamp_url is not None,
        }

    async def _timestamp(self, request: bytes) -> dict[str, Any]:
        if self._timestamp_url is None or len(request) > LARGEST_REQUEST:
            return self._refused("timestamp")
        answer = await ask_authority(self._timestamp_url, request)
        return {"response": None if answer is None else base64.b64encode(answer).decode()}

    def _refused(self, want: object) -> dict[str, Any]:
        _log.warning("a worker asked the signing desk for what it may not have: %.40r", want)
        return REFUSED
