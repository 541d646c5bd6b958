"""The emulated fal itself, through the real client over real HTTP."""
