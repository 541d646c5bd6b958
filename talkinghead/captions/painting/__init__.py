"""Captions drawn onto frames."""
