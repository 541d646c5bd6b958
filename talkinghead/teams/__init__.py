"""Who acts in a workspace, and what they may do there."""
