"""Deleting everything."""
