"""The consents repository."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, func, insert, select, update

from talkinghead.consent.tables import consent_answers, consents
from talkinghead.consent.values import Consent, Ground, Proof, Statement
from talkinghead.core.asset_repository import WholePicture, whole_pictures
from talkinghead.core.database import Database, Transaction


class ConsentRepository:
    """The consents of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def reading(self) -> AbstractContextManager[Transaction]:
        """Return a transaction that reads, for the functions of this module."""
        return self._database.reading()

    def whole_pictures(
        self, workspace: str, references: Collection[str]
    ) -> dict[str, WholePicture]:
        """Return the whole picture that each of these pictures comes from."""
        with self._database.reading() as connection:
            return whole_pictures(connection, workspace, references)

    def latest(self, workspace: str, portraits: Collection[str]) -> dict[str, Consent]:
        """Return the latest consent of each of these portraits that has one."""
        with self._database.reading() as connection:
            return latest_consents(connection, workspace, portraits)

    def add(self, workspace: str, consent: Consent) -> None:
        """Put a consent on record; the answer that was typed for it is not needed any more."""
        row = {
            "workspace": workspace,
            "portrait": consent.portrait,
            "given_by": consent.given_by,
            "given_at": consent.given_at,
            **_columns(consent.statement),
        }
        with self._database.writing() as connection:
            connection.execute(insert(consents).values(**row))
            here = _of(consent_answers, workspace, consent.portrait)
            connection.execute(delete(consent_answers).where(*here))

    def withdraw(self, workspace: str, portrait: str, by: str) -> bool:
        """Withdraw what was said of a portrait; False if there is nothing that holds."""
        standing = (*_of(consents, workspace, portrait), consents.c.withdrawn_at.is_(None))
        values = {"withdrawn_by": by, "withdrawn_at": datetime.now(UTC)}
        with self._database.writing() as connection:
            changed = connection.execute(update(consents).where(*standing).values(**values))
        return changed.rowcount > 0

    def answer(self, workspace: str, portrait: str) -> Statement | None:
        """Return what was typed so far for a portrait, or None."""
        query = select(consent_answers).where(*_of(consent_answers, workspace, portrait))
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _statement(row)

    def givers(self, workspace: str, proof: str) -> set[str]:
        """Return the actors who gave a consent with this file."""
        query = select(consents.c.given_by).where(
            consents.c.workspace == workspace, consents.c.proof == proof
        )
        with self._database.reading() as connection:
            return set(connection.scalars(query))

    def uses(self, workspace: str, proof: str) -> bool:
        """Whether a consent or an answer of the workspace refers to this file."""
        with self._database.reading() as connection:
            return bool(proofs_in_use(connection, workspace, [proof]))

    def put_answer(self, workspace: str, portrait: str, statement: Statement) -> None:
        """Keep what was typed so far for a portrait."""
        here = _of(consent_answers, workspace, portrait)
        values = _columns(statement)
        row = {"workspace": workspace, "portrait": portrait, **values}
        with self._database.writing() as connection:
            change = update(consent_answers).where(*here).values(**values)
            if connection.execute(change).rowcount == 0:
                connection.execute(insert(consent_answers).values(**row))


def latest_consents(
    connection: Connection, workspace: str, portraits: Collection[str]
) -> dict[str, Consent]:
    """Return the latest consent of each of these portraits that has one."""
    query = (
        select(consents)
        .where(consents.c.workspace == workspace, consents.c.portrait.in_(portraits))
        .order_by(consents.c.id)
    )
    return {row.portrait: _consent(row) for row in connection.execute(query)}


def count_consents(connection: Connection, workspace: str, portrait: str) -> int:
    """Return how many consents to a portrait are on record, withdrawn ones too."""
    query = select(func.count()).select_from(consents)
    return connection.scalar(query.where(*_of(consents, workspace, portrait))) or 0


def proofs_of(connection: Connection, workspace: str, portrait: str) -> set[str]:
    """Return the files that were given with the consents and answers of this portrait alone."""
    found: set[str] = set()
    others: set[str] = set()
    for table in (consents, consent_answers):
        query = select(table.c.portrait, table.c.proof).where(
            table.c.workspace == workspace, table.c.proof.is_not(None)
        )
        for row in connection.execute(query):
            (found if row.portrait == portrait else others).add(row.proof)
    return found - others


def proofs_in_use(connection: Connection, workspace: str, among: Collection[str]) -> set[str]:
    """Return those of these files that some consent or answer of the workspace refers to."""
    found: set[str] = set()
    for table in (consents, consent_answers):
        here = (table.c.workspace == workspace, table.c.proof.in_(among))
        found.update(connection.scalars(select(table.c.proof).where(*here)))
    return found


def delete_consents(connection: Connection, workspace: str, portrait: str) -> int:
    """Delete what was said of a portrait; returns how many consents that were."""
    here = _of(consent_answers, workspace, portrait)
    connection.execute(delete(consent_answers).where(*here))
    gone = connection.execute(delete(consents).where(*_of(consents, workspace, portrait)))
    return gone.rowcount


def erase_consents(connection: Connection, workspace: str) -> None:
    """Delete the consents of a workspace."""
    for table in (consents, consent_answers):
        connection.execute(delete(table).where(table.c.workspace == workspace))


def _of(table: Table, workspace: str, portrait: str) -> tuple[ColumnElement[bool], ...]:
    return table.c.workspace == workspace, table.c.portrait == portrait


def _columns(statement: Statement) -> dict[str, Any]:
    proof = statement.proof
    return {
        "ground": statement.ground.value,
        "person": statement.person,
        "agreed_on": statement.agreed_on,
        "proof": proof.reference if proof else None,
        "proof_name": proof.name if proof else None,
    }


def _statement(row: Row[Any]) -> Statement:
    proof = Proof(row.proof, row.proof_name or "") if row.proof else None
    return Statement(Ground(row.ground), row.person, row.agreed_on, proof)


def _consent(row: Row[Any]) -> Consent:
    return Consent(
        row.portrait,
        _statement(row),
        row.given_by,
        row.given_at,
        row.withdrawn_at,
        row.withdrawn_by,
    )
