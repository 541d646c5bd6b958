"""Exports of a finished video."""
