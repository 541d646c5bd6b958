"""Captions of a video: cues, styles, files, corrections."""
