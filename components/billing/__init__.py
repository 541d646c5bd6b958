"""Keys, prices and what was spent."""
