"""The check that no paid render and no export begins without consent to its portrait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from talkinghead.consent.repository import ConsentRepository, latest_consents
from talkinghead.consent.samples import is_sample
from talkinghead.core.asset_repository import WholePicture, whole_pictures
from talkinghead.core.assets import references_in
from talkinghead.core.database import Transaction
from talkinghead.core.errors import ConsentNeeded
from talkinghead.jobs.job import Job
from talkinghead.jobs.kinds import EXPORT, LONG_VIDEO, kind_of, model_order

NOT_ASKED = "Say who is in this portrait first. Nothing was ordered, and nothing was charged."
WITHDRAWN = (
    "Consent to this portrait was withdrawn, so it can't be used for new renders or exports. "
    "Nothing was ordered, and nothing was charged."
)
_PICTURES = (".jpg", ".png", ".webp")


class ConsentGate:
    """Refuses what needs a consent that is not there, for one workspace.

    Args:
        workspace: its id.
        consents: the consents repository.
    """

    def __init__(self, workspace: str, consents: ConsentRepository) -> None:
        self._workspace = workspace
        self._consents = consents

    def missing(self, endpoint_id: str, content: object) -> list[str]:
        """Return the pictures in some inputs that may not be used for this endpoint: one of each
        whole portrait; none for what needs no consent."""
        pictures = _pictures_for(endpoint_id, content)
        if not pictures:
            return []
        with self._consents.reading() as connection:
            refused = _refused(connection, self._workspace, pictures)
        return [each.given for each in refused]

    def check_order(self, connection: Transaction, jobs: Sequence[Job]) -> None:
        """Check what is about to be ordered, within the transaction that writes it.

        Raises:
            ConsentNeeded: a paid model would be sent a portrait without consent, or a video of one
                would be exported.
        """
        for job in jobs:
            self.check(connection, job.endpoint_id, job.arguments)

    def check(self, connection: Transaction, endpoint_id: str, content: object) -> None:
        """Check the portraits in some inputs, within a transaction.

        Raises:
            ConsentNeeded: one of them may not be used.
        """
        pictures = _pictures_for(endpoint_id, content)
        if not pictures:
            return
        for refused in _refused(connection, self._workspace, pictures):
            text = WITHDRAWN if refused.is_withdrawn else NOT_ASKED
            raise ConsentNeeded(text, refused.given)


@dataclass(frozen=True)
class _Refused:
    """A portrait that may not be used.

    Attributes:
        given: the picture in the inputs, whole or cut.
        is_withdrawn: whether there was consent to it.
    """

    given: str
    is_withdrawn: bool


def _refused(connection: Transaction, workspace: str, pictures: set[str]) -> list[_Refused]:
    """Return the portraits among these pictures that may not be used, each once."""
    found = whole_pictures(connection, workspace, pictures)
    # A picture of unknown origin is a whole one itself.
    wholes = {one: found.get(one, WholePicture(one)) for one in sorted(pictures)}
    digests = {one: digest_of(whole.reference) for one, whole in wholes.items()}
    held = latest_consents(connection, workspace, set(digests.values()))
    refused: dict[str, _Refused] = {}
    for one, whole in wholes.items():
        consent = held.get(digests[one])
        if not (is_exempt(whole) or (consent and consent.holds)):
            refused.setdefault(digests[one], _Refused(one, is_withdrawn=consent is not None))
    return list(refused.values())


def _pictures_for(endpoint_id: str, content: object) -> set[str]:
    """Return the references of the pictures in the inputs of an endpoint that needs consent: a paid
    model, a long video of one, or an export of one's video. Drafts need none."""
    given = content if isinstance(content, Mapping) else {}
    if kind_of(endpoint_id) is EXPORT:
        endpoint_id, content = given.get("original_model", ""), given.get("original_inputs")
    elif kind_of(endpoint_id) is LONG_VIDEO:
        endpoint_id, content = model_order(endpoint_id, given)
    if not kind_of(endpoint_id).paid:
        return set()
    return pictures_in(content)


def pictures_in(content: object) -> set[str]:
    """Return the references of the pictures in a JSON value."""
    return {one for one in references_in(content) if PurePosixPath(one).suffix in _PICTURES}


def digest_of(reference: str) -> str:
    """Return the SHA-256 in a reference, in hexadecimal digits."""
    return reference.removeprefix("asset:").partition(".")[0]


def is_exempt(whole: WholePicture) -> bool:
    """Return whether a whole picture needs no consent, because it is a sample."""
    return is_sample(digest_of(whole.reference), whole.uploaded)
