"""The pages in the middle of the examination screen: its sections and the one behind them, one of them in sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from exam_app.core.editing.session import Change
from exam_app.core.record.record import Examination
from exam_app.gui.exam.rail import REVIEW
from exam_app.gui.exam.section_view import SectionView
from exam_app.gui.parts.focus import focused, holds_focus
from exam_app.gui.parts.keys import Keys
from exam_app.gui.parts.session_bridge import SessionBridge
from exam_app.services.context import Context

_AHEAD_MS = 120
"""Between two sections that are built before anybody asks for them, so that changing to them takes no time."""


class LastPage(Protocol):
    """The page behind the sections: the review, or in practice where the lesion is. A widget."""

    def refresh(self) -> None:
        """Show what follows from the record now."""

    def commit(self) -> None:
        """Give what is typed and not yet told."""

    def enter(self) -> None:
        """Put the focus on what the page is for."""


class Pages(QStackedWidget):
    """The pages of one examination. `section_built` carries the view of a section as soon as there is one; `built`
    comes once all sections have theirs.
    """

    section_built = Signal(object)
    built = Signal()

    def __init__(
        self,
        bridge: SessionBridge,
        context: Context,
        keys: Keys,
        last: Callable[[QWidget], LastPage],
        parent: QWidget,
    ) -> None:
        """`last` makes the page behind the sections."""
        super().__init__(parent)
        self._bridge = bridge
        self._drawings = context.installation.drawings
        self._keys = keys
        self._views: dict[str, SectionView] = {}
        self.page = ""
        made = last(self)
        if not isinstance(made, QWidget):
            raise TypeError("a page is a widget")
        self.last, self._last = made, made
        self.addWidget(made)
        self._ahead = QTimer(self)
        self._ahead.setInterval(_AHEAD_MS)
        self._ahead.timeout.connect(self._build_next)

    # Building ------------------------------------------------------------------------------------------------------

    def view_of(self, section_id: str) -> SectionView:
        """The view of a section, built when it is first asked for."""
        view = self._views.get(section_id)
        if view is None:
            section = self._bridge.form.section_by_id[section_id]
            view = self._views[section_id] = SectionView(section, self._bridge, self._drawings, self._keys, self)
            self.addWidget(view)
            self.section_built.emit(view)
        return view

    def build_ahead(self) -> None:
        """Build the sections one after the other while nothing is being done."""
        self._ahead.start()

    def stop_building(self) -> None:
        """No section is built any more but when it is asked for."""
        self._ahead.stop()

    def _build_next(self) -> None:
        missing = next((each.id for each in self._bridge.form.sections if each.id not in self._views), None)
        if missing is not None:
            self.view_of(missing)
        else:
            self._ahead.stop()
            self.built.emit()

    # In sight ------------------------------------------------------------------------------------------------------

    @property
    def views(self) -> tuple[SectionView, ...]:
        """The views built so far."""
        return tuple(self._views.values())

    @property
    def view(self) -> SectionView | None:
        """The view of the section in sight; None on the review."""
        return self._views.get(self.page)

    def section(self) -> str | None:
        """The section in sight; None on the review."""
        return self.page if self.view is not None else None

    def bring(self, page: str) -> None:
        """Bring a section, or `rail.REVIEW`, into sight; the focus that was on the page before is on nothing then."""
        self.page = page
        if self._ahead.isActive():
            self._ahead.start()  # while pages are changed none is built ahead
        # Qt would look for another widget to give the focus to, through the whole window, before we do.
        here = focused()
        if here is not None and holds_focus(self):
            here.clearFocus()
        if page == REVIEW:
            self._last.refresh()
            self.setCurrentWidget(self.last)
        else:
            self.setCurrentWidget(self.view_of(page))

    def focus_first_gap(self) -> None:
        """Put the focus on the first gap of the section in sight, or on what the review is for."""
        if self.view is not None:
            self.view.focus_first_gap()
        else:
            self._last.enter()

    def focus_current(self) -> None:
        """Put the focus on the cell of the section in sight that had it last, or on what the review is for."""
        if self.view is not None:
            self.view.focus_current()
        else:
            self._last.enter()

    # The record ----------------------------------------------------------------------------------------------------

    def redraw(self, change: Change[Examination]) -> None:
        """Show what a change touched: in the section in sight first."""
        for view in sorted(self._views.values(), key=self._is_out_of_sight):
            view.redraw(change)

    def _is_out_of_sight(self, view: SectionView) -> bool:
        return view is not self.view

    def show_scope(self) -> None:
        """Other items are asked: every section shows its own."""
        for view in self._views.values():
            view.show_lines()

    def refresh_review(self) -> None:
        """Show on the review, where it is in sight, what follows from the record now."""
        if self.page == REVIEW:
            self._last.refresh()

    def commit(self) -> None:
        """Give what is typed on the page in sight and not yet told."""
        if self.page == REVIEW:
            self._last.commit()
        elif self.view is not None:
            self.view.commit()
