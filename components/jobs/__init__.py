"""Jobs: cards, progress, decisions."""
