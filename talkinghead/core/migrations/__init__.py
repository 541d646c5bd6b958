"""Alembic migrations: how a database of an older version becomes one of this version.

A change of the tables is a revision in `versions/`, one higher than the last; Alembic runs those
that a database lacks, and a new database runs them all. To write one:

1. Change the table in its domain's `tables.py`.
2. Copy the newest file of `versions/` to the next number, with `revision` and `down_revision` one
   higher, and say in `upgrade` what is added. It is never changed, so it names types and tables as
   they are today and imports nothing of this app. It only adds: what is no longer used goes one
   release later, because the version before may still run beside this one.
3. Set `HEAD` in `stamp.py`. `tests/core/test_migrations.py` says where revisions and tables differ.

On SQLite a table whose columns cannot be changed in place moves in a batch
(`op.batch_alter_table`); foreign keys are off meanwhile, or the move would empty the tables that
refer to it.
"""
