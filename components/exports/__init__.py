"""Other versions of a finished video."""
