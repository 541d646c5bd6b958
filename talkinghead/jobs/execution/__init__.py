"""How a job runs: its workflow, the lease that says which one may write, and what drives them."""
