"""Where a project stands on the way to its video, and so what comes next."""
