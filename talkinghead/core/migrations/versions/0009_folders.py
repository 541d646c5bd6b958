"""Favorites and folders of the gallery."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both to every video; none is a favorite or in a folder yet."""
    favorite = sa.Column("favorite", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("videos", favorite)
    op.add_column("videos", sa.Column("folder", sa.Text))
