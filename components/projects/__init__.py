"""The Create page's last steps: order, progress and result."""
