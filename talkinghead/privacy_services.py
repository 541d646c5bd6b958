"""Builds the services of a workspace that are about the people in its portraits."""

from functools import cached_property

from talkinghead.consent.gate import ConsentGate
from talkinghead.consent.service import ConsentService
from talkinghead.receipts.service import ReceiptService
from talkinghead.retention.service import RetentionService
from talkinghead.teams.values import Actor
from talkinghead.wiring import StudioParts


class PrivacyServices:
    """Consent, receipts, and what is forgotten of one workspace.

    Args:
        workspace: its id.
        actor: who acts in it.
        parts: what it shares with the others.
    """

    def __init__(self, workspace: str, actor: Actor, parts: StudioParts) -> None:
        self._workspace = workspace
        self._actor = actor
        self._parts = parts

    @cached_property
    def consent(self) -> ConsentService:
        of = self._parts
        return ConsentService(
            self._workspace, self._actor, of.consents, self.gate, of.store, of.engine.quotas
        )

    @cached_property
    def gate(self) -> ConsentGate:
        return ConsentGate(self._workspace, self._parts.consents)

    @cached_property
    def receipts(self) -> ReceiptService:
        of = self._parts
        return ReceiptService(
            self._workspace,
            of.videos,
            of.journal,
            self.consent,
            of.speeches,
            of.comparisons,
            of.catalogue,
        )

    @cached_property
    def retention(self) -> RetentionService:
        of = self._parts
        return RetentionService(
            self._workspace, self._actor.id, of.erasure, of.faces, of.store, of.engine
        )
