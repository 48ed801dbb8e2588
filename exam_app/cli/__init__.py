"""The command line: the same core, headless. Results go to standard output, messages to standard error.

Exit 0 done, 1 the input is at fault, 2 wrong usage.
"""
