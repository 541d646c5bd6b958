"""The only constructor of new jobs: with an id, waiting."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.paying_keys import PayerSource


def new_job(
    workspace: str,
    endpoint_id: str,
    arguments: Mapping[str, Any],
    *,
    ordered_by: str | None,
    title: str,
    seconds: Decimal,
    estimate: Decimal = Decimal(0),
    **others: Any,
) -> Job:
    """Return a new job that is not stored yet.

    Args:
        workspace: whose it is.
        endpoint_id, arguments: what is ordered.
        ordered_by: the id of the actor who orders it.
        title: a few words to recognise it by.
        seconds: how long the speech is, or its guess.
        estimate: dollars it is said to cost; 0 for what is made here.
        others: any other value of a `Job`, such as its payer or its fingerprint.
    """
    now = datetime.now(UTC)
    return Job(
        id=uuid4().hex,
        workspace=workspace,
        endpoint_id=endpoint_id,
        arguments=dict(arguments),
        title=title,
        state=JobState.WAITING,
        speech_seconds=seconds,
        estimate=estimate,
        created_at=now,
        updated_at=now,
        ordered_by=ordered_by,
        waiting_for="turn",
        **others,
    )


def child_of(
    parent: Job,
    place: int,
    endpoint_id: str,
    arguments: Mapping[str, Any],
    *,
    title: str,
    fingerprint: str,
    seconds: Decimal,
    estimate: Decimal,
    payer: PayerSource | None,
    unit_price: Decimal | None = None,
) -> Job:
    """Return a new child of another job.

    Args:
        parent: the job that it is a part of.
        place: its number among the parts, from 0.
        endpoint_id, arguments: what is ordered.
        title: for the ledger.
        fingerprint: what would come out the same again; at most 64 characters.
        seconds: of speech in it.
        estimate: its dollars.
        payer: where the key comes from that pays.
        unit_price: dollars for one of the provider's units, where that is known.
    """
    return new_job(
        parent.workspace,
        endpoint_id,
        arguments,
        ordered_by=parent.ordered_by,
        title=title,
        seconds=seconds,
        estimate=estimate,
        payer=payer,
        unit_price=unit_price,
        parent=parent.id,
        place=place,
        fingerprint=fingerprint,
        comparison=parent.comparison,
    )
