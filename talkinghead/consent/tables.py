"""The tables of consents, and of answers that are not given yet."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from talkinghead.core.column_types import Moment, metadata
from talkinghead.core.tables import workspaces

consents = Table(
    "consents",  # rows are only added and withdrawn: the latest of a portrait counts
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("workspace", ForeignKey(workspaces.c.id), nullable=False),
    Column("portrait", String(64), nullable=False),  # SHA-256 of the whole picture
    Column("ground", String(16), nullable=False),
    Column("person", Text, nullable=False),
    Column("agreed_on", Date),
    Column("proof", String(80)),  # the reference of a stored file
    Column("proof_name", Text),
    Column("given_by", String(64), nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("withdrawn_by", String(64)),
    Column("withdrawn_at", Moment),
    Index("consents_of_portrait", "workspace", "portrait"),
)

consent_answers = Table(
    "consent_answers",  # what was typed so far, so that a reload loses nothing
    metadata,
    Column("workspace", ForeignKey(workspaces.c.id), primary_key=True),
    Column("portrait", String(64), primary_key=True),
    Column("ground", String(16), nullable=False),
    Column("person", Text, nullable=False),
    Column("agreed_on", Date),
    Column("proof", String(80)),
    Column("proof_name", Text),
)
