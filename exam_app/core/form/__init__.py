"""What a form is: sections, items of nine kinds, scales, scores, drugs."""
