"""Short words for terms, values, findings, scores and exposure."""
