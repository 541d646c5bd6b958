"""Table of captions."""

from sqlalchemy import JSON, Column, ForeignKey, String, Table

from talkinghead.core.column_types import Moment, metadata
from talkinghead.core.tables import workspaces

captions = Table(
    "captions",
    metadata,
    Column("video_id", String(32), primary_key=True),
    Column("workspace", ForeignKey(workspaces.c.id), nullable=False),
    Column("source", String(16), nullable=False),  # how the times were found
    Column("words", JSON, nullable=False),
    Column("edits", JSON, nullable=False),  # what a person corrected
    Column("face_path", JSON(none_as_null=True)),  # where the face is, once it was looked for
    Column("updated_at", Moment, nullable=False),
)
