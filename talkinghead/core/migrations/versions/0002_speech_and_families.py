"""Jobs that belong together, parts of videos, and the tables of speech, captions, comparisons."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
EXACT = sa.String(64)  # decimal text


def upgrade() -> None:
    """Add the columns and the tables."""
    for column in (
        sa.Column("parent", sa.String(32)),
        sa.Column("place", sa.Integer),
        sa.Column("fingerprint", sa.String(64)),
        sa.Column("comparison", sa.String(32)),
    ):
        op.add_column("jobs", column)
    op.add_column(
        "videos", sa.Column("part", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.add_column("videos", sa.Column("made_from", sa.String(32)))
    op.create_index("jobs_of_parent", "jobs", ["parent", "place"])
    op.create_index("jobs_by_fingerprint", "jobs", ["workspace", "fingerprint"])
    _create_speech()
    _create_captions_and_comparisons()


def _create_speech() -> None:
    op.create_table(
        "speeches",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("workspace", sa.String(64), sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("script", sa.Text, nullable=False),
        sa.Column("voice", sa.JSON, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("seconds", EXACT, nullable=False),
        sa.Column("sentences", sa.JSON, nullable=False),
        sa.Column("words", sa.JSON, nullable=False),
        sa.Column("dollars", EXACT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_index("speeches_of_workspace", "speeches", ["workspace", "created_at"])
    op.create_index("speeches_by_fingerprint", "speeches", ["workspace", "fingerprint"])
    op.create_table(
        "spoken",
        sa.Column("workspace", sa.String(64), sa.ForeignKey("workspaces.id"), primary_key=True),
        sa.Column("fingerprint", sa.String(64), primary_key=True),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("seconds", EXACT, nullable=False),
        sa.Column("words", sa.JSON, nullable=False),
        sa.Column("job_id", sa.String(32)),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "pronunciations",
        sa.Column("workspace", sa.String(64), sa.ForeignKey("workspaces.id"), primary_key=True),
        sa.Column("written", sa.String(80), primary_key=True),
        sa.Column("said", sa.Text, nullable=False),
    )


def _create_captions_and_comparisons() -> None:
    op.create_table(
        "captions",
        sa.Column("video_id", sa.String(32), primary_key=True),
        sa.Column("workspace", sa.String(64), sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("words", sa.JSON, nullable=False),
        sa.Column("edits", sa.JSON, nullable=False),
        sa.Column("face_path", sa.JSON),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
    op.create_table(
        "comparisons",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("workspace", sa.String(64), sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("blind", sa.Boolean, nullable=False),
        sa.Column("chosen", sa.String(32)),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("chosen_at", MOMENT),
    )
    op.create_index("comparisons_of_workspace", "comparisons", ["workspace", "created_at"])
