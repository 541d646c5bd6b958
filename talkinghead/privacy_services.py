"""Builds the services of a workspace that say who is in its videos and where they come from."""

from functools import cached_property

from talkinghead.consent.gate import ConsentGate
from talkinghead.consent.service import ConsentService
from talkinghead.content_credentials.service import ContentCredentialsService
from talkinghead.receipts.service import ReceiptService
from talkinghead.retention.service import RetentionService
from talkinghead.teams.values import Actor
from talkinghead.wiring import StudioParts


class PrivacyServices:
    """Consent, content credentials, receipts, and what is forgotten of one workspace.

    Args:
        workspace: its id.
        actor: who acts in it.
        parts: what it shares with the others.
    """

    def __init__(self, workspace: str, actor: Actor, parts: StudioParts) -> None:
        self._workspace = workspace
        self._actor = actor
        self._parts = parts
        self.gate = ConsentGate(workspace, parts.consents)

    @cached_property
    def consent(self) -> ConsentService:
        of = self._parts
        return ConsentService(
            self._workspace, self._actor, of.consents, self.gate, of.store, of.engine.quotas
        )

    @cached_property
    def content_credentials(self) -> ContentCredentialsService:
        of = self._parts
        return ContentCredentialsService(
            self._workspace, self._actor.client, of.videos, of.store, of.credentials
        )

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
            self.content_credentials.facts,
        )

    @cached_property
    def retention(self) -> RetentionService:
        of = self._parts
        return RetentionService(
            self._workspace, self._actor.id, of.erasure, of.faces, of.store, of.engine
        )
