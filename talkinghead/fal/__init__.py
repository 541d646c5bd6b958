"""The provider: client, transport, uploads, watching, messages."""
