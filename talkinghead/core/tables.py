"""Tables of the installation, of workspaces and of their files."""

from sqlalchemy import JSON, Column, ForeignKey, Index, String, Table, Text

from talkinghead.core.column_types import Moment, metadata

NO_WORKSPACE = "erased"
"""The id of the row that stands for no workspace, which no token opens: what is left of erased
orders refers to it. A job's workspace may not be empty, also in the version before, which may still
run."""

workspaces = Table(
    "workspaces",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("token_hash", String(64), unique=True),
    Column("created_at", Moment, nullable=False),
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
    Index("assets_by_name", "workspace", "kind", "name"),
)
