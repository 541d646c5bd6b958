"""The check that no paid render and no export begins without consent to its portrait."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from talkinghead.consent.repository import ConsentRepository, latest_consents
from talkinghead.consent.samples import is_sample
from talkinghead.core.asset_repository import WholePicture, whole_pictures
from talkinghead.core.assets import references_in
from talkinghead.core.database import Transaction
from talkinghead.core.errors import ConsentNeeded
from talkinghead.jobs.job import Job
from talkinghead.jobs.kinds import kind_of, model_order

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

    def missing(self, content: object) -> list[str]:
        """Return the references of the whole portraits in some inputs that may not be used."""
        pictures = pictures_in(content)
        found = self._consents.whole_pictures(self._workspace, pictures)
        wholes = _wholes(pictures, found)
        held = self._consents.latest(self._workspace, [digest_of(one) for one in wholes])
        holding = {portrait for portrait, consent in held.items() if consent.holds}
        return [one for one in wholes if not _is_allowed(wholes[one], holding)]

    def check_order(self, connection: Transaction, jobs: Sequence[Job]) -> None:
        """Check what is about to be ordered, within the transaction that writes it.

        Raises:
            ConsentNeeded: a paid model would be sent a portrait without consent.
        """
        for job in jobs:
            self.check(connection, *model_order(job.endpoint_id, job.arguments))

    def check(self, connection: Transaction, endpoint_id: str, content: object) -> None:
        """Check the portraits in the inputs of a model, within a transaction; the free draft needs
        no consent.

        Raises:
            ConsentNeeded: one of them may not be used.
        """
        pictures = pictures_in(content)
        if not pictures or not kind_of(endpoint_id).paid:
            return
        wholes = _wholes(pictures, whole_pictures(connection, self._workspace, pictures))
        digests = [digest_of(one) for one in wholes]
        held = latest_consents(connection, self._workspace, digests)
        holding = {portrait for portrait, consent in held.items() if consent.holds}
        for reference, whole in wholes.items():
            if not _is_allowed(whole, holding):
                was_given = digest_of(reference) in held
                raise ConsentNeeded(WITHDRAWN if was_given else NOT_ASKED, reference)


def pictures_in(content: object) -> set[str]:
    """Return the references of the pictures in some inputs, as JSON."""
    return {one for one in references_in(content) if PurePosixPath(one).suffix in _PICTURES}


def digest_of(reference: str) -> str:
    """Return the SHA-256 in a reference, in hexadecimal digits."""
    return reference.removeprefix("asset:").partition(".")[0]


def _wholes(pictures: set[str], found: dict[str, WholePicture]) -> dict[str, WholePicture]:
    """Return the whole pictures by their references; a picture of unknown origin is one itself."""
    wholes = (found.get(one, WholePicture(one)) for one in sorted(pictures))
    return {whole.reference: whole for whole in wholes}


def _is_allowed(whole: WholePicture, holding: set[str]) -> bool:
    return digest_of(whole.reference) in holding or is_exempt(whole)


def is_exempt(whole: WholePicture) -> bool:
    """Return whether a whole picture needs no consent, because it is a sample."""
    return is_sample(digest_of(whole.reference), whole.uploaded)
