"""A script as it is said: numbers, signs and addresses as words."""
