"""Deletion of everything."""
