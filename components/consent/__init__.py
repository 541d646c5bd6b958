"""Screens about consent: who is in a portrait."""
