"""Alignment: when each word and phoneme is spoken."""
