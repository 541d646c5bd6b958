"""Money in the journal: what was spent, what is reserved, and which requests were paid.

Each order that may have been paid counts with the provider's bill if there is one, else with its
estimate. An order that ended without a charge counts nothing.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from statistics import median

from sqlalchemy import Connection

from talkinghead.core.database import Database
from talkinghead.core.money import Spent
from talkinghead.fal.privacy.output_repository import KeptOutput, OutputRepository
from talkinghead.jobs.job import LedgerEntry
from talkinghead.jobs.records.order_repository import (
    Cost,
    OrderRepository,
    Person,
    costs_since,
)

MEASURED = 50  # past renders of a model that its usual time is taken from


class LedgerRepository:
    """The costs of paid renders in all workspaces."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._orders = OrderRepository(database)
        self._outputs = OutputRepository(database)

    def spent(self, person: Person, *, by_everybody: bool = True) -> Spent:
        """Return the spending that counts against the caps now; arguments as `spent_so_far`."""
        with self._database.reading() as connection:
            return spent_so_far(connection, person, by_everybody=by_everybody)

    def entries(
        self,
        workspace: str,
        limit: int | None = None,
        *,
        since: datetime | None = None,
        before: datetime | None = None,
    ) -> list[LedgerEntry]:
        """As `OrderRepository.ledger`."""
        return self._orders.ledger(workspace, limit, since=since, before=before)

    def kept_at_provider(self, job_ids: Collection[str]) -> dict[str, KeptOutput]:
        """Return what fal keeps of these jobs, by their ids, as far as it is known."""
        return self._outputs.of_jobs(job_ids)

    def is_known(self, request_id: str) -> bool:
        """Whether a request of the provider's is on record as some job's."""
        return self._orders.is_known(request_id)

    def has_open_orders(self, account: str) -> bool:
        """Whether an order that was placed with the key of this fingerprint has not ended."""
        return self._orders.has_open(account)

    def usual_seconds(self, endpoint_id: str) -> float | None:
        """The median time from the click to the video of this model's latest renders, or None."""
        times = [
            (one.ended_at - begun).total_seconds()
            for one in self._orders.latest_times(endpoint_id, MEASURED)
            if one.ended_at and (begun := one.submitted_at or one.started_at)
        ]
        return median(times) if times else None


def spent_so_far(connection: Connection, person: Person, *, by_everybody: bool = True) -> Spent:
    """Return the spending that counts against the caps, read on this connection.

    Args:
        connection: of the transaction that it is read in.
        person: whom orders count for.
        by_everybody: read what everybody spent too; else that is zero.
    """
    now = datetime.now(UTC)
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    mine = costs_since(connection, today, person=person)
    if not by_everybody:
        return Spent(_total(mine))
    app_day = costs_since(connection, today, payer="operator")
    app_month = costs_since(connection, today.replace(day=1), payer="operator")
    return Spent(_total(mine), app_month=_total(app_month), app_day=_total(app_day))


def _total(costs: Iterable[Cost]) -> Decimal:
    # Summed here: decimals are text in the database, and SQLite would add them as floats.
    return sum((cost.dollars for cost in costs), Decimal(0))
