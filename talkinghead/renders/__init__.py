"""One video of any length: plan, segments, order."""
