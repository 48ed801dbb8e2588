"""A report that comes back as a file: its data read-only, as reported."""
