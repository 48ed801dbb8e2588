"""Around the examinations: start, unlocking, home, settings."""
