"""`exam-app`: without arguments the windows, with arguments the command line."""

from __future__ import annotations

import sys

from exam_app.services.display import has_display


def main() -> int:
    """Run what the arguments ask for and return the exit code. The windows are imported only when they open."""
    if len(sys.argv) == 1 and has_display():
        from exam_app.gui.shell.app import run as open_windows

        return open_windows(sys.argv)
    from exam_app.cli.main import run, say_no_display

    if len(sys.argv) == 1:
        return say_no_display()

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
