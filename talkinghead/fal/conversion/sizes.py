"""The size of the pictures that are sent to fal."""

SHORTEST_SIDE = 300
"""Pixels: smaller pictures are refused by some models; enlarging them shows nothing less."""
