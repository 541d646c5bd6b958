"""A model as a form shows it."""
