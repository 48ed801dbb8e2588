"""The clinic's logo, as it is printed: on white, upright, no finer than paper shows."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps

from exam_app.core.errors import UserError

WIDEST, HIGHEST = 170.0, 44.0
"""Points that a logo may take on paper."""
DOTS_A_POINT = 4
"""Dots of a picture that are kept for each point: 288 an inch."""
MOST_DOTS = 40_000_000
"""A picture with more dots is no logo, and might fill the memory."""


def printed_logo(data: bytes) -> Image.Image:
    """The picture in a PNG or JPEG file. UserError `logo_unreadable` where it is no whole picture."""
    try:
        picture = _opened(data)
    # Whatever Pillow meets in a damaged file (OSError, SyntaxError, ValueError, struct.error …) means the same.
    except Exception:  # noqa: BLE001
        raise UserError("logo_unreadable") from None
    white = Image.new("RGBA", picture.size, "white")
    white.alpha_composite(picture)
    return white.convert("RGB")


def _opened(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as read:
        if read.width * read.height > MOST_DOTS:
            raise ValueError("more dots than a logo has")
        upright = ImageOps.exif_transpose(read).convert("RGBA")
    upright.thumbnail((round(WIDEST * DOTS_A_POINT), round(HIGHEST * DOTS_A_POINT)))
    return upright


def size_on_paper(picture: Image.Image) -> tuple[float, float]:
    """How wide and high it is in points: as large as fits."""
    scale = min(WIDEST / picture.width, HIGHEST / picture.height)
    return picture.width * scale, picture.height * scale
