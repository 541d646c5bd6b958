"""Voices that are bought: a new one is one class and one line in `models`."""
