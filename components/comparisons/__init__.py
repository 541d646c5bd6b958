"""Comparisons of several models."""
