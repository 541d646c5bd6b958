"""Recordings: stored, edited, drawn."""
