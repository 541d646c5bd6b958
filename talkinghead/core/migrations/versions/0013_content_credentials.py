"""The key that signs content credentials, and what each version was signed with.

Versions from before were not signed, and have no row.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two tables."""
    op.create_table(
        "signing_keys",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("certificate", sa.Text, nullable=False),
        sa.Column("encrypted_key", sa.LargeBinary, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "signed_videos",
        sa.Column("video_id", sa.String(32), primary_key=True),
        sa.Column("workspace", sa.String(64), sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
    )
