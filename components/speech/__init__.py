"""The words: written, recorded, spoken."""
