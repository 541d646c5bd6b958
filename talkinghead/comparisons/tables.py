"""Table of comparisons."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, Text

from talkinghead.core.column_types import Moment, metadata
from talkinghead.core.tables import workspaces

comparisons = Table(
    "comparisons",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("workspace", ForeignKey(workspaces.c.id), nullable=False),
    Column("title", Text, nullable=False),
    Column("blind", Boolean, nullable=False),
    Column("chosen", String(32)),  # the job whose video was kept as the best
    Column("created_at", Moment, nullable=False),
    Column("chosen_at", Moment),
    Index("comparisons_of_workspace", "workspace", "created_at"),
)
