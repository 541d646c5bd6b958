"""A script as it is written: sentences, words and their times, language."""
