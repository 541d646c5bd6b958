"""Text normalisation: numbers, signs and addresses of a script as words."""
