"""What others say of a PDF: qpdf, PDFBox Preflight (PDF/A-1b), and page (PDF/A-3a and PDF/UA-1)."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import page
import pikepdf

from scripts.setup import JAVA_FOLDER, VALIDATOR_JARS

JARS = ":".join(str(JAVA_FOLDER / f"{name}.jar") for name in VALIDATOR_JARS)

TAKEN_FOR_THE_LENGTH = "PDFA3A-STREAM-LENGTH-001"
"""page counts a last byte of a packed stream that happens to be CR to the end of line after it. qpdf checks lengths."""


def part_one_twin(data: bytes) -> bytes:
    """The same file for a validator that knows PDF/A-1 alone: without its attachment, and claiming part 1."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        packet = pdf.Root.Metadata.read_bytes()
        pdf.Root.Metadata.write(packet.replace(b"<pdfaid:part>3<", b"<pdfaid:part>1<"))
        for key in ("/AF", "/Names"):
            if key in pdf.Root:
                del pdf.Root[key]
        pdf.save(out, fix_metadata_version=False)
    return unpacked(out.getvalue())


def unpacked(data: bytes) -> bytes:
    """The same file with every object by itself, as PDF/A-1 had it."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        disable = pikepdf.ObjectStreamMode.disable
        pdf.save(out, force_version="1.4", object_stream_mode=disable, fix_metadata_version=False)
    return out.getvalue()


def preflight(files: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """The codes of the errors in each file; none where it is valid PDF/A-1b. One Java for all of them."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    listed = folder / "files.txt"
    listed.write_text("".join(f"{folder / name}\n" for name in files), encoding="utf-8")
    order = ["java", "-cp", JARS, "org.apache.pdfbox.preflight.Validator_A1b", "xml", "group", str(listed)]
    subprocess.run(order, check=True, capture_output=True)
    said = ElementTree.parse(f"{listed}.preflight.xml").getroot()  # noqa: S314
    verdicts = {}
    for one in said.iter("preflight"):
        codes = [error.findtext("code") or "" for error in one.iter("error")]
        assert (one.findtext("isValid") == "true") == (not codes)
        verdicts[one.attrib["name"]] = codes
    assert verdicts.keys() == files.keys()
    return verdicts


def broken_rules(data: bytes, profile: Literal["3a", "ua1"]) -> set[str]:
    """The rules of PDF/A-3a or PDF/UA-1 that a file breaks, as page judges it."""
    report = page.validate_pdf_bytes(data, profile=profile)
    rules = {failure.rule_id for failure in report.failures}
    assert report.is_compliant == (not rules)
    return rules - {TAKEN_FOR_THE_LENGTH}


def qpdf_check(data: bytes, folder: Path, password: str = "") -> str:
    """What qpdf says; an error where it finds fault."""
    file = folder / "checked.pdf"
    file.write_bytes(data)
    order = ["qpdf", f"--password={password}", "--check", str(file)]
    return subprocess.run(order, check=True, capture_output=True, text=True).stdout
