"""The portraits of a workspace that a person can choose again.

Those that are there at this time are all listed, the newest first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the library, and list the portraits of the files."""
    op.create_table(
        "portrait_library",
        sa.Column("workspace", sa.String(64), sa.ForeignKey("workspaces.id"), primary_key=True),
        sa.Column("reference", sa.String(80), primary_key=True),
        sa.Column("thumbnail", sa.LargeBinary),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
    )
    op.create_index("portrait_library_by_time", "portrait_library", ["workspace", "used_at"])
    op.create_index("portrait_library_removed", "portrait_library", ["removed_at"])
    op.execute(
        "INSERT INTO portrait_library (workspace, reference, used_at) "
        "SELECT workspace, reference, put_at FROM assets WHERE kind = 'portrait'"
    )
