"""The Create page's last steps: make it, and its result."""
