"""One form for every database: the first version made three, and two of them were never mended.

In the oldest one a composition's id was the key by itself, so that two workspaces could not have
the same. In both of them the gallery's index lacks the time of deletion.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COMPOSITIONS = sa.Table(
    "compositions",
    sa.MetaData(),
    sa.Column("workspace", sa.String(64), sa.ForeignKey("workspaces.id"), primary_key=True),
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
)


def upgrade() -> None:
    """Mend what differs; where nothing does, change nothing."""
    found = sa.inspect(op.get_bind())
    if found.get_pk_constraint("compositions")["constrained_columns"] == ["id"]:
        _make_the_workspace_part_of_the_key()
    [gallery] = [
        index for index in found.get_indexes("videos") if index["name"] == "videos_of_workspace"
    ]
    if "deleted_at" not in gallery["column_names"]:
        op.drop_index("videos_of_workspace", "videos")
        op.create_index(
            "videos_of_workspace", "videos", ["workspace", "deleted_at", "created_at", "id"]
        )


def _make_the_workspace_part_of_the_key() -> None:
    if op.get_bind().dialect.name == "sqlite":  # it cannot change a key, so the rows move
        with op.batch_alter_table("compositions", recreate="always", copy_from=COMPOSITIONS):
            return
    op.drop_index("compositions_of_workspace", "compositions")
    op.drop_constraint("compositions_pkey", "compositions")
    op.alter_column("compositions", "id", type_=sa.String(64))
    op.create_primary_key("compositions_pkey", "compositions", ["workspace", "id"])
