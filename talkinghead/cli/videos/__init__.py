"""Commands about finished videos."""
