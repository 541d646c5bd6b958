"""Pronunciation: a list of names, and emphasis in the script."""
