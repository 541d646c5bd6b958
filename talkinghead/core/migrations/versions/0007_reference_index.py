"""What refers to which file, so that a deletion costs in proportion to what is deleted.

The purge fills the index in the background: the marks say which rows it has not read yet. A version
before this one may still write rows; they are unmarked as well.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index, the list of unused files, and marks with indexes to find the unmarked."""
    _add_tables()
    for table in ("videos", "jobs"):
        mark = sa.Column("indexed", sa.Boolean, nullable=False, server_default=sa.false())
        op.add_column(table, mark)
    op.add_column("compositions", sa.Column("indexed_at", sa.DateTime(timezone=True)))
    _add_partial_index("videos_to_index", "videos", ["id"], "NOT indexed")
    _add_partial_index("jobs_to_index", "jobs", ["state", "id"], "NOT indexed")
    changed = "indexed_at IS NULL OR indexed_at <> updated_at"
    _add_partial_index("compositions_to_index", "compositions", ["workspace", "id"], changed)
    op.create_index("videos_made_from", "videos", ["made_from"])
    op.create_index("speeches_deleted", "speeches", ["deleted_at"])
    op.create_index("speeches_by_file", "speeches", ["workspace", "file"])
    op.create_index("spoken_by_file", "spoken", ["workspace", "file"])


def _add_tables() -> None:
    op.create_table(
        "reference_index",
        sa.Column("workspace", sa.String(64), sa.ForeignKey("workspaces.id"), primary_key=True),
        sa.Column("reference", sa.String(128), primary_key=True),
        sa.Column("owner_kind", sa.String(8), primary_key=True),
        sa.Column("owner_id", sa.String(64), primary_key=True),
    )
    op.create_index(
        "references_of_owner", "reference_index", ["owner_kind", "owner_id", "workspace"]
    )
    op.create_table(
        "unused_files",
        sa.Column("workspace", sa.String(64), sa.ForeignKey("workspaces.id"), primary_key=True),
        sa.Column("reference", sa.Text, primary_key=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("unused_files_by_time", "unused_files", ["tried_at"])


def _add_partial_index(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
