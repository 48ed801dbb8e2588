"""Quick entry: a line of text turned into findings. `entry` is the way in; a form holds the words of `vocabulary`."""
