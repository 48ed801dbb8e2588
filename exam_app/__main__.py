"""`exam-app`: without arguments the windows, with arguments the command line."""

from __future__ import annotations

import sys


def main() -> int:
    """Run what the arguments ask for and return the exit code. The windows are imported only when they open."""
    if len(sys.argv) == 1:
        from exam_app.gui.app import run as open_windows

        return open_windows(sys.argv)
    from exam_app.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
