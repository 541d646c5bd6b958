"""What was deleted goes for good."""
