"""From the passphrase to the copied note nothing leaves but what was asked for: no socket is opened, no other file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOT
from tests.gui.report.watched_way import WROTE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone ends a process at a system call")


def went(folder: Path, last: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.gui.report.watched_way", str(folder), last]
    # The print service is asked for by a name in the file system, at which nobody listens.
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "CUPS_SERVER": str(folder / "no print service"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_no_socket_and_no_other_file_is_opened_from_the_passphrase_to_the_copied_note(tmp_path: Path) -> None:
    result = went(tmp_path)
    assert result.returncode == 0, f"ended by {result.returncode}\n{result.stderr}"
    for name in ("report.pdf", "protected.pdf"):
        assert (tmp_path / name).read_bytes().startswith(b"%PDF"), "the way was gone to its end"


def test_a_print_asks_the_print_service_of_the_computer_and_nobody_else(tmp_path: Path) -> None:
    result = went(tmp_path, "print")
    assert result.returncode == 0, f"ended by {result.returncode}\n{result.stderr}"
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("opened", ["python", "library"])
def test_a_socket_would_be_seen(tmp_path: Path, opened: str) -> None:
    assert went(tmp_path, opened).returncode == -signal.SIGSYS


def test_a_temporary_file_would_be_seen(tmp_path: Path) -> None:
    result = went(tmp_path, "file")
    assert result.returncode == WROTE and "opened for writing" in result.stderr
