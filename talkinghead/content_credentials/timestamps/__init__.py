"""Timestamps of signatures (RFC 3161): asked for by workers, fetched by the parent process."""
