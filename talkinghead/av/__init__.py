"""Pure functions over pictures, frames and sound."""
