"""Which ended jobs a person has seen; names and deletion of projects, and which jobs are theirs.

Everything that ended before counts as seen. Copies that keep the inputs of a job are no projects
that anybody lists.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ENDED = "('done', 'failed', 'cancelled')"


def upgrade() -> None:
    """Add the marks, and the jobs of each project as far as its contents name them."""
    op.add_column("jobs", sa.Column("seen", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute(f"UPDATE jobs SET seen = true WHERE state IN {ENDED}")  # noqa: S608  a constant
    where = sa.text("NOT seen")
    op.create_index(
        "jobs_unseen", "jobs", ["workspace", "state"], sqlite_where=where, postgresql_where=where
    )
    op.add_column("compositions", sa.Column("name", sa.Text))
    op.add_column(
        "compositions", sa.Column("listed", sa.Boolean, nullable=False, server_default=sa.true())
    )
    op.add_column("compositions", sa.Column("deleted_at", sa.DateTime(timezone=True)))
    deleted = sa.text("deleted_at IS NOT NULL")
    op.create_index(
        "compositions_deleted",
        "compositions",
        ["deleted_at"],
        sqlite_where=deleted,
        postgresql_where=deleted,
    )
    op.execute(
        "UPDATE compositions SET listed = false WHERE EXISTS (SELECT 1 FROM jobs WHERE "
        "jobs.id = compositions.id AND jobs.workspace = compositions.workspace)"
    )
    op.create_table(
        "project_jobs",
        sa.Column("workspace", sa.String(64), sa.ForeignKey("workspaces.id"), primary_key=True),
        sa.Column("job_id", sa.String(32), primary_key=True),
        sa.Column("project", sa.String(64), nullable=False),
    )
    _fill_project_jobs()


def _fill_project_jobs() -> None:
    connection = op.get_bind()
    stored = connection.execute(sa.text("SELECT workspace, id, content FROM compositions")).all()
    rows = {}
    for workspace, project, content in stored:
        fields = json.loads(content) if isinstance(content, str) else content
        jobs = fields.get("jobs") if isinstance(fields, dict) else None
        for job_id in jobs if isinstance(jobs, list) else ():
            if isinstance(job_id, str) and len(job_id) <= 32:
                rows[(workspace, job_id)] = project
    insert = sa.text("INSERT INTO project_jobs (workspace, job_id, project) VALUES (:w, :j, :p)")
    for (workspace, job_id), project in rows.items():
        connection.execute(insert, {"w": workspace, "j": job_id, "p": project})
