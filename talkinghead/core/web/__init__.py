"""Requests to addresses that strangers name: which are allowed, and how much is read."""
