"""What the window shows follows the focus: the keys in the bar below, the dock, how to test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from exam_app.core.words import ngettext
from exam_app.gui.grid.cell import Cell

if TYPE_CHECKING:
    from exam_app.gui.exam.examination_window import ExaminationWindow
    from exam_app.gui.exam.section_view import SectionView


class FocusFollower(QObject):
    """Hears where the focus goes, until it is told to stop."""

    def __init__(self, window: ExaminationWindow) -> None:
        super().__init__(window)
        self._window = window
        self._application = QApplication.instance()
        if isinstance(self._application, QApplication):
            self._application.focusChanged.connect(self._changed)
        window.keys.changed.connect(self._show_keys)

    def stop(self) -> None:
        """The window closes."""
        if isinstance(self._application, QApplication):
            self._application.focusChanged.disconnect(self._changed)

    def _show_keys(self) -> None:
        self._changed(None, QApplication.focusWidget())

    def _changed(self, old: QWidget | None, new: QWidget | None) -> None:
        window = self._window
        if new is None or not window.isAncestorOf(new):
            return
        if old is not None:  # else it comes back to where it was: what was said still holds
            window.tell("")
        window.fit()
        if new is window.quick.line:
            window.bottom_bar.show_quick()
            return
        view = window.view
        if view is not None and (isinstance(new, Cell) or (view.map is not None and view.map.has_keys)):
            self._show_grid_keys(view)
            if view.map is not None and view.map.gives_sites:
                window.dock.hide()
            return
        if view is not None:
            view.keys.forget_typing()
        window.bottom_bar.show_fields()
        panel = next((each for each in view.panels if each.isAncestorOf(new)), None) if view is not None else None
        if panel is not None:
            window.dock.hide()
            window.side_panel.how_to_test.show_item(window.bridge.item(panel.address), None)

    def _show_grid_keys(self, view: SectionView) -> None:
        count = len(view.keys.selection.addresses)
        self._window.bottom_bar.show_grid(view.key_place(), selected=count)

    def selected(self, count: int) -> None:
        """So many cells are selected now: said, and the keys for them shown."""
        view = self._window.view
        if view is not None:
            self._show_grid_keys(view)
            text = ngettext("{count} cell selected", "{count} cells selected", count).format(count=count)
            self._window.tell(text if count > 1 else "")
