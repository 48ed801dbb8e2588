"""The window of an examination."""
