"""Captions of a video: cues, styles, subtitle files, corrections."""
