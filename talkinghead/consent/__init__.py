"""Consent: who is in a portrait, and who allowed it to speak."""
