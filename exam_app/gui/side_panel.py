"""The panel at the right: how to test the focused item, and the note so far."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from exam_app.core.form import Form
from exam_app.core.kinds import GradeKind, Item
from exam_app.core.scale import Scale
from exam_app.core.words import _
from exam_app.gui.accessible import Spoken
from exam_app.gui.faces import main_field, row_detail
from exam_app.gui.jobs import Jobs
from exam_app.gui.note_view import NoteView
from exam_app.gui.theme import metrics, theme
from exam_app.gui.widgets import RoleLabel, SectionHeading, set_look, set_role
from exam_app.services.context import Context

WIDTH = 312
"""The panel takes at most this share of the window, however large the text."""


class HowToTest(QScrollArea):
    """How to test an item, what is normal, what to watch for, and the anchors of its scale."""

    def __init__(self, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("How to test"))
        self._form = form
        self._item: Item | None = None
        self._anchors: dict[str, RoleLabel] = {}

    def spoken(self) -> Spoken:
        """For assistive technology: a text to read."""
        return Spoken(QAccessible.Role.Document, self.accessibleName())

    def show_item(self, item: Item, token: str | None) -> None:
        """Show the help of an item; `token` is its present grade, which is marked among the anchors."""
        if item is not self._item:
            self._item = item
            self._build(item)
        for each, label in self._anchors.items():
            set_look(label, "role", "strong" if each == token else "")

    def _build(self, item: Item) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(18, 14, 14, 14)
        column.setSpacing(metrics.gap_small)
        column.addWidget(RoleLabel(item.label, "large", wraps=True))
        detail = row_detail(item)
        if detail:
            column.addWidget(RoleLabel(detail, "muted", wraps=True))
        self._part(column, "", item.how_to_test)
        self._anchors = {}
        field = main_field(item)
        if isinstance(field, GradeKind):
            self._scale(column, self._form.scales[field.scale])
        self._part(column, _("Normal"), item.normal_finding)
        self._part(column, _("Watch for"), item.pitfall)
        unreviewed = _("Not yet clinically reviewed.") if self._is_unreviewed(item) else None
        if unreviewed:
            column.addSpacing(metrics.gap)
            column.addWidget(RoleLabel(unreviewed, "small", wraps=True))
        column.addStretch(1)
        self.setWidget(page)
        words = [item.label, item.how_to_test, item.normal_finding, item.pitfall, unreviewed]
        self.setAccessibleDescription(" ".join(word for word in words if word))

    def _is_unreviewed(self, item: Item) -> bool:
        """Whether the item or the scale that is shown with it waits for a clinician."""
        field = main_field(item)
        scale = self._form.scales[field.scale] if isinstance(field, GradeKind) else item
        return item.reviewed is None or scale.reviewed is None

    @staticmethod
    def _part(column: QVBoxLayout, heading: str, text: str | None) -> None:
        if not text:
            return
        column.addSpacing(metrics.gap_small)
        if heading:
            column.addWidget(SectionHeading(heading))
        column.addWidget(RoleLabel(text, wraps=True))

    def _scale(self, column: QVBoxLayout, scale: Scale) -> None:
        column.addSpacing(metrics.gap_small)
        column.addWidget(SectionHeading(scale.label))
        grid = QGridLayout()
        grid.setHorizontalSpacing(metrics.gap_large)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for at, grade in enumerate(reversed(scale.grades)):
            token = RoleLabel(grade.token.replace("-", "\u2212"), "strong")
            anchor = RoleLabel(grade.anchor, wraps=True)
            grid.addWidget(token, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(anchor, at, 1)
            self._anchors[grade.token] = anchor
        column.addLayout(grid)


class SidePanel(QFrame):
    """How to test and note as tabs. `left` is Escape: back to the grid. `findings_pointed` carries the addresses behind
    the sentence of the note that is pointed at, empty without one; `finding_wanted` the address to go to.
    """

    left = Signal()
    findings_pointed = Signal(tuple)
    finding_wanted = Signal(str)

    def __init__(self, context: Context, form: Form, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "rail")
        theme().changed.connect(self._fit)
        self._fit()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.how_to_test = HowToTest(form, self.tabs)
        self.note = NoteView(context, form, jobs, self.tabs)
        self.note.findings_pointed.connect(self.findings_pointed)
        self.note.finding_wanted.connect(self.finding_wanted)
        self.tabs.addTab(self.how_to_test, _("How to test"))
        self.tabs.addTab(self.note, _("Note"))
        self.tabs.tabBar().setAccessibleName(_("How to test, or the note"))
        column.addWidget(self.tabs)

    def _fit(self) -> None:
        self.setFixedWidth(theme().side_px(WIDTH))

    def enter_how_to_test(self) -> None:
        """Put the focus on how to test."""
        self.tabs.setCurrentWidget(self.how_to_test)
        self.how_to_test.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_note(self) -> None:
        """Bring the note into sight, without the focus."""
        self.tabs.setCurrentWidget(self.note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
