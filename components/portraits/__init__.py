"""The portrait: select and crop."""
