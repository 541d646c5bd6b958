"""Tables of content credentials: the key that signs, and what each version was signed with."""

from sqlalchemy import JSON, Column, ForeignKey, LargeBinary, String, Table, Text

from talkinghead.core.column_types import Moment, metadata
from talkinghead.core.tables import workspaces

signing_keys = Table(
    "signing_keys",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("certificate", Text, nullable=False),  # and its issuers', as PEM
    Column("encrypted_key", LargeBinary, nullable=False),
    Column("saved_at", Moment, nullable=False),
)

signed_videos = Table(
    "signed_videos",
    metadata,
    Column("video_id", String(32), primary_key=True),  # its job's id, too
    Column("workspace", ForeignKey(workspaces.c.id), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("signed_at", Moment, nullable=False),
)
