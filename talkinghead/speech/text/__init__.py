"""The written script: sentences, words and their times, language."""
