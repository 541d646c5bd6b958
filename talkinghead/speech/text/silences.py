"""Silences of a speech that is put together from its sentences, in seconds."""

PAUSE_SECONDS = 0.35
"""Between two sentences, where the script asks for nothing else."""
PARAGRAPH_SECONDS = 0.7
LEAD_SECONDS = 0.2
"""Before the first word: lips move before they are heard."""
TAIL_SECONDS = 0.4
"""After the last one, so that no player or model clips it."""
