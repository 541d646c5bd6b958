"""When each word and phoneme is said."""
