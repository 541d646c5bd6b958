"""What renders a video: this machine, or fal."""
