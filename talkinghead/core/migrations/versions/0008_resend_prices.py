"""What each order that a person sent again was said to cost, and what its job had before."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the prices; those from before it count at their job's price."""
    for name in ("estimate", "estimate_before", "unit_price_before"):
        op.add_column("resends", sa.Column(name, sa.String(64)))
