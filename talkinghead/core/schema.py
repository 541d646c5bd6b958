"""The journal's tables, the same on SQLite and PostgreSQL.

`jobs` holds where each job stands, beside it `events`, which is only ever added to. Money is kept
as decimal text and time as aware UTC; both refuse anything else.
"""

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    false,
)


class Moment(TypeDecorator[datetime]):
    """Aware UTC time; a naive one is refused, because nobody knows which hour it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time cannot be stored: {value!r}")
        moment = value.astimezone(UTC)
        # SQLite keeps text without an offset; equal widths make it sort as time does.
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A decimal number as text, digit for digit: SQLite has no exact number of its own."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite():
            raise ValueError(f"money and seconds are finite Decimals, not {value!r}")
        return format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


metadata = MetaData()

workspaces = Table(
    "workspaces",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("token_hash", String(64), unique=True),
    Column("created_at", Moment, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("workspace", ForeignKey("workspaces.id"), nullable=False),
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
    Column("payer", String(16)),  # whose key ordered it; the same one fetches it
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
    Column("dismissed", Boolean, nullable=False, default=False),  # a person has seen how it ended
    Column("last_event", Integer, nullable=False, default=0),
    Column("sent", JSON(none_as_null=True)),  # the arguments as they left, to find the order by
    # How many orders may have been paid: a person may send an unconfirmed one again.
    Column("orders", Integer, nullable=False, default=0, server_default="0"),
    # One request makes one video: two jobs cannot both adopt it.
    Index("jobs_by_request", "request_id", unique=True),
    Index("jobs_of_workspace", "workspace", "created_at"),
    Index("jobs_in_state", "state", "created_at"),
    Index("jobs_of_parent", "parent", "place"),
    Index("jobs_by_fingerprint", "workspace", "fingerprint"),
)

events = Table(
    "events",
    metadata,
    Column("job_id", ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("text", Text, nullable=False),
)

videos = Table(
    "videos",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("workspace", ForeignKey("workspaces.id"), nullable=False),
    Column("job_id", String(32), nullable=False),
    Column("endpoint_id", Text, nullable=False),
    Column("arguments", JSON, nullable=False),
    Column("title", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("thumbnail", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("fps", Float, nullable=False),
    Column("dollars", Exact, nullable=False),
    Column("seed", Text),  # as text: a provider's seed may be longer than 64 bits
    Column("created_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    Column("search_text", Text, nullable=False),  # title and script, case-folded
    # A part of a longer video, which no gallery shows.
    Column("part", Boolean, nullable=False, default=False, server_default=false()),
    Column("made_from", String(32)),  # the video that this one is another shape of, or captioned
    # Holds all that counting and paging need, so that neither reads the rows.
    Index("videos_of_workspace", "workspace", "deleted_at", "created_at", "id"),
    Index("videos_deleted", "deleted_at"),
)

assets = Table(
    "assets",
    metadata,
    Column("workspace", ForeignKey("workspaces.id"), primary_key=True),
    Column("reference", String(80), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("name", Text, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("put_at", Moment, nullable=False),  # the last time; a fresh one is never purged
    Index("assets_by_name", "workspace", "kind", "name"),
)

compositions = Table(
    "compositions",
    metadata,
    # An id may be made elsewhere, so it is one only together with its workspace.
    Column("workspace", ForeignKey("workspaces.id"), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("content", JSON, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

speeches = Table(
    "speeches",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("workspace", ForeignKey("workspaces.id"), nullable=False),
    Column(
        "fingerprint", String(64), nullable=False
    ),  # of the script, the voice, how names are said
    Column("script", Text, nullable=False),
    Column("voice", JSON, nullable=False),
    Column("language", String(8), nullable=False),
    Column("file", Text, nullable=False),
    Column("seconds", Exact, nullable=False),
    Column("sentences", JSON, nullable=False),  # text, start, end
    Column("words", JSON, nullable=False),  # text, start, end
    Column("dollars", Exact, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    Index("speeches_of_workspace", "workspace", "created_at"),
    Index("speeches_by_fingerprint", "workspace", "fingerprint"),
)

spoken = Table(
    "spoken",  # single sentences as a voice said them: none is bought twice
    metadata,
    Column("workspace", ForeignKey("workspaces.id"), primary_key=True),
    Column("fingerprint", String(64), primary_key=True),
    Column("file", Text, nullable=False),
    Column("seconds", Exact, nullable=False),
    Column("words", JSON, nullable=False),
    Column("job_id", String(32)),
    Column("created_at", Moment, nullable=False),
)

pronunciations = Table(
    "pronunciations",
    metadata,
    Column("workspace", ForeignKey("workspaces.id"), primary_key=True),
    Column("written", String(80), primary_key=True),
    Column("said", Text, nullable=False),
)

captions = Table(
    "captions",
    metadata,
    Column("video_id", String(32), primary_key=True),
    Column("workspace", ForeignKey("workspaces.id"), nullable=False),
    Column("source", String(16), nullable=False),  # how the times were found
    Column("words", JSON, nullable=False),
    Column("edits", JSON, nullable=False),  # what a person corrected
    Column("face_path", JSON(none_as_null=True)),  # where the face is, once it was looked for
    Column("updated_at", Moment, nullable=False),
)

comparisons = Table(
    "comparisons",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("workspace", ForeignKey("workspaces.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("blind", Boolean, nullable=False),
    Column("chosen", String(32)),  # the job whose video was kept as the best
    Column("created_at", Moment, nullable=False),
    Column("chosen_at", Moment),
    Index("comparisons_of_workspace", "workspace", "created_at"),
)

uploads = Table(
    "uploads",
    metadata,
    Column("account", String(64), primary_key=True),  # a hash that tells nothing of the key
    Column("content", String(128), primary_key=True),
    Column("url", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

executors = Table(
    "executors",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("seen_at", Moment, nullable=False),
)
