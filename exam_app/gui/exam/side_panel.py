"""The panel at the right: how to test the focused item, and a second page, such as the note so far."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QTabBar, QTabWidget, QVBoxLayout, QWidget

from exam_app.core.form.form import Form
from exam_app.core.form.kinds import GradeKind, Item
from exam_app.core.form.scale import Scale
from exam_app.core.words import _
from exam_app.gui.exam.panel_edge import PanelEdge
from exam_app.gui.parts.accessible import Spoken
from exam_app.gui.parts.faces import main_field, row_detail
from exam_app.gui.parts.focus import holds_focus
from exam_app.gui.parts.preferences import LEAST_PANEL, MOST_PANEL, USUAL_PANEL, SidePanelState
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import RoleLabel, SectionHeading, set_look, set_role


class HowToTest(QScrollArea):
    """How to test an item, what is normal, what to watch for, and the anchors of its scale."""

    def __init__(self, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self, "reading")
        self.setAccessibleName(_("How to test"))
        self._form = form
        self._item: Item | None = None
        # Made once and filled with each item's words: new labels would be styled anew at every step through the grid.
        page = QWidget(self)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(8, 14, 14, 14)
        self._column.setSpacing(metrics.gap_small)
        self._title = self._part("large", 0)
        self._detail = self._part("muted", 0)
        self._how = self._part("")
        self._scale_title = self._heading("")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(metrics.gap_large)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._column.addLayout(self._grid)
        self._grades: list[tuple[RoleLabel, RoleLabel]] = []
        self._anchors: dict[str, RoleLabel] = {}
        self._normal_title, self._normal = self._heading(_("Normal")), self._part("", 0)
        self._pitfall_title, self._pitfall = self._heading(_("Watch for")), self._part("", 0)
        self._unreviewed = self._part("small", metrics.gap + metrics.gap_small)
        for heading in (self._scale_title, self._normal_title, self._pitfall_title):
            heading.hide()  # where a section opens that asks nothing, no item fills them
        self._column.addStretch(1)
        self.setWidget(page)

    def _part(self, role: str, above: int = metrics.gap_small) -> RoleLabel:
        label = RoleLabel("", role, wraps=True)
        label.setContentsMargins(0, above, 0, 0)
        self._column.addWidget(label)
        return label

    def _heading(self, text: str) -> SectionHeading:
        heading = SectionHeading(text)
        heading.setContentsMargins(0, metrics.gap_small, 0, 0)
        self._column.addWidget(heading)
        return heading

    def spoken(self) -> Spoken:
        """For assistive technology: a text to read."""
        return Spoken(QAccessible.Role.Document, self.accessibleName())

    def show_item(self, item: Item, token: str | None) -> None:
        """Show the help of an item; `token` is its present grade, which is marked among the anchors."""
        if item is not self._item:
            self._item = item
            self._fill(item)
        for each, label in self._anchors.items():
            set_look(label, "role", "strong" if each == token else "")

    def _fill(self, item: Item) -> None:
        field = main_field(item)
        scale = self._form.scales[field.scale] if isinstance(field, GradeKind) else None
        # The scale that is shown with an item waits for a clinician as the item itself does.
        is_reviewed = item.reviewed is not None and (scale is None or scale.reviewed is not None)
        unreviewed = None if is_reviewed else _("Not yet clinically reviewed.")
        for label, text in (
            (self._title, item.label),
            (self._detail, row_detail(item)),
            (self._how, item.how_to_test),
            (self._normal, item.normal_finding),
            (self._pitfall, item.pitfall),
            (self._unreviewed, unreviewed),
        ):
            label.setText(text or "")
            label.setVisible(bool(text))
        self._normal_title.setVisible(bool(item.normal_finding))
        self._pitfall_title.setVisible(bool(item.pitfall))
        self._fill_scale(scale)
        words = [item.label, item.how_to_test, item.normal_finding, item.pitfall, unreviewed]
        self.setAccessibleDescription(" ".join(word for word in words if word))
        self.verticalScrollBar().setValue(0)

    def _fill_scale(self, scale: Scale | None) -> None:
        grades = tuple(reversed(scale.grades)) if scale is not None else ()
        while len(self._grades) < len(grades):
            at, pair = len(self._grades), (RoleLabel("", "strong"), RoleLabel("", wraps=True))
            self._grid.addWidget(pair[0], at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(pair[1], at, 1)
            self._grades.append(pair)
        for at, (token, anchor) in enumerate(self._grades):
            token.setVisible(at < len(grades))
            anchor.setVisible(at < len(grades))
        for (token, anchor), grade in zip(self._grades, grades, strict=False):
            token.setText(grade.token.replace("-", "\u2212"))
            anchor.setText(grade.anchor)
        self._anchors = {grade.token: pair[1] for pair, grade in zip(self._grades, grades, strict=False)}
        self._scale_title.setVisible(scale is not None)
        self._scale_title.show_text(scale.label if scale is not None else "")


class SidePanel(QFrame):
    """How to test and a second page as tabs. `left` is Escape: back to the grid; `arranged` carries the state that the
    user has put the panel into.
    """

    left = Signal()
    arranged = Signal(object)

    def __init__(self, form: Form, second: QWidget, title: str, parent: QWidget | None = None) -> None:
        """`second` is the page beside how to test, such as the note, and `title` its tab."""
        super().__init__(parent)
        set_role(self, "rail")
        self._state = SidePanelState()
        self._room = 1
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(0, 8, 0, 0)
        self.tabs = QTabWidget(self)
        # Python forgets a bar that Qt made when a widget goes that stood before it in the order of Tab.
        self.tabs.setTabBar(QTabBar(self.tabs))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.how_to_test = HowToTest(form, self.tabs)
        self.second = second
        self.tabs.addTab(self.how_to_test, _("How to test"))
        self.tabs.addTab(second, title)
        self.tabs.tabBar().setAccessibleName(_("How to test; {page}").format(page=title))
        column.addWidget(self.tabs)
        self.tabs.currentChanged.connect(self._tab_changed)
        self.edge = PanelEdge(self)
        self.edge.width_wanted.connect(self._be_wide)
        self.edge.settled.connect(self._edge_settled)
        self.edge.usual_asked.connect(self._be_usual)
        row.addWidget(self.edge)
        row.addLayout(column, 1)
        theme().changed.connect(self._fit)
        self._fit()

    def arrange(self, state: SidePanelState) -> None:
        """Be as the user has left the panel."""
        self._state = state
        self._bring(self.second if state.tab == "note" else self.how_to_test)
        self._fit()

    def find_room(self, room: int) -> None:
        """Be in sight where the panel is wanted and there is room for it, in pixels, and while it has the focus."""
        self.setVisible((self._state.wanted and room > 0) or holds_focus(self))
        if room != self._room:
            self._room = room
            self._fit()

    def toggle(self, room: int) -> None:
        """Show the panel, or hide it and go back to the grid. Where there is no room it is shown with the focus."""
        wanted = not self.isVisible()
        self._keep(replace(self._state, wanted=wanted))
        if wanted and room <= 0:
            self.show()
            self.tabs.currentWidget().setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not wanted and holds_focus(self):
            self.left.emit()
        self.find_room(room)

    def _tab_changed(self) -> None:
        self._keep(replace(self._state, tab="note" if self.tabs.currentWidget() is self.second else "how_to_test"))

    def _keep(self, state: SidePanelState) -> None:
        if state != self._state:
            self._state = state
            self.arranged.emit(state)

    def _bring(self, page: QWidget) -> None:
        """Bring a tab into sight without taking it for the user's choice."""
        self.tabs.currentChanged.disconnect(self._tab_changed)
        self.tabs.setCurrentWidget(page)
        self.tabs.currentChanged.connect(self._tab_changed)

    def _most(self) -> int:
        """No wider than this in pixels: as there is room, at least the usual width; where there is none, the least."""
        return max(theme().side_px(USUAL_PANEL), self._room) if self._room > 0 else theme().side_px(LEAST_PANEL)

    def _fit(self) -> None:
        self.setFixedWidth(min(theme().side_px(self._state.width), self._most()) + self.edge.for_a_finger)
        self.edge.show_width(self.minimumWidth())

    def _be_wide(self, pixels: int) -> None:
        most = min(theme().side_px(MOST_PANEL), self._most())
        wanted = max(theme().side_px(LEAST_PANEL), min(pixels - self.edge.for_a_finger, most))
        self._state = replace(self._state, width=round(wanted / theme().side_px(100) * 100))
        self._fit()

    def _edge_settled(self) -> None:
        self.arranged.emit(self._state)

    def _be_usual(self) -> None:
        self._keep(replace(self._state, width=USUAL_PANEL))
        self._fit()

    def enter_how_to_test(self) -> None:
        """Put the focus on how to test."""
        self.tabs.setCurrentWidget(self.how_to_test)
        self.how_to_test.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave_out_help(self) -> None:
        """Only the second page is there."""
        self.tabs.removeTab(self.tabs.indexOf(self.how_to_test))
        self.how_to_test.hide()

    def enter_second(self) -> None:
        """Put the focus on the second page."""
        self.tabs.setCurrentWidget(self.second)
        self.second.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_second(self) -> None:
        """Bring the second page into sight, without the focus."""
        self._bring(self.second)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
