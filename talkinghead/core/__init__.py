"""The base of all packages: errors, money, settings, database, store."""
