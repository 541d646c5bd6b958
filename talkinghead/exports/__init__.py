"""Exports: a finished video in another shape, with burned-in captions."""
