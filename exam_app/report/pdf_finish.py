"""What reportlab drew → the file that is kept: PDF/A-3a and PDF/UA-1 at once, by pikepdf.

With a password it is encrypted and therefore no PDF/A, and does not claim to be; all else is the same.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from exam_app.core.words import _
from exam_app.report.document import PdfOptions
from exam_app.report.pdf_metadata import Metadata
from exam_app.report.pdf_structure import write_structure
from exam_app.report.pdf_tags import Structure

ATTACHMENT = "examination.json"
_LISTED, _MOST_LISTED = re.compile(rb"\d+ beginbfchar\n(.*?)\nendbfchar", re.DOTALL), 100
PROFILE = "sRGB IEC61966-2.1"


def finish(drawn: bytes, structure: Structure, metadata: Metadata, profile: Path, options: PdfOptions) -> bytes:
    """The finished file. The same bytes for the same arguments, unless there is a password."""
    out = BytesIO()
    with pikepdf.open(BytesIO(drawn)) as pdf:
        write_structure(pdf, structure)
        _say_characters(pdf)
        _describe(pdf, metadata, for_archive=options.password is None)
        _declare_colours(pdf, profile)
        if options.attachment is not None:
            _attach(pdf, options.attachment, metadata)
        pdf.save(
            out,
            min_version="1.7",  # a forced version would leave the encryption out without a word
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=options.password is None,
            encryption=_encryption(options.password),
        )
    return out.getvalue()


def _say_characters(pdf: Pdf) -> None:
    """Say anew which characters the codes of each font stand for. reportlab says U+0000 of codes that nothing uses,
    which neither standard allows, and lists more at once than the 100 that a CMap may."""
    for font in pdf.pages[0].Resources.Font.values():
        font.ToUnicode.write(_LISTED.sub(_listed_anew, font.ToUnicode.read_bytes()))


def _listed_anew(listed: re.Match[bytes]) -> bytes:
    used = [line for line in listed[1].splitlines() if not line.endswith(b"<0000>")]
    blocks = (used[start : start + _MOST_LISTED] for start in range(0, len(used), _MOST_LISTED))
    return b"\n".join(b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks)


def _describe(pdf: Pdf, metadata: Metadata, *, for_archive: bool) -> None:
    pdf.trailer.Info = pdf.make_indirect(Dictionary({key: String(text) for key, text in metadata.info.items()}))
    packet = Stream(pdf, metadata.xmp(for_archive=for_archive))
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = packet
    pdf.Root.Lang = String(metadata.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def _declare_colours(pdf: Pdf, profile: Path) -> None:
    """Say what red, green and blue mean here."""
    colours = Stream(pdf, profile.read_bytes())
    colours.N = 3
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, DestOutputProfile=colours)
    intent.OutputConditionIdentifier = intent.Info = String(PROFILE)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _attach(pdf: Pdf, data: bytes, metadata: Metadata) -> None:
    """Put the record's data into the file. Its relationship is `Data`: the pages were made from it."""
    file = Stream(pdf, data)
    file.Type, file.Subtype = Name.EmbeddedFile, Name("/application/json")
    file.Params = Dictionary(Size=len(data), ModDate=String(metadata.pdf_date))
    named = Dictionary(Type=Name.Filespec, F=String(ATTACHMENT), UF=String(ATTACHMENT), AFRelationship=Name.Data)
    named.Desc = String(_("The findings of this report as data"))
    named.EF = Dictionary(F=file, UF=file)
    attached = pdf.make_indirect(named)
    pdf.Root.AF = Array([attached])
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String(ATTACHMENT), attached])))


def _encryption(password: str | None) -> pikepdf.Encryption | None:
    """AES with 256 bits. Who may open the file may do with it what they like: a second password would protect nothing,
    and an empty one would open the file to everybody."""
    return pikepdf.Encryption(owner=password, user=password, R=6) if password is not None else None
