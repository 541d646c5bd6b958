"""The gallery's filter and player."""
