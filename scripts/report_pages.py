"""The first page of each teaching case as a picture: `python scripts/report_pages.py docs/report_pages`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import pypdfium2  # noqa: E402
from PIL import Image, ImageColor  # noqa: E402

from exam_app import __version__  # noqa: E402
from exam_app.core.files.findings_file import read_findings  # noqa: E402
from exam_app.core.files.loader import load_form  # noqa: E402
from exam_app.report import build, pdf  # noqa: E402
from exam_app.report.pdf_style import BAR, BLUE, GREY, INK, PANEL, RULE, TINT, WARM, WATERMARK  # noqa: E402

DOTS, STEPS = 90, 7
"""Dots an inch, and steps from each ink to white: enough to be read, and small enough to be kept with the
documentation."""
INKS, GROUNDS = (INK, BLUE, GREY, WARM, BAR), (PANEL, TINT, RULE, WATERMARK, "#ffffff")


def palette() -> Image.Image:
    """The colours of the report, so that none of them is lost for the sake of another."""
    inks = [ImageColor.getrgb(ink) for ink in INKS]
    shades = [tuple(255 - (255 - part) * step // STEPS for part in ink) for ink in inks for step in range(1, STEPS + 1)]
    colours = [*shades, *(ImageColor.getrgb(ground) for ground in GROUNDS)]
    image = Image.new("P", (1, 1))
    image.putpalette([part for colour in colours for part in colour])
    return image


def main(folder: Path) -> None:
    """Write a PNG for each case."""
    form, resources = load_form(ROOT / "forms"), ROOT / "resources"
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / "forms" / "cases").glob("C*.yaml")):
        record = read_findings(path.read_bytes(), path.name, form)
        document = build(record, form, app_version=__version__, drawings=resources / "drawings")
        pages = pypdfium2.PdfDocument(pdf(document, resources))
        picture = (
            pages[0]
            .render(scale=DOTS / 72)
            .to_pil()
            .convert("RGB")
            .quantize(palette=palette(), dither=Image.Dither.NONE)
        )
        picture.save(folder / f"{path.stem}.png", optimize=True)
        pages.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
