"""How a person wants a word to be said."""
