"""Maps: drawings on which findings are seen and given, beside the table that holds the same findings."""
