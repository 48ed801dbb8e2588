"""The note as it stands, and from which findings each sentence of it came."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontDatabase,
    QKeyEvent,
    QMouseEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from exam_app.core.errors import UserError
from exam_app.core.form.form import Form
from exam_app.core.messages import sentence
from exam_app.core.record.record import ExamRecord
from exam_app.core.words import _, ngettext
from exam_app.gui.parts import clipboard
from exam_app.gui.parts.faces import cell_context, side_of
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.parts.layouts import ENTER_KEYS
from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import RoleLabel, button
from exam_app.services.context import Context

if TYPE_CHECKING:
    from exam_app.services.export import NoteText

NOTE_PAUSE_MS = 250
"""The note is written anew when nothing has changed for so long."""
MOST_NAMES = 3
"""Findings named under the note; of further ones the number."""
LINES_OF_NAMES = 4


class NotePage(QPlainTextEdit):
    """A text to read, sentence by sentence: `pointed` is the address of each finding behind the sentence under the
    mouse, or else under the text cursor while the page has the focus, empty where there is none. `wanted` is the first
    of them at Enter or at a double click. The sentence stands out by its ground and a line under it.
    """

    pointed = Signal(tuple)
    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note: NoteText | None = None
        self._under_mouse: int | None = None
        self._shown: tuple[str, ...] = ()
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.viewport().setMouseTracking(True)
        self.cursorPositionChanged.connect(self._cursor_moved)
        theme().changed.connect(self._point)

    def show_note(self, note: NoteText) -> None:
        """Show a note; the place in it is kept."""
        seen, at = self.verticalScrollBar().value(), self.textCursor().position()
        self._note = None
        self._under_mouse = None
        self.setPlainText(note.text)
        self._note = note
        cursor = self.textCursor()
        cursor.setPosition(min(at, len(self.toPlainText())))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(seen)
        self._point()

    def show_words(self, text: str) -> None:
        """Show words that come from no finding."""
        self._note = None
        self.setPlainText(text)
        self._point()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's own name: the sentence under the mouse."""
        super().mouseMoveEvent(event)
        self._under_mouse = self._index_at(event.position().toPoint())
        self._point()

    def viewportEvent(self, event: QEvent) -> bool:
        """Qt's own name: the mouse leaves the text."""
        if event.type() == QEvent.Type.Leave:
            self._under_mouse = None
            self._point()
        return super().viewportEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt's own name: a double click asks for the finding."""
        self._want(self._index_at(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Enter asks for the finding of the sentence with the text cursor."""
        if event.key() in ENTER_KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._want(self._index_of(self._place()))
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's own name: from now on the text cursor points."""
        super().focusInEvent(event)
        self._point()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's own name: the text cursor no longer points."""
        super().focusOutEvent(event)
        self._point()

    def _cursor_moved(self) -> None:
        if self._note is None:
            return
        # The cursor was moved after the mouse: it is what the reader looks at.
        self._under_mouse = None
        self._point()

    def _place(self) -> int:
        """The cursor in characters of the note; Qt counts a sign beyond U+FFFF as two."""
        return self._in_characters(self.textCursor().position())

    def _in_characters(self, position: int) -> int:
        units = self.toPlainText().encode("utf-16-le")[: 2 * position]
        return len(units.decode("utf-16-le", "ignore"))

    def _in_units(self, place: int) -> int:
        text = self._note.text if self._note is not None else ""
        return len(text[:place].encode("utf-16-le")) // 2

    def _index_at(self, point: QPoint) -> int | None:
        """The span under a point of the text; None beside it."""
        cursor = self.cursorForPosition(point)
        place = self.cursorRect(cursor)
        beside = abs(point.x() - place.x()) > 2 * self.fontMetrics().averageCharWidth()
        if beside or not place.top() <= point.y() <= place.bottom():
            return None
        return self._index_of(self._in_characters(cursor.position()))

    def _index_of(self, place: int) -> int | None:
        spans = self._note.spans if self._note is not None else ()
        return next((index for index, span in enumerate(spans) if span.start <= place < span.end), None)

    def _point(self) -> None:
        """Mark the sentence pointed at and tell its findings."""
        index = self._under_mouse
        if index is None and self.hasFocus():
            index = self._index_of(self._place())
        note = self._note
        self.setExtraSelections([] if note is None or index is None else [self._mark(note, index)])
        told = () if note is None or index is None else tuple(dict.fromkeys(note.spans[index].addresses))
        if told != self._shown:
            self._shown = told
            self.pointed.emit(told)

    def _mark(self, note: NoteText, index: int) -> QTextEdit.ExtraSelection:
        span, palette = note.spans[index], theme().palette
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._in_units(span.start))
        cursor.setPosition(self._in_units(span.end), QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = cursor
        style = mark.format
        style.setBackground(palette.color("accent_tint"))
        style.setFontUnderline(True)
        mark.format = style
        return mark

    def _want(self, index: int | None) -> None:
        if self._note is not None and index is not None:
            self.wanted.emit(self._note.spans[index].addresses[0])


class NoteView(QWidget):
    """The note, written anew in a job when changing pauses; the findings of the sentence pointed at; and a button that
    copies the note. `findings_pointed` carries their addresses, `finding_wanted` the one to go to.
    """

    findings_pointed = Signal(tuple)
    finding_wanted = Signal(str)

    def __init__(self, context: Context, form: Form, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._form = form
        self._jobs = jobs
        self._record: ExamRecord | None = None
        self._written: ExamRecord | None = None
        self._is_writing = False
        self._note: NoteText | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(NOTE_PAUSE_MS)
        self._timer.timeout.connect(self._write)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 14, 12)
        self.text = NotePage(self)
        self.text.setAccessibleName(_("The note so far"))
        self.text.setAccessibleDescription(_("Enter goes to the finding of the sentence with the text cursor."))
        self.text.pointed.connect(self._name)
        self.text.pointed.connect(self.findings_pointed)
        self.text.wanted.connect(self.finding_wanted)
        column.addWidget(self.text, 1)
        self.source = RoleLabel("", "small", self, wraps=True)
        self.source.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.source)
        self.copy = button(_("Copy the note"), "", self)
        self.copy.clicked.connect(self._copy)
        column.addWidget(self.copy)
        theme().changed.connect(self._fit)
        self._fit()
        self._name(())

    def _fit(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(metrics.font_small * theme().scale)
        self.text.setFont(font)
        # Room for the names is kept, so that the note does not move under the mouse.
        self.source.ensurePolished()
        self.source.setMinimumHeight(LINES_OF_NAMES * self.source.fontMetrics().lineSpacing())

    def show_record(self, record: ExamRecord) -> None:
        """Have the note written for this record; only while it is in sight."""
        self._record = record
        if self.isVisible():
            self._timer.start()

    def showEvent(self, event: object) -> None:
        """Qt's own name: a note that comes into sight is written at once."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._write()

    def _write(self) -> None:
        record = self._record
        if record is None or record is self._written or self._is_writing:
            return
        self._is_writing = True
        self._written = record
        self._jobs.run(partial(_note, self._context, record, self._form), self._show, self._failed, self._ended)

    def _show(self, note: NoteText) -> None:
        before = self._note
        self._note = note
        self.text.show_note(note)
        if before is not None and note.text != before.text:
            announce(self.text, _what_is_new(before, note))

    def _failed(self, error: UserError) -> None:
        self.text.show_words(sentence(error))

    def _ended(self) -> None:
        self._is_writing = False
        if self._record is not self._written and self.isVisible():
            self._timer.start()

    def _name(self, addresses: tuple[str, ...]) -> None:
        """Name the findings under the note and say them to a screen reader."""
        if not addresses:
            words = _("Point at a sentence to see its findings; Enter or a double click goes there.")
        else:
            words = _from(addresses, self._form)
            announce(self.text, words)
        self.source.setText(words)
        self.source.setAccessibleName(words)

    def _copy(self) -> None:
        clipboard.copy(self.text.toPlainText())
        self.source.setText(clipboard.copied_text())
        announce(self, clipboard.copied_text())


def _from(addresses: tuple[str, ...], form: Form) -> str:
    names = "; ".join(cell_context(form.addresses[address], side_of(address)) for address in addresses[:MOST_NAMES])
    more = len(addresses) - MOST_NAMES
    if more <= 0:
        return _("From: {findings}").format(findings=names)
    return ngettext("From: {findings} and {more} more", "From: {findings} and {more} more", more).format(
        findings=names, more=more
    )


def _what_is_new(before: NoteText, note: NoteText) -> str:
    """The first sentence of a note that was not in it before, or that the note has changed."""
    known = {before.text[span.start : span.end] for span in before.spans}
    sentences = (note.text[span.start : span.end] for span in note.spans)
    fresh = next((sentence for sentence in sentences if sentence not in known), None)
    return _("The note has changed.") if fresh is None else _("In the note: {sentence}").format(sentence=fresh)


def _note(context: Context, record: ExamRecord, form: Form) -> NoteText:
    from exam_app.services.export import note_spans

    return note_spans(context, record, form)
