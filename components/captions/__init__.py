"""Captions: generate, edit, download."""
