"""Runs the pending revisions in the given transaction."""

from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from talkinghead.core.errors import ConfigurationError
from talkinghead.core.migrations.backup import back_up
from talkinghead.core.migrations.stamp import HEAD, UNSTAMPED, Stamp, read_stamp


def upgrade(connection: Connection) -> None:
    """Migrate a database to this version; does nothing if it is current.

    Args:
        connection: in a transaction that holds the lock of all writers. On SQLite its foreign
            keys are off, or a table that moves would empty those that refer to it.

    Raises:
        ConfigurationError: a newer version made it, or it cannot be copied or upgraded.
    """
    stamp = read_stamp(connection)
    if stamp.is_head:  # another process was faster
        return
    config = alembic_config(connection)
    if not stamp.is_new:
        _refuse_newer(stamp, ScriptDirectory.from_config(config))
        _back_up(connection)
    if stamp.revision is None and stamp.version is not None:
        command.stamp(config, UNSTAMPED[stamp.version])
    broken = _broken_references(connection)
    command.upgrade(config, HEAD)
    connection.execute(text("UPDATE schema_version SET version = :to"), {"to": int(HEAD)})
    if _broken_references(connection) > broken:
        raise ConfigurationError(
            "The database could not be brought to this version of the app, and is as it was."
        )


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's configuration for this connection."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "talkinghead.core:migrations")
    return config


def _refuse_newer(stamp: Stamp, scripts: ScriptDirectory) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    newest = int(HEAD) if stamp.revision is not None else int(UNSTAMPED[-1])
    newer = stamp.version is not None and stamp.version > newest
    if newer or (stamp.revision is not None and stamp.revision not in known):
        raise ConfigurationError(
            "The database was made by a newer version of this app. Update the app."
        )


def _back_up(connection: Connection) -> None:
    file = connection.engine.url.database
    if connection.dialect.name == "sqlite" and file and Path(file).is_file():
        back_up(Path(file), HEAD, datetime.now(UTC))


def _broken_references(connection: Connection) -> int:
    if connection.dialect.name != "sqlite":  # PostgreSQL holds them itself
        return 0
    return len(connection.execute(text("PRAGMA foreign_key_check")).all())
