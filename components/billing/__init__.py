"""Keys, prices and spending."""
