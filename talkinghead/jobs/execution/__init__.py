"""Execution of jobs: the workflow, the lease that entitles it to write, and what drives them."""
