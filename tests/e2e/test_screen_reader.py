"""A real AT-SPI client, a screen reader's half of the bus, works the real application from first start to report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parents[2]
CLIENT = Path(__file__).with_name("screen_reader_client.py")
SYSTEM_PYTHON = "/usr/bin/python3"

pytestmark = pytest.mark.screen_reader


@pytest.fixture
def display() -> Iterator[str]:
    """An X server that nobody sees; it says its number when it is ready."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as ready:
        number = ready.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait()


def test_a_finding_is_recorded_and_the_report_exported_without_a_pixel(display: str, tmp_path: Path) -> None:
    pdf = tmp_path / "report.pdf"
    environment = os.environ | {
        "DISPLAY": display,
        "HOME": str(tmp_path),
        "EXAM_APP_DATA": str(tmp_path / "records"),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }
    application = [sys.executable, "-m", "exam_app"]
    command = ["dbus-run-session", "--", SYSTEM_PYTHON, "-W", "ignore", str(CLIENT), str(pdf), *application]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert "Elbow extension right 4−" in text
    heard = json.loads(result.stdout.splitlines()[-1])
    assert heard.count("Saved") == 1
    assert [said for said in heard if said.startswith("Written: ")] == [f"Written: {pdf}"]
