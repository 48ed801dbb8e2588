"""What the recorded features of the chosen movement are typical of and against, folded away until it is asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from exam_app.core.derived.contrasting import Told, contrast
from exam_app.core.form.contrast import Contrast
from exam_app.core.form.form import Form
from exam_app.core.record.record import Examination
from exam_app.core.record.values import GroupValue
from exam_app.core.words import _
from exam_app.gui.fields.folds import FoldHeading
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import RoleLabel

_ROOM_FOR_THREE = 400


class ContrastView(QWidget):
    """A heading that unfolds a table: every candidate in the order of the form, and the names of the features.

    Nothing is counted, ranked or totalled, and nothing of it is printed. It is worked out only while it is unfolded.
    """

    def __init__(self, form: Form, parent: QWidget) -> None:
        """Hidden until `show_entry`."""
        super().__init__(parent)
        self._tables = tuple(form.contrasts.values())
        self._record: Examination | None = None
        self._entry: GroupValue | None = None
        self._shown: tuple[Told, ...] | None = None
        self._was_narrow = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, metrics.gap, 0, 0)
        column.setSpacing(metrics.gap_small)
        self.heading = FoldHeading(_("Recorded features typical of / against"), frozenset(), self)
        self.heading.toggled.connect(self._work_out)
        column.addWidget(self.heading)
        self._body = QWidget(self)
        self._rows = QGridLayout(self._body)
        self._rows.setContentsMargins(metrics.gap, 0, 0, 0)
        self._rows.setHorizontalSpacing(metrics.gap_large)
        column.addWidget(self._body)
        self.setVisible(False)
        self._body.setVisible(False)

    def show_record(self, record: Examination | None) -> None:
        """The record, whose history counts too."""
        self._record = record
        self._work_out()

    def show_entry(self, entry: GroupValue | None) -> None:
        """The chosen movement; None hides the table."""
        self._entry = entry
        self.setVisible(entry is not None and bool(self._tables))
        self._work_out()

    def _work_out(self) -> None:
        is_open = self.heading.isChecked()
        self._body.setVisible(is_open)
        if not is_open or self._entry is None or self._record is None:
            self.heading.setAccessibleDescription(_("Opened.") if is_open else _("Folded away; Enter opens it."))
            return
        entry, record = self._entry, self._record
        told = tuple(each for table in self._tables for each in contrast(table, entry, record).told)
        if told != self._shown:
            self._shown = told
            self._fill(told)
        self.heading.setAccessibleDescription(
            "\n".join([_how_to_read(self._tables), *(sentence(each) for each in told)])
        )

    @property
    def _is_narrow(self) -> bool:
        """Whether there is no room for three columns: then a candidate stands above what speaks for and against it."""
        return self.width() < theme().px(_ROOM_FOR_THREE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: as many columns as there is room for."""
        super().resizeEvent(event)
        if self._shown is not None and self._is_narrow is not self._was_narrow:
            self._fill(self._shown)

    def _fill(self, told: tuple[Told, ...]) -> None:
        while (old := self._rows.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._was_narrow = self._is_narrow
        for column, share in enumerate((0, 1, 1) if self._was_narrow else (2, 3, 3)):
            self._rows.setColumnStretch(column, share)
        self._rows.addWidget(_label(_how_to_read(self._tables), "muted"), 0, 0, 1, 3)
        self._put(1, ("", _("Typical of it"), _("Against it")), "strong")
        for row, each in enumerate(told, start=2):
            self._put(row, (each.candidate.label, _listed(each.typical), _listed(each.against)), "")

    def _put(self, row: int, texts: tuple[str, str, str], role: str) -> None:
        first, *others = texts
        across = 3 if self._was_narrow else 1
        if first or not self._was_narrow:
            self._rows.addWidget(_label(first, "strong"), 2 * row, 0, 1, across)
        for column, text in enumerate(others, start=1):
            self._rows.addWidget(_label(text, role), 2 * row + (1 if self._was_narrow else 0), column)


def sentence(told: Told) -> str:
    """A candidate in one sentence, for a screen reader."""
    return _("{candidate}: typical of it: {typical}; against it: {against}.").format(
        candidate=told.candidate.label, typical=_listed(told.typical), against=_listed(told.against)
    )


def _how_to_read(tables: tuple[Contrast, ...]) -> str:
    words = _("By name, in a fixed order. What is unknown or was not asked counts for nothing.")
    if all(table.reviewed is not None for table in tables):
        return words
    return _("{words} Not yet clinically reviewed.").format(words=words)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) if names else _("none recorded")


def _label(text: str, role: str) -> RoleLabel:
    label = RoleLabel(text, role, wraps=True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return label
