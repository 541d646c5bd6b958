"""What versions were signed with, and the key that signs; who is in a portrait: consents, and
answers that are not given yet; how long fal keeps outputs, and which uploads are to be closed.

Versions from before were not signed, and have no row. Portraits that are there already have no
consent: they are asked about at their next paid render or export. Of orders from before it is not
known how long fal keeps them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
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
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("workspace", sa.String(64), sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("portrait", sa.String(64), nullable=False),
        sa.Column("ground", sa.String(16), nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("agreed_on", sa.Date),
        sa.Column("proof", sa.String(80)),
        sa.Column("proof_name", sa.Text),
        sa.Column("given_by", sa.String(64), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.String(64)),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
    )
    op.create_index("consents_of_portrait", "consents", ["workspace", "portrait"])
    op.create_table(
        "consent_answers",
        sa.Column("workspace", sa.String(64), sa.ForeignKey("workspaces.id"), primary_key=True),
        sa.Column("portrait", sa.String(64), primary_key=True),
        sa.Column("ground", sa.String(16), nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("agreed_on", sa.Date),
        sa.Column("proof", sa.String(80)),
        sa.Column("proof_name", sa.Text),
    )
    op.create_table(
        "upload_closings",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "provider_outputs",
        sa.Column("job_id", sa.String(32), primary_key=True),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
    )
    op.create_index("provider_outputs_left", "provider_outputs", ["deleted_at", "expires_at"])
