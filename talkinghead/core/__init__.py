"""What everything stands on: errors, money, settings, database, store."""
