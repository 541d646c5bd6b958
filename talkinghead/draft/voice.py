"""A script becomes speech: sound, and the exact time of every phoneme and word."""

from talkinghead.draft.speech import Speech, TimedPhoneme, TimedWord

__all__ = ["Speech", "TimedPhoneme", "TimedWord"]
