"""What Create holds, and the inputs it yields."""
