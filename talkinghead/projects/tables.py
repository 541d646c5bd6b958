"""Table of projects."""

from sqlalchemy import JSON, Column, ForeignKey, Index, String, Table, text

from talkinghead.core.column_types import Moment, metadata
from talkinghead.core.tables import workspaces

TO_INDEX = text("indexed_at IS NULL OR indexed_at <> updated_at")
"""The condition for projects that changed since their files were put into the reference index."""

projects = Table(
    "compositions",
    metadata,
    # An id may be made elsewhere, so it is one only together with its workspace.
    Column("workspace", ForeignKey(workspaces.c.id), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("content", JSON, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("indexed_at", Moment),  # the `updated_at` of the row in the reference index
    Index(
        "compositions_to_index",
        "workspace",
        "id",
        sqlite_where=TO_INDEX,
        postgresql_where=TO_INDEX,
    ),
)
