"""Several cells at once: the rectangle between where a selection began and where it now ends."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from exam_app.gui.grid.cell import Cell
from exam_app.gui.grid.grid_moves import Moves


class Selection(QObject):
    """The selected cells of a grid; fewer than two are no selection. `changed` carries how many there are now."""

    changed = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._cells: list[Cell] = []
        self._anchor: Cell | None = None

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of the cells that are selected and in sight; empty where they are fewer than two."""
        shown = tuple(cell.address for cell in self._cells if cell.isVisible())
        return shown if len(shown) > 1 else ()

    def extend(self, begins: Cell, ends: Cell, moves: Moves) -> None:
        """Select from where the selection began, or from the cell `begins` where there was none, to the cell `ends`."""
        anchor = self._anchor or begins
        self.select(moves.between(anchor, ends))
        self._anchor = anchor

    def select(self, cells: Iterable[Cell]) -> None:
        """Select exactly these cells; none of them ends a selection."""
        chosen = list(cells)
        before = len(self._cells)
        for cell in self._cells:
            if cell not in chosen:
                cell.set_selected(False)
        for cell in chosen:
            cell.set_selected(len(chosen) > 1)
        changed = chosen != self._cells
        self._cells, self._anchor = chosen, None
        if changed and max(len(chosen), before) > 1:
            self.changed.emit(len(chosen))

    def clear(self) -> None:
        """End the selection."""
        self.select(())
