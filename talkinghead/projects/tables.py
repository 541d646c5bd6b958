"""Tables of projects."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    text,
    true,
)

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
    Column("name", Text),  # as a person called it; None: it is called by its first words
    # Whether it is a project of its own, and no copy that keeps the inputs of a job.
    Column("listed", Boolean, nullable=False, default=True, server_default=true()),
    Column("deleted_at", Moment),  # it can be restored until it is purged
    Index(
        "compositions_to_index",
        "workspace",
        "id",
        sqlite_where=TO_INDEX,
        postgresql_where=TO_INDEX,
    ),
    Index(
        "compositions_deleted",
        "deleted_at",
        sqlite_where=text("deleted_at IS NOT NULL"),
        postgresql_where=text("deleted_at IS NOT NULL"),
    ),
)

project_jobs = Table(
    "project_jobs",
    metadata,
    # What was ordered for a project, also after its contents name it no more.
    Column("workspace", ForeignKey(workspaces.c.id), primary_key=True),
    Column("job_id", String(32), primary_key=True),
    Column("project", String(64), nullable=False),
)
