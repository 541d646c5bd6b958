"""When a speech was removed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the time of removal."""
    op.add_column("speeches", sa.Column("deleted_at", sa.DateTime(timezone=True)))
