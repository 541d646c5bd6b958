"""Keys and money of one workspace: whose key pays, what was paid, what is left."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from pydantic import SecretStr

from talkinghead.billing.checkout import Billing, Checkout
from talkinghead.billing.credentials import KeyCheck, KeyStatus
from talkinghead.billing.history import NO_PROJECT, UNKNOWN_PERSON, History, HistoryRow
from talkinghead.billing.permit import Permit
from talkinghead.billing.values import Line, Quote
from talkinghead.consent.gate import ConsentGate
from talkinghead.core.database import DatabaseError
from talkinghead.core.money import Spent
from talkinghead.fal.privacy.output_repository import KeptOutput
from talkinghead.jobs.job import LedgerEntry
from talkinghead.jobs.kinds import kind_of
from talkinghead.teams.values import Actor

Projects = Callable[[], Mapping[str, tuple[str, str]]]


class BillingService:
    """Keys and money of one workspace.

    Args:
        workspace: its id.
        actor: who asks; a key belongs to their browser tab.
        billing: keys, caps and prices of the studio.
        checkout: quotes and permits.
        consents: knows which portraits may be used.
        projects: returns the id and title of the project of each job, by the job's id.
    """

    def __init__(
        self,
        workspace: str,
        actor: Actor,
        billing: Billing,
        checkout: Checkout,
        consents: ConsentGate,
        projects: Projects,
    ) -> None:
        self._workspace = workspace
        self._actor = actor
        self._session = actor.visit.session
        self._projects = projects
        self._credentials = billing.credentials
        self._checkout = checkout
        self._consents = consents
        self._ledger = billing.ledger
        self._provider_accounts = billing.provider_accounts

    def key_status(self) -> KeyStatus:
        """Return whose key would pay for a render, without the key itself."""
        return self._credentials.status(self._session)

    def enter_key(self, key: str) -> None:
        """Hold the visitor's own key in memory, for their browser tab alone, until they remove it,
        the app restarts, or half an hour has passed since the tab was closed and what it ordered
        has ended. Jobs that wait for it continue within a second.

        Raises:
            InvalidInput: it cannot be a key.
        """
        self._credentials.use(self._session, self._workspace, key)

    def remove_key(self) -> None:
        """Forget the visitor's own key; what it ordered waits until it is entered again."""
        self._credentials.forget(self._session)

    def check_key(self, key: str | None = None) -> KeyCheck:
        """Ask fal whether a key is good, without spending.

        Args:
            key: the one to check; None for the one that would pay.
        """
        given = SecretStr(key.strip()) if key and key.strip() else None
        asked = given or self._credentials.key(self._session)
        if asked is None:
            return KeyCheck(False, "Enter a key first, then check it.")
        return self._provider_accounts.check(asked)

    def quote(self, lines: Sequence[Line], spent: Spent | None = None) -> Quote:
        """As `Checkout.quote`."""
        return self._checkout.quote(lines, spent)

    def spent(self) -> Spent:
        """Return the spending that counts against the caps now, for several quotes in a row."""
        return self._checkout.spent()

    def authorise(
        self,
        quote: Quote,
        agreed: Decimal | None = None,
        *,
        ceiling: Decimal | None = None,
    ) -> Permit:
        """As `Checkout.authorise`."""
        return self._checkout.authorise(quote, agreed, ceiling=ceiling)

    def balance(self) -> Decimal | None:
        """Dollars left at fal, where the key that pays may see them, and is the visitor's own: the
        operator's balance is not shown to those who come."""
        if not self._checkout.sees_balance:
            return None
        key = self._credentials.key(self._session)
        return None if key is None else self._provider_accounts.balance(key)

    def ledger(self, limit: int = 200) -> list[LedgerEntry]:
        """Return all paid requests of this workspace, newest first, unconfirmed ones included."""
        return self._ledger.entries(self._workspace, limit)

    def history(self, since: datetime | None = None, before: datetime | None = None) -> History:
        """Return all paid requests of a time, newest first, each with its person and project.

        Args:
            since, before: ordered from one moment on, and before another; None is without end.
        """
        entries = self._ledger.entries(self._workspace, since=since, before=before)
        projects = self._projects() if entries else {}
        kept = self._ledger.kept_at_provider([entry.job_id for entry in entries])
        rows = (_row(entry, projects, self._actor, kept.get(entry.job_id)) for entry in entries)
        return History(tuple(rows))

    def usual_seconds(self, endpoint_id: str) -> float | None:
        """Return the usual seconds of a render of this model, or None before the first."""
        return self._ledger.usual_seconds(endpoint_id)

    def prefetch(self, endpoint_id: str, *references: str | None) -> None:
        """Begin to upload a portrait or a recording as this model will need it, where there is a
        key; a render that follows finds it there. A portrait without consent stays here. Never
        raises.

        Args:
            endpoint_id: a paid model.
            references: of files in this workspace; None is passed over.
        """
        key = self._credentials.key(self._session)
        if kind_of(endpoint_id).paid and key is not None:
            given = [reference for reference in references if reference]
            chosen = [one for one in given if self._may_leave(endpoint_id, one)]
            self._provider_accounts.prefetch(key, self._workspace, chosen, endpoint_id)

    def _may_leave(self, endpoint_id: str, reference: str) -> bool:
        """Whether a file may be uploaded before anything is ordered."""
        try:
            return not self._consents.missing(endpoint_id, reference)
        except DatabaseError:  # then the order uploads it
            return False


def _row(
    entry: LedgerEntry,
    projects: Mapping[str, tuple[str, str]],
    actor: Actor,
    kept: KeptOutput | None,
) -> HistoryRow:
    ordered_for = projects.get(entry.job_id) or projects.get(entry.parent or "")
    project_id, project = ordered_for or ("", NO_PROJECT)
    person = entry.ordered_by or ""
    mine = bool(person) and person == actor.id
    return HistoryRow(
        entry,
        person_id=person,
        person=actor.display_name if mine else person or UNKNOWN_PERSON,
        project_id=project_id,
        project=project,
        kept=kept,
    )
