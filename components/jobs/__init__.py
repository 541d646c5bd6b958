"""What is being made, card by card."""
