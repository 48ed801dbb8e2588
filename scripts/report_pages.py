"""The first page of each teaching case as a picture: `python scripts/report_pages.py docs/report_pages`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import pypdfium2  # noqa: E402

from exam_app import __version__  # noqa: E402
from exam_app.core.findings_file import read_findings  # noqa: E402
from exam_app.core.loader import load_form  # noqa: E402
from exam_app.report import build, pdf  # noqa: E402

DOTS, COLOURS = 90, 24
"""Dots an inch and colours: enough to be read, and small enough to be kept with the documentation."""


def main(folder: Path) -> None:
    """Write a PNG for each case."""
    form, resources = load_form(ROOT / "forms"), ROOT / "resources"
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / "forms" / "cases").glob("C*.yaml")):
        record = read_findings(path.read_bytes(), path.name, form)
        document = build(record, form, app_version=__version__, drawings=resources / "drawings")
        pages = pypdfium2.PdfDocument(pdf(document, resources))
        picture = pages[0].render(scale=DOTS / 72).to_pil().convert("RGB").quantize(COLOURS, dither=0)
        picture.save(folder / f"{path.stem}.png", optimize=True)
        pages.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
