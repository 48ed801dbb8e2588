"""Walks a clinician through the neurological examination, keeps the record and prints the report."""

__version__ = "0.1.0"
