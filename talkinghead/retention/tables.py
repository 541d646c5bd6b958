"""Tables of what refers to a file, and of files that may have to be deleted."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from talkinghead.core.column_types import Moment, metadata
from talkinghead.core.tables import workspaces

reference_index = Table(
    "reference_index",  # filled by the purge; a row that is not indexed yet is marked in its table
    metadata,
    Column("workspace", ForeignKey(workspaces.c.id), primary_key=True),
    Column("reference", String(128), primary_key=True),  # `asset:…`, `sentence:…` or `part:…`
    Column("owner_kind", String(8), primary_key=True),  # "video", "job" or "project"
    Column("owner_id", String(64), primary_key=True),
    Index("references_of_owner", "owner_kind", "owner_id", "workspace"),
)

unused_files = Table(
    "unused_files",  # deleted from the store once nothing else uses them
    metadata,
    Column("workspace", ForeignKey(workspaces.c.id), primary_key=True),
    Column("reference", Text, primary_key=True),
    Column("tried_at", Moment, nullable=False),  # the time of the latest try, or of its addition
    Index("unused_files_by_time", "tried_at"),
)
