"""Previews of exports on a frame of the video."""
