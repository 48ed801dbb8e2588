"""Findings that are lists: movements, drugs, and others with entries."""
