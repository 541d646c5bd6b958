"""Several orders at once: side by side, blind, on another model."""
