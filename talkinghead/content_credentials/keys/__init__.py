"""The certificates that sign, and the encryption of their private key."""
