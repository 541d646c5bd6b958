"""Table of projects."""

from sqlalchemy import JSON, Column, ForeignKey, String, Table

from talkinghead.core.column_types import Moment, metadata
from talkinghead.core.tables import workspaces

projects = Table(
    "compositions",
    metadata,
    # An id may be made elsewhere, so it is one only together with its workspace.
    Column("workspace", ForeignKey(workspaces.c.id), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("content", JSON, nullable=False),
    Column("updated_at", Moment, nullable=False),
)
