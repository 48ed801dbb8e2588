"""The table of a section: cells, keys, selection."""
