"""Tests of the list of projects."""
