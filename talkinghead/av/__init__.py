"""Pure functions over pictures, video frames and sound."""
