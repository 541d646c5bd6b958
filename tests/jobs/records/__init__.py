"""Tests of what other domains ask of the journal."""
