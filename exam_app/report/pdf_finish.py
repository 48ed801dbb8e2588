"""What reportlab drew → the file that is kept: its structure, by pikepdf."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from exam_app.report.pdf_structure import write_structure
from exam_app.report.pdf_tags import Structure


def finish(drawn: bytes, structure: Structure) -> bytes:
    """The finished PDF."""
    out = BytesIO()
    with pikepdf.open(BytesIO(drawn)) as pdf:
        write_structure(pdf, structure)
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()
