"""A job in words, for whoever shows it."""
