"""What Create holds, and the orders that it yields."""
