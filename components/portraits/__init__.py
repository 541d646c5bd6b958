"""The picture: brought, chosen, framed."""
