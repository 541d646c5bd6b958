"""The consents service of one workspace."""

from dataclasses import replace
from datetime import UTC, datetime

from talkinghead.consent.gate import ConsentGate, digest_of, is_exempt
from talkinghead.consent.repository import ConsentRepository
from talkinghead.consent.values import (
    LARGEST_PROOF,
    LONGEST_NAME,
    Consent,
    ConsentStatus,
    Ground,
    Proof,
    Statement,
)
from talkinghead.consent.wording import NO_NAME
from talkinghead.core.asset_repository import WholePicture
from talkinghead.core.errors import InvalidInput, NotAllowed, NotFound
from talkinghead.core.store import Store
from talkinghead.jobs.records.quotas import Quotas
from talkinghead.teams.values import Actor

FIELD = "consent"
PROOF_SUFFIX = ".proof"
"""Of a stored proof, whatever it is: no picture or sound can have the same name."""
_MB = 1024 * 1024


class ConsentService:
    """Who is in the portraits of one workspace, and who allowed it.

    Consent is bound to the content of the whole picture: a crop or a rotated copy has that of the
    picture it comes from. The sample portraits need none.

    Args:
        workspace: its id.
        actor: who answers.
        consents: the consents repository.
        gate: refuses what needs a consent that is not there.
        store: where the files are.
        quotas: limits of the disk.
    """

    def __init__(
        self,
        workspace: str,
        actor: Actor,
        consents: ConsentRepository,
        gate: ConsentGate,
        store: Store,
        quotas: Quotas,
    ) -> None:
        self._workspace = workspace
        self._actor = actor
        self._consents = consents
        self._gate = gate
        self._store = store
        self._quotas = quotas

    def missing(self, endpoint_id: str, content: object) -> list[str]:
        """Return the pictures that may not be used for this until someone says who is in them: one
        of each portrait that is still here.

        Args:
            endpoint_id: what would be ordered; a free draft needs no consent.
            content: its inputs, or the part of them with the pictures, as JSON.
        """
        return [one for one in self._gate.missing(endpoint_id, content) if self._is_here(one)]

    def whole_of(self, picture: str) -> str:
        """Return the reference of the whole portrait that a picture was made from; itself where
        nothing is known of that."""
        found = self._consents.whole_pictures(self._workspace, [picture]).get(picture)
        return found.reference if found else picture

    def status(self, portrait: str) -> ConsentStatus:
        """Return where a portrait stands.

        Args:
            portrait: its reference, or that of a crop of it.

        Raises:
            NotFound: it is not in this workspace.
        """
        whole = self._whole(portrait)
        if is_exempt(whole):
            return ConsentStatus("sample")
        digest = digest_of(whole.reference)
        consent = self._consents.latest(self._workspace, [digest]).get(digest)
        if consent is None:
            return ConsentStatus("missing")
        mine = consent.given_by == self._actor.id
        return ConsentStatus("given" if consent.holds else "withdrawn", consent, mine)

    def answer(self, portrait: str) -> Statement | None:
        """Return what was typed so far for a portrait, or None.

        Raises:
            NotFound: it is not in this workspace.
        """
        return self._consents.answer(self._workspace, self._digest(portrait))

    def save_answer(self, portrait: str, statement: Statement) -> None:
        """Keep what was typed so far, complete or not.

        Raises:
            NotFound: the portrait is not in this workspace.
        """
        digest = self._digest(portrait)
        before = self._consents.answer(self._workspace, digest)
        cut = replace(statement, person=statement.person[:LONGEST_NAME])
        self._consents.put_answer(self._workspace, digest, cut)
        self._delete_unused(before)

    def attach(self, portrait: str, data: bytes, name: str) -> Proof:
        """Store a file that shows the permission; it is kept as it is and never opened here.

        Args:
            portrait: the reference of the picture.
            data: the file.
            name: as the person called it.

        Raises:
            InvalidInput: it is empty or too large, or there is no room for it.
            NotFound: the portrait is not in this workspace.
        """
        self._digest(portrait)
        if not data:
            raise InvalidInput("The file is empty. Choose another one.", field=FIELD)
        if len(data) > LARGEST_PROOF * _MB:
            raise InvalidInput(
                f"The file is larger than {LARGEST_PROOF} MB. Choose a smaller one.", field=FIELD
            )
        self._quotas.check_space(self._workspace, InvalidInput)
        reference = self._store.put(self._workspace, data, PROOF_SUFFIX)
        return Proof(reference, name.strip()[:LONGEST_NAME] or "file")

    def give(self, portrait: str, statement: Statement) -> Consent:
        """Put on record who is in a portrait, with its hash, the actor and the time.

        Raises:
            InvalidInput: a permission without the person who gave it, or from the future.
            NotAllowed: someone else gave a consent with this file, which would open it to this
                actor.
            NotFound: the portrait or the file is not in this workspace.
        """
        digest, now = self._digest(portrait), datetime.now(UTC)
        checked = _checked(statement, now)
        if checked.proof:
            self._check_proof(checked.proof.reference)
        before = self._consents.answer(self._workspace, digest)
        consent = Consent(digest, checked, self._actor.id, now)
        self._consents.add(self._workspace, consent)
        self._delete_unused(before)
        return consent

    def withdraw(self, portrait: str) -> None:
        """Withdraw the consent to a portrait: nothing new is rendered or exported of it. Renders in
        progress go on, and what is there stays until it is deleted.

        Raises:
            NotFound: it has none, or is not in this workspace.
        """
        if not self._consents.withdraw(self._workspace, self._digest(portrait), self._actor.id):
            raise NotFound("There is no consent to this portrait to withdraw.")

    def proof(self, portrait: str) -> tuple[str, bytes]:
        """Return the name and the content of the file that was given with a consent, to who gave
        it.

        Raises:
            NotAllowed: someone else gave it.
            NotFound: there is none, or the portrait is not in this workspace.
        """
        status = self.status(portrait)
        proof = status.consent.statement.proof if status.consent else None
        if proof is None:
            raise NotFound("There is no file with this consent.")
        if not status.mine:
            raise NotAllowed("Only the person who attached this file can download it.")
        return proof.name, self._store.read(self._workspace, proof.reference)

    def _check_proof(self, reference: str) -> None:
        if not self._store.exists(self._workspace, reference):
            raise NotFound("The consent file is no longer available. Attach it again.")
        if self._consents.givers(self._workspace, reference) - {self._actor.id}:
            raise NotAllowed(
                "This file belongs to a consent that someone else gave. Attach another file, or "
                "answer without one."
            )

    def _is_here(self, picture: str) -> bool:
        try:
            self._whole(picture)
        except NotFound:
            return False
        return True

    def _delete_unused(self, before: Statement | None) -> None:
        """Delete the file of an answer that was changed, unless something else refers to it."""
        proof = before.proof if before else None
        if proof and not self._consents.uses(self._workspace, proof.reference):
            self._store.delete(self._workspace, proof.reference)

    def _digest(self, portrait: str) -> str:
        return digest_of(self._whole(portrait).reference)

    def _whole(self, portrait: str) -> WholePicture:
        """Return the whole picture of a portrait.

        Raises:
            NotFound: it is not in this workspace.
        """
        found = self._consents.whole_pictures(self._workspace, [portrait]).get(portrait)
        if found is not None:
            return found
        if not self._store.exists(self._workspace, portrait):
            raise NotFound("This portrait is no longer available. Choose it again.")
        return WholePicture(portrait)


def _checked(statement: Statement, now: datetime) -> Statement:
    """Return a statement with nothing in it that does not belong to its ground.

    Raises:
        InvalidInput: something is missing or cannot be.
    """
    if statement.ground is not Ground.PERMISSION:
        return Statement(statement.ground)
    person = " ".join(statement.person.split())[:LONGEST_NAME]
    if not person:
        raise InvalidInput(NO_NAME, field=FIELD)
    # A day may have begun elsewhere already.
    if statement.agreed_on and (statement.agreed_on - now.date()).days > 1:
        raise InvalidInput("The day of the permission is in the future. Change it.", field=FIELD)
    return replace(statement, person=person)
