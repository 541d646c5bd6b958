"""Table of pronunciations."""

from sqlalchemy import Column, ForeignKey, String, Table, Text

from talkinghead.core.column_types import metadata
from talkinghead.core.tables import workspaces

pronunciations = Table(
    "pronunciations",
    metadata,
    Column("workspace", ForeignKey(workspaces.c.id), primary_key=True),
    Column("written", String(80), primary_key=True),
    Column("said", Text, nullable=False),
)
