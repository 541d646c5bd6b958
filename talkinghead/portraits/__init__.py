"""Portraits: pictures uploaded, checked and cropped."""
