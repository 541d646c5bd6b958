"""What a job says while it runs: written, batched, watched."""
