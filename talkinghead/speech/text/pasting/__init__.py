"""Cleaning of pasted scripts: what a program put around the words, not the words."""
