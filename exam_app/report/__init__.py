"""The report: one document of blocks built from a record, written as a note or a PDF."""
