"""The speech: script, recording, voices."""
