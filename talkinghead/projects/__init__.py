"""Projects: the contents of Create, and the orders made from them."""
