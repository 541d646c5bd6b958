"""Whose gallery a workspace is, for turns and limits; and which files were looked at since they
were stored.

Galleries of before get their client when they are opened next. Files of before are all looked at
once: what no project, video, job or speech refers to is deleted.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the client, and the mark with an index to find the unmarked."""
    op.add_column("workspaces", sa.Column("client", sa.String(64)))
    op.create_index("workspaces_of_client", "workspaces", ["client"])
    op.add_column(
        "assets", sa.Column("swept", sa.Boolean, nullable=False, server_default=sa.false())
    )
    where = sa.text("NOT swept")
    op.create_index(
        "assets_to_sweep", "assets", ["put_at"], sqlite_where=where, postgresql_where=where
    )
