"""Drawings of the body: their files, what is pictured on them, what a record puts there."""
