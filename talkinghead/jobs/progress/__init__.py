"""Progress of running jobs: written in batches, and watched."""
