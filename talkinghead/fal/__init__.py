"""The provider fal.ai: client, transport, uploads, polling, error messages."""
