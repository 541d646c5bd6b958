"""Tables of speeches and sentences."""

from sqlalchemy import JSON, Column, ForeignKey, Index, String, Table, Text

from talkinghead.core.column_types import Exact, Moment, metadata
from talkinghead.core.tables import workspaces

speeches = Table(
    "speeches",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("workspace", ForeignKey(workspaces.c.id), nullable=False),
    Column(
        "fingerprint", String(64), nullable=False
    ),  # of the script, the voice, how names are said
    Column("script", Text, nullable=False),
    Column("voice", JSON, nullable=False),
    Column("language", String(8), nullable=False),
    Column("file", Text, nullable=False),
    Column("seconds", Exact, nullable=False),
    Column("sentences", JSON, nullable=False),  # text, start, end
    Column("words", JSON, nullable=False),  # text, start, end
    Column("dollars", Exact, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    Index("speeches_of_workspace", "workspace", "created_at"),
    Index("speeches_by_fingerprint", "workspace", "fingerprint"),
    Index("speeches_by_file", "workspace", "file"),
    Index("speeches_deleted", "deleted_at"),
)

spoken = Table(
    "spoken",  # single sentences as a voice said them: none is bought twice
    metadata,
    Column("workspace", ForeignKey(workspaces.c.id), primary_key=True),
    Column("fingerprint", String(64), primary_key=True),
    Column("file", Text, nullable=False),
    Column("seconds", Exact, nullable=False),
    Column("words", JSON, nullable=False),
    Column("job_id", String(32)),
    Column("created_at", Moment, nullable=False),
    Index("spoken_by_file", "workspace", "file"),
)
