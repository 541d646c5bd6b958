"""What the first version kept: workspaces, jobs with their events, videos, files, projects."""

import sqlalchemy as sa
from alembic import op

revision = "0000"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
EXACT = sa.String(64)  # decimal text


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "schema_version",
        sa.Column("only", sa.Integer, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.execute("INSERT INTO schema_version VALUES (1, 0)")
    op.create_table(
        "workspaces",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("token_hash", sa.String(64), unique=True),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    _create_jobs()
    _create_videos()
    _create_files_and_projects()
    op.create_table(
        "executors",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("seen_at", MOMENT, nullable=False),
    )


def _create_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("workspace", sa.String(64), sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("endpoint_id", sa.Text, nullable=False),
        sa.Column("arguments", sa.JSON, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("speech_seconds", EXACT, nullable=False),
        sa.Column("estimate", EXACT, nullable=False),
        sa.Column("billed", EXACT),
        sa.Column("request_id", sa.Text),
        sa.Column("fraction", sa.Float),
        sa.Column("seconds_left", sa.Float),
        sa.Column("queue_position", sa.Integer),
        sa.Column("cancel_requested", sa.Boolean, nullable=False),
        sa.Column("problem", sa.Text),
        sa.Column("problem_field", sa.Text),
        sa.Column("charged", sa.Boolean),
        sa.Column("video_id", sa.String(32)),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("enqueued", sa.Boolean, nullable=False),
        sa.Column("send_allowed", sa.Boolean, nullable=False),
        sa.Column("dismissed", sa.Boolean, nullable=False),
        sa.Column("last_event", sa.Integer, nullable=False),
    )
    op.create_index("jobs_of_workspace", "jobs", ["workspace", "created_at"])
    op.create_index("jobs_in_state", "jobs", ["state", "created_at"])
    op.create_table(
        "events",
        sa.Column(
            "job_id", sa.String(32), sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )


def _create_videos() -> None:
    op.create_table(
        "videos",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("workspace", sa.String(64), sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("job_id", sa.String(32), nullable=False),
        sa.Column("endpoint_id", sa.Text, nullable=False),
        sa.Column("arguments", sa.JSON, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("thumbnail", sa.Text, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("fps", sa.Float, nullable=False),
        sa.Column("dollars", EXACT, nullable=False),
        sa.Column("seed", sa.Text),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("deleted_at", MOMENT),
        sa.Column("search_text", sa.Text, nullable=False),
    )
    op.create_index("videos_of_workspace", "videos", ["workspace", "created_at", "id"])
    op.create_index("videos_deleted", "videos", ["deleted_at"])


def _create_files_and_projects() -> None:
    op.create_table(
        "assets",
        sa.Column("workspace", sa.String(64), sa.ForeignKey("workspaces.id"), primary_key=True),
        sa.Column("reference", sa.String(80), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("put_at", MOMENT, nullable=False),
    )
    op.create_index("assets_by_name", "assets", ["workspace", "kind", "name"])
    op.create_table(
        "compositions",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("workspace", sa.String(64), sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
    op.create_index("compositions_of_workspace", "compositions", ["workspace"])
