"""A report's PDF read back: the data that go along with it, its paper, and its content for comparing.

The file comes from outside and may be anything: what is no report is refused with a sentence, and nothing in it is run.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Pdf

from exam_app.core.clinic import PageSize
from exam_app.core.errors import UserError
from exam_app.report.pdf_finish import ATTACHMENT
from exam_app.report.pdf_metadata import APPLICATION

MOST_BYTES = 100_000_000
"""More than any report comes to; what is larger is not read."""
MOST_UNPACKED = 200_000_000
"""The same, of everything in the file that is packed."""
_LETTER_HEIGHT = range(791, 794)


@dataclass(frozen=True, slots=True)
class PdfRead:
    """What was found in the file of a report: the attached JSON, or None; its paper; whether a password opens it."""

    data: bytes | None = field(repr=False)
    page: PageSize
    encrypted: bool


def read(pdf: bytes, name: str, password: str | None, most_data: int) -> PdfRead:
    """The parts of a report's PDF; of attached data at most one byte more than `most_data`.

    UserError `report_foreign`, `report_unreadable`, `report_locked` (no password was given), `report_password_wrong`.
    """
    with _opened(pdf, name, password) as file:
        if str(file.docinfo.get("/Creator", "")) != APPLICATION:
            raise UserError("report_foreign", file=name)
        height = round(float(file.pages[0].mediabox[3]))
        page: PageSize = "Letter" if height in _LETTER_HEIGHT else "A4"
        return PdfRead(_attached(file, most_data), page, file.is_encrypted)


def content(pdf: bytes, name: str, password: str | None) -> bytes:
    """All that can be reached in a PDF, unpacked and decrypted, in one order: two files with the same content look the
    same, whatever packed them. UserError as `read`."""
    out = BytesIO()
    with _opened(pdf, name, password) as file:
        _check_size_unpacked(file)
        file.save(
            out,
            static_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
            encryption=False,
        )
    return out.getvalue()


def _check_size_unpacked(file: Pdf) -> None:
    """ValueError where all streams together would fill the memory, or are packed as none of ours is."""
    room = MOST_UNPACKED
    for each in file.objects:
        if not isinstance(each, pikepdf.Stream):
            continue
        packed = _packing(each)
        if packed == "/FlateDecode":
            room -= len(zlib.decompressobj().decompress(each.read_raw_bytes(), room + 1))
        elif packed not in (None, "/DCTDecode"):
            raise ValueError("no stream of a report is packed like this")
        if room < 0:
            raise ValueError("this is larger than any report")


def _packing(stream: Any) -> str | None:
    """The one filter of a stream, or None. ValueError where there are several."""
    packed = stream.get("/Filter")
    if isinstance(packed, pikepdf.Array):
        if len(packed) > 1:
            raise ValueError("no stream of a report is packed twice")
        packed = packed[0] if len(packed) else None
    return str(packed) if packed is not None else None


@contextmanager
def _opened(pdf: bytes, name: str, password: str | None) -> Iterator[Pdf]:
    """The file, open; whatever is wrong with its inside is one sentence."""
    if len(pdf) > MOST_BYTES:
        raise UserError("report_foreign", file=name)
    try:
        with pikepdf.open(
            BytesIO(pdf), password=password or "", suppress_warnings=True, attempt_recovery=False
        ) as file:
            yield file
    except pikepdf.PasswordError:
        if password is None:
            raise UserError("report_locked", file=name) from None
        raise UserError("report_password_wrong", file=name) from None
    except (pikepdf.PdfError, zlib.error, ValueError, LookupError, TypeError, AttributeError, RuntimeError):
        raise UserError("report_unreadable", file=name) from None


def _attached(file: Pdf, most: int) -> bytes | None:
    """The bytes of our attachment, unpacked no further than one byte more than `most`: a small file must not fill the
    memory."""
    if ATTACHMENT not in file.attachments:
        return None
    stream: Any = file.attachments[ATTACHMENT].get_file().obj
    raw: bytes = stream.read_raw_bytes()
    packed = _packing(stream)
    if packed is None:
        return raw[: most + 1]
    if packed != "/FlateDecode" or "/DecodeParms" in stream:
        raise ValueError("our own attachment is packed in one way only")
    return zlib.decompressobj().decompress(raw, most + 1)
