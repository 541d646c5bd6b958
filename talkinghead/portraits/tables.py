"""The table of the portraits that a person can choose again."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, String, Table

from talkinghead.core.column_types import Moment, metadata
from talkinghead.core.tables import workspaces

portrait_library = Table(
    "portrait_library",
    metadata,
    Column("workspace", ForeignKey(workspaces.c.id), primary_key=True),
    Column("reference", String(80), primary_key=True),
    Column("thumbnail", LargeBinary),  # a small JPEG; made when it is first shown
    Column("used_at", Moment, nullable=False),  # the last time it was chosen
    Column("removed_at", Moment),  # it can be restored for a day
    Index("portrait_library_by_time", "workspace", "used_at"),
    Index("portrait_library_removed", "removed_at"),
)
