"""A script as it is written: sentences, words, language."""
