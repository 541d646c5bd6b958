"""Actors, and what they may do in a workspace."""
