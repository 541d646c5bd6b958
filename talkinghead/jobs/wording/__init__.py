"""Texts about a job."""
