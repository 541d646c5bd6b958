"""Recordings that a person brings: kept, edited, drawn."""
