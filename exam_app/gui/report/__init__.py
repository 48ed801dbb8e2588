"""The report on screen: the pages of the very PDF, its options, saving, printing and copying."""
