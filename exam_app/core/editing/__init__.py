"""How an examination is filled in: edits as data, what is asked, marks, limbs that are absent, undo."""
