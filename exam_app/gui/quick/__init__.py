"""Quick entry in the window: the line at the top and the preview below it. `entry` joins them with the record."""
