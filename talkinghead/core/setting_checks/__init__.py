"""Checks of single settings, by what they are."""
