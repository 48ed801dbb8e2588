"""What follows from a record: judgements, scores, completeness, distribution, codes."""
