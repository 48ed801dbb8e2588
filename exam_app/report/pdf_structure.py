"""The structure that was kept while drawing → the tree of structure elements of the PDF."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from exam_app.report.pdf_tags import Content, Element, Structure


def write_structure(pdf: Pdf, structure: Structure) -> None:
    """Put the tree into the file, and join every stretch of every page to its element."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    made: dict[int, Object] = {}
    document = _element(pdf, structure.root, root, made)
    pages = Array()
    for number, page in enumerate(pdf.pages):
        page.obj.StructParents = number
        page.obj.Tabs = Name.S
        stretches = structure.pages[number] if number < len(structure.pages) else []
        pages.append(number)
        pages.append(pdf.make_indirect(Array([made[id(element)] for element in stretches])))
    root.K = Array([document])
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=pages))
    root.ParentTreeNextKey = len(pdf.pages)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _element(pdf: Pdf, element: Element, parent: Object, made: dict[int, Object]) -> Object:
    written = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.kind), P=parent))
    made[id(element)] = written
    if element.alternative is not None:
        written.Alt = String(element.alternative)
    if element.expansion is not None:
        written.E = String(element.expansion)
    attributes = _attributes(element)
    if attributes is not None:
        written.A = attributes
    parts = [
        _content(pdf, part) if isinstance(part, Content) else _element(pdf, part, written, made)
        for part in element.parts
    ]
    if parts:
        written.K = Array(parts)
    return written


def _content(pdf: Pdf, content: Content) -> Object:
    return Dictionary(Type=Name.MCR, Pg=pdf.pages[content.page].obj, MCID=content.number)


def _attributes(element: Element) -> Object | None:
    if element.box is not None:
        return Dictionary(O=Name.Layout, BBox=Array([round(number, 2) for number in element.box]), Placement=Name.Block)
    if element.kind == "TH":
        attributes = Dictionary(O=Name.Table, Scope=Name("/" + str(element.scope)))
        if element.span > 1:
            attributes.ColSpan = element.span
        return attributes
    if element.kind == "L":
        return Dictionary(O=Name.List, ListNumbering=Name("/None"))
    return None
