"""The models to choose from."""
