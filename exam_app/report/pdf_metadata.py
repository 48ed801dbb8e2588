"""What the file says of itself, twice in step: as document information and as XMP."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from xml.sax.saxutils import escape

APPLICATION = "exam_app"
PRODUCER = "ReportLab and pikepdf"

_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
{descriptions}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
# Each schema has a description of its own: validators that know only PDF/A-1 read no other way.
_PLAIN = """\
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{creator}
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>{application}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>"""
_CREATOR = "\n<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
# PDF/A wants every schema described that it does not know itself.
_ARCHIVE = """
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, author, who may be nobody (""), language and date. The date is that of the examination: a clock would make
    every export another file."""

    title: str
    author: str
    date: datetime.datetime
    language: str = "en-GB"

    @property
    def pdf_date(self) -> str:
        """The date as document information has it."""
        offset = self.date.strftime("%z")
        return f"D:{self.date:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"

    @property
    def info(self) -> dict[str, str]:
        """The document information."""
        entries = {
            "/Title": self.title,
            "/Creator": APPLICATION,
            "/Producer": PRODUCER,
            "/CreationDate": self.pdf_date,
            "/ModDate": self.pdf_date,
        }
        return entries | ({"/Author": self.author} if self.author else {})

    def xmp(self, *, for_archive: bool) -> bytes:
        """The same as an XMP packet; `for_archive` says that the file is PDF/A-3a."""
        plain = _PLAIN.format(
            title=escape(self.title),
            creator=_CREATOR.format(author=escape(self.author)) if self.author else "",
            language=self.language,
            producer=PRODUCER,
            application=APPLICATION,
            date=self.date.isoformat(timespec="seconds"),
        )
        return _PACKET.format(descriptions=plain + (_ARCHIVE if for_archive else "")).encode()
