"""Moving about in a grid: from a cell to its neighbours, and the rectangle between two cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exam_app.gui.grid.cell import Cell
from exam_app.gui.grid.grid_rows import ItemLine


class Moves:
    """Where a step leads. It looks at the lines that are shown and keeps the column across cells that span several."""

    def __init__(self, lines: Sequence[ItemLine]) -> None:
        """`lines` from top to bottom."""
        self._lines = list(lines)

    def place_of(self, cell: Cell) -> tuple[int, int] | None:
        """(line, column) of a cell, or None where it is not shown."""
        for number, line in enumerate(self._lines):
            for slot in line.slots:
                if slot.cell is cell:
                    return number, slot.first
        return None

    def vertical(self, cell: Cell, step: int, column: int) -> Cell | None:
        """The cell `step` lines further in a column, or None beyond the ends."""
        place = self.place_of(cell)
        if place is None or not 0 <= place[0] + step < len(self._lines):
            return None
        line = self._lines[place[0] + step]
        return line.cell_in(min(column, max(slot.first for slot in line.slots)))

    def horizontal(self, cell: Cell, step: int) -> Cell | None:
        """The next or previous cell of the same line, or None."""
        place = self.place_of(cell)
        if place is None:
            return None
        cells = [slot.cell for slot in self._lines[place[0]].slots]
        index = cells.index(cell) + step
        return cells[index] if 0 <= index < len(cells) else None

    def reading(self, cell: Cell, step: int) -> Cell | None:
        """The next or previous cell as one reads: R, L, then the next line."""
        cells = self.all_cells()
        if cell not in cells:
            return None
        index = cells.index(cell) + step
        return cells[index] if 0 <= index < len(cells) else None

    def all_cells(self) -> list[Cell]:
        """Every shown cell as one reads."""
        return [slot.cell for line in self._lines for slot in line.slots]

    def group(self, cell: Cell, step: int, starts: Sequence[ItemLine], column: int) -> Cell | None:
        """The first cell of the group before or after; the start of this group first when going up inside it."""
        place = self.place_of(cell)
        if place is None:
            return None
        at = [self._lines.index(line) for line in starts]
        wanted = (
            [start for start in at if start > place[0]] if step > 0 else [start for start in at if start < place[0]]
        )
        if not wanted:
            return None
        line = self._lines[wanted[0] if step > 0 else wanted[-1]]
        return line.cell_in(min(column, max(slot.first for slot in line.slots)))

    def edge(self, cell: Cell, across: int, down: int, starts: Sequence[ItemLine], column: int) -> Cell | None:
        """The last cell in a direction: of the row, or of the group; from the end of a group that of the next one."""
        place = self.place_of(cell)
        if place is None:
            return None
        if across:
            cells = [slot.cell for slot in self._lines[place[0]].slots]
            return cells[-1 if across > 0 else 0]
        at = [self._lines.index(line) for line in starts]
        ends = [start - 1 for start in at[1:]] + [len(self._lines) - 1] if down > 0 else at
        beyond = [end for end in ends if (end - place[0]) * down > 0]
        if not beyond:
            return None
        line = self._lines[min(beyond) if down > 0 else max(beyond)]
        return line.cell_in(min(column, max(slot.first for slot in line.slots)))

    def between(self, one: Cell, other: Cell) -> Iterator[Cell]:
        """Every cell of the rectangle that two cells span."""
        first, last = self.place_of(one), self.place_of(other)
        if first is None or last is None:
            return
        top, bottom = sorted((first[0], last[0]))
        left, right = sorted((first[1], last[1]))
        for line in self._lines[top : bottom + 1]:
            for slot in line.slots:
                if slot.first <= right and slot.first + slot.span > left:
                    yield slot.cell
