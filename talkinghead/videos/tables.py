"""Table of finished videos."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    false,
    text,
)

from talkinghead.core.column_types import Exact, Moment, metadata
from talkinghead.core.tables import workspaces

TO_INDEX = text("NOT indexed")
"""The condition for videos whose files are not in the reference index yet."""

videos = Table(
    "videos",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("workspace", ForeignKey(workspaces.c.id), nullable=False),
    Column("job_id", String(32), nullable=False),
    Column("endpoint_id", Text, nullable=False),
    Column("arguments", JSON, nullable=False),
    Column("title", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("thumbnail", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("fps", Float, nullable=False),
    Column("dollars", Exact, nullable=False),
    Column("seed", Text),  # as text: a provider's seed may be longer than 64 bits
    Column("created_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    Column("search_text", Text, nullable=False),  # title and script, case-folded
    # A part of a longer video, which no gallery shows.
    Column("part", Boolean, nullable=False, default=False, server_default=false()),
    Column("made_from", String(32)),  # the video that this one is another shape of, or captioned
    Column("favorite", Boolean, nullable=False, default=False, server_default=false()),
    Column("folder", Text),  # its name; a folder exists while a video is in it
    # Whether the files that it refers to stand in the reference index.
    Column("indexed", Boolean, nullable=False, default=False, server_default=false()),
    # Holds all that counting and paging need, so that neither reads the rows.
    Index("videos_of_workspace", "workspace", "deleted_at", "created_at", "id"),
    Index("videos_deleted", "deleted_at"),
    Index("videos_made_from", "made_from"),
    Index("videos_to_index", "id", sqlite_where=TO_INDEX, postgresql_where=TO_INDEX),
)
