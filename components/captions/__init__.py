"""Captions read, corrected and downloaded."""
