"""Content credentials: what signs here, and what a video carries."""
