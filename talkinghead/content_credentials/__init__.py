"""Content credentials (C2PA): signed records of how a video was made, written and read."""
