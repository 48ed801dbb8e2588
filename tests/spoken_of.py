"""Which findings a block of a report speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from exam_app.report.document import Block, Notes, SideTable, block_sentences


def block_addresses(block: Block) -> Iterator[str]:
    """Every address that a block speaks of."""
    for sentence in block_sentences(block):
        yield from sentence.addresses
    if isinstance(block, SideTable):
        for row in block.rows:
            yield from row.addresses
    if isinstance(block, Notes):
        for note in block.notes:
            yield from note.addresses
