"""Permanent deletion: purge of deleted items, and erasure of a workspace."""
