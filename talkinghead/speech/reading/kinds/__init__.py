"""The rules of reading, a module for each kind of text."""
