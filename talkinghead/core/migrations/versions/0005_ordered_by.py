"""Who ordered a job."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the actor's id; unknown for earlier orders."""
    op.add_column("jobs", sa.Column("ordered_by", sa.String(64)))
