"""What is typed: what keys mean (`typed`), and quick entry, a line of text turned into findings by `entry`."""
