"""The voices of this machine."""
