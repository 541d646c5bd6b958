"""Tables of uploads to fal, and of what fal keeps."""

from sqlalchemy import Column, Index, String, Table, Text

from talkinghead.core.column_types import Moment, metadata

uploads = Table(
    "uploads",
    metadata,
    Column("account", String(64), primary_key=True),  # a hash that reveals nothing of the key
    Column("content", String(128), primary_key=True),
    Column("url", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

upload_closings = Table(
    "upload_closings",  # forgotten uploads that fal still has to be asked to close
    metadata,
    Column("url", Text, primary_key=True),
    Column("account", String(64), nullable=False),
    Column("expires_at", Moment, nullable=False),  # by then fal has deleted it
)

provider_outputs = Table(
    "provider_outputs",  # how long fal keeps what was made for a job
    metadata,
    Column("job_id", String(32), primary_key=True),
    Column("account", String(64), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("deleted_at", Moment),  # when fal said that it had deleted it
    Index("provider_outputs_left", "deleted_at", "expires_at"),
)
