"""The eyes: where a photo's eye begins and ends, and what it looks like closed."""
