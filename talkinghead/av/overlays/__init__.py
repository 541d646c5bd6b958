"""Overlays: what is drawn over the frames of a video, such as captions and labels."""
