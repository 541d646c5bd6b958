"""Other versions of a finished video: shapes, burned captions."""
