"""Alembic's environment script, run for each of its commands; nothing imports it."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
