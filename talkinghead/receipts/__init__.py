"""Receipts: where a video comes from, and what has to be said of it where it is published."""
