"""Practising with the form: cases, what is seen in them, and how an attempt is judged. Nothing of a patient."""
