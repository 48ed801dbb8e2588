"""Reading and writing: forms, findings, records, and the data of reports."""
