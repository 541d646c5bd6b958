"""Keys, prices, quotes, spending caps and the billing history."""
