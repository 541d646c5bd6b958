"""Bought voices: a new one is one class and one line in `models`."""
