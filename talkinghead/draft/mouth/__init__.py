"""Lips, teeth and tongue, and the shapes that phonemes give them."""
