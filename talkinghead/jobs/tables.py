"""The journal: `jobs` holds the state of each job, `events` its append-only history;
`resends` are the orders that a person let be sent again, and `executors` the processes that run
them."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    false,
    text,
)

from talkinghead.core.column_types import Exact, Moment, metadata
from talkinghead.core.tables import workspaces

TO_INDEX = text("NOT indexed")
"""The condition for jobs whose arguments are not in the reference index yet."""
UNSEEN = text("NOT seen")
"""The condition for jobs whose end nobody has seen."""

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("workspace", ForeignKey(workspaces.c.id), nullable=False),
    Column("endpoint_id", Text, nullable=False),
    Column("arguments", JSON, nullable=False),
    Column("title", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("speech_seconds", Exact, nullable=False),
    Column("estimate", Exact, nullable=False),
    Column("billed", Exact),
    Column("request_id", Text),
    Column("fraction", Float),
    Column("seconds_left", Float),
    Column("queue_position", Integer),
    Column("cancel_requested", Boolean, nullable=False, default=False),
    Column("problem", Text),
    Column("problem_field", Text),
    Column("charged", Boolean),
    Column("video_id", String(32)),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("ended_at", Moment),
    Column("ordered_by", String(64)),  # the actor's id; None of those from before it was kept
    Column("payer", String(16)),  # where the key came from that ordered it
    Column("account", String(32)),  # that key's fingerprint; None of those from before it was kept
    Column("counted_for", String(64)),  # whom it counts for, where that is not the workspace
    Column("waiting_for", String(8)),  # "key": nothing runs for it until there is one
    Column("unit_price", Exact),
    Column("submitted_at", Moment),  # the latest intent to pay
    # A job may be one of several that together make another's video or speech:
    Column("parent", String(32)),
    Column("place", Integer),  # its number among them, from 0
    Column("fingerprint", String(64)),  # what would come out the same again
    Column("comparison", String(32)),  # ordered together with others, to choose from
    # What only the engine knows:
    Column(
        "run", Integer, nullable=False, default=0
    ),  # which workflow may write; older ones lost it
    Column("enqueued", Boolean, nullable=False, default=False),  # that workflow is in the queue
    Column(
        "send_allowed", Boolean, nullable=False, default=False
    ),  # a person said: send again, once
    Column("dismissed", Boolean, nullable=False, default=False),  # a person took it off the list
    # Whether a person has seen how it ended.
    Column("seen", Boolean, nullable=False, default=False, server_default=false()),
    Column("last_event", Integer, nullable=False, default=0),
    Column("sent", JSON(none_as_null=True)),  # the arguments as they left, to find the order by
    # How many orders may have been paid: a person may send an unconfirmed one again.
    Column("orders", Integer, nullable=False, default=0, server_default="0"),
    Column("unusable_units", String(40)),  # what the provider billed, where that is no amount
    # Whether what an ended job refers to is in the reference index.
    Column("indexed", Boolean, nullable=False, default=False, server_default=false()),
    # One request makes one video: two jobs cannot both adopt it.
    Index("jobs_by_request", "request_id", unique=True),
    Index("jobs_of_workspace", "workspace", "created_at"),
    Index("jobs_in_state", "state", "created_at"),
    Index("jobs_of_parent", "parent", "place"),
    Index("jobs_by_fingerprint", "workspace", "fingerprint"),
    Index("jobs_of_account", "account", "state"),
    Index("jobs_counted_for", "counted_for", "created_at"),
    Index("jobs_unseen", "workspace", "state", sqlite_where=UNSEEN, postgresql_where=UNSEEN),
    Index("jobs_to_index", "state", "id", sqlite_where=TO_INDEX, postgresql_where=TO_INDEX),
)

resends = Table(
    "resends",
    metadata,
    Column("job_id", ForeignKey(jobs.c.id, ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("counted_for", String(64)),
    Column("estimate", Exact),  # dollars it was said to cost; None: the job's estimate
    # What the job had before; None of those from before it was kept, when nothing changed:
    Column("estimate_before", Exact),
    Column("unit_price_before", Exact),
    Index("resends_by_time", "at"),
)

events = Table(
    "events",
    metadata,
    Column("job_id", ForeignKey(jobs.c.id, ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("text", Text, nullable=False),
)

executors = Table(
    "executors",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("seen_at", Moment, nullable=False),
)
