"""Tables of the installation, of workspaces and of their files."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, String, Table, Text, false, text

from talkinghead.core.column_types import Moment, metadata

NO_WORKSPACE = "erased"
"""The id of the row that stands for no workspace, which no token opens: what is left of erased
orders refers to it. A job's workspace may not be empty, also in the version before, which may still
run."""

TO_SWEEP = text("NOT swept")
"""The condition for files that were not looked at since they were stored."""

workspaces = Table(
    "workspaces",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("token_hash", String(64), unique=True),
    Column("created_at", Moment, nullable=False),
    # Whom its work and its files count for; None until it is opened.
    Column("client", String(64)),
    Index("workspaces_of_client", "client"),
)

installation = Table(
    "installation",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(128), nullable=False),  # made once, and the same for every process
)

assets = Table(
    "assets",
    metadata,
    Column("workspace", ForeignKey(workspaces.c.id), primary_key=True),
    Column("reference", String(80), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("name", Text, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("put_at", Moment, nullable=False),  # the last time; a fresh one is never purged
    # Whether it was looked at, a day after it was put, for what refers to it.
    Column("swept", Boolean, nullable=False, default=False, server_default=false()),
    Index("assets_by_name", "workspace", "kind", "name"),
    Index("assets_to_sweep", "put_at", sqlite_where=TO_SWEEP, postgresql_where=TO_SWEEP),
)
