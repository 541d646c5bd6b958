"""Table of uploads to fal."""

from sqlalchemy import Column, String, Table, Text

from talkinghead.core.column_types import Moment, metadata

uploads = Table(
    "uploads",
    metadata,
    Column("account", String(64), primary_key=True),  # a hash that reveals nothing of the key
    Column("content", String(128), primary_key=True),
    Column("url", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
)
