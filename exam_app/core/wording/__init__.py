"""Short words for values, scores and exposure."""
