"""Whose key pays, what it costs, and within which caps."""
