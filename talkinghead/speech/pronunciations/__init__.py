"""How a person wants words to be said: names by a list, emphasis in the script."""
