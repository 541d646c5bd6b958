"""Comparisons: several orders at once, side by side, blind, or on another model."""
