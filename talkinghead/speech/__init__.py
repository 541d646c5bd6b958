"""Speech: a script made into sound, in any voice, each sentence once."""
