"""The pages of a PDF that is in memory, drawn by PDFium."""

from __future__ import annotations

import ctypes
from typing import Any

from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QImage


class PdfPages:
    """The pages of one PDF. Nothing that was drawn is kept: an image is as large as the part that was asked for.

    PDFium is not safe in several threads, so pages are read and drawn in the windows' thread alone. The library is
    loaded with the first PDF.
    """

    def __init__(self, data: bytes, password: str | None = None) -> None:
        """`data` is the whole PDF; `password` opens it where it is protected."""
        import pypdfium2

        self._pdf: Any = pypdfium2.PdfDocument(data, password=password)
        self.sizes = tuple(QSizeF(*self._pdf.get_page_size(number)) for number in range(len(self._pdf)))
        """Width and height of each page in points."""

    def __len__(self) -> int:
        return len(self.sizes)

    def image(self, number: int, scale: float, part: QRect) -> QImage:
        """A part of a page, counted from 0. `scale` is pixels a point, `part` in pixels of the whole page."""
        import pypdfium2
        from pypdfium2 import raw

        image = QImage(part.size(), QImage.Format.Format_RGB32)
        image.fill("white")
        memory = (ctypes.c_ubyte * image.sizeInBytes()).from_buffer(image.bits())
        whole, page = self.sizes[number], self._pdf[number]
        bitmap = pypdfium2.PdfBitmap.new_native(
            image.width(), image.height(), raw.FPDFBitmap_BGRx, buffer=memory, stride=image.bytesPerLine()
        )
        try:
            wide, high = round(whole.width() * scale), round(whole.height() * scale)
            raw.FPDF_RenderPageBitmap(bitmap, page, -part.x(), -part.y(), wide, high, 0, raw.FPDF_ANNOT)
        finally:
            bitmap.close()
            page.close()
        return image

    def text(self, number: int) -> str:
        """The words of a page, counted from 0, in the order in which they stand in the PDF."""
        page = self._pdf[number]
        try:
            words = page.get_textpage()
            text = str(words.get_text_range())
            words.close()
        finally:
            page.close()
        return text.replace("\r\n", "\n")

    def close(self) -> None:
        """Let go of the PDF."""
        self._pdf.close()
