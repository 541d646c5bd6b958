"""Queries of other domains on the jobs tables, within their own transactions."""
