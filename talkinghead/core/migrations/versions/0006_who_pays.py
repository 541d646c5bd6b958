"""Which key paid for a job, whom it counts for, and when an order was sent again."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns and the tables; all of it is unknown for earlier orders."""
    op.add_column("jobs", sa.Column("account", sa.String(32)))
    op.add_column("jobs", sa.Column("counted_for", sa.String(64)))
    op.add_column("jobs", sa.Column("unusable_units", sa.String(40)))
    op.create_index("jobs_of_account", "jobs", ["account", "state"])
    op.create_index("jobs_counted_for", "jobs", ["counted_for", "created_at"])
    op.create_table(
        "resends",
        sa.Column(
            "job_id", sa.String(32), sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("counted_for", sa.String(64)),
    )
    op.create_index("resends_by_time", "resends", ["at"])
    op.create_table(
        "installation",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.String(128), nullable=False),
    )
