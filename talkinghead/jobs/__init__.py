"""What is being made, and what happened to it."""
