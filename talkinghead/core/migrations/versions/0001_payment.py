"""Who pays for a job, what was sent, and that no two jobs share one request."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = "0000"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what a paid job keeps, and which files were uploaded."""
    moment = sa.DateTime(timezone=True)
    for column in (
        sa.Column("payer", sa.String(16)),
        sa.Column("waiting_for", sa.String(8)),
        sa.Column("unit_price", sa.String(64)),
        sa.Column("submitted_at", moment),
        sa.Column("sent", sa.JSON),
        sa.Column("orders", sa.Integer, nullable=False, server_default="0"),
    ):
        op.add_column("jobs", column)
    op.execute("UPDATE jobs SET payer = 'operator' WHERE endpoint_id <> 'draft'")
    op.create_index("jobs_by_request", "jobs", ["request_id"], unique=True)
    op.create_table(
        "uploads",
        sa.Column("account", sa.String(64), primary_key=True),
        sa.Column("content", sa.String(128), primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
    )
