"""Cuts a long speech into parts and joins their videos."""
