"""The encrypted store: keys, database, records and their trail of edits."""
