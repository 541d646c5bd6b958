"""Where a long speech is cut, and how its parts are joined."""
