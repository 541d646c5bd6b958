"""Voices that run on this machine."""
