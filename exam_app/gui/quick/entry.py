"""Quick entry in the window: the line, its preview, and the one step that Enter records."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from exam_app.core.quick.entry import NotReady, Preview, Ready, edit_of, parse
from exam_app.core.words import _
from exam_app.gui.parts.keys import Keys
from exam_app.gui.parts.layouts import COMMAND_MODIFIERS, ENTER_KEYS
from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.overlay import Overlay
from exam_app.gui.parts.session_bridge import SessionBridge
from exam_app.gui.parts.theme import theme
from exam_app.gui.quick.line import QuickLine, Recall
from exam_app.gui.quick.preview import QuickPanel
from exam_app.gui.quick.rows import Row, footer_of, obstacle_of, rows_of, summary_of

_COMMAND = "quick_entry"
_PAUSE_MS = 500
"""The preview is said to a screen reader when no key was pressed for so long."""
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class QuickEntry(QObject):
    """Joins the line, its preview and the record of one window.

    `recorded` carries the words of each entry of a line that was recorded. `lost` asks for another place for the focus:
    where it was before is no longer there. What takes the focus from the line within the window empties it, so that
    nothing stands there that might be taken for recorded; the up key brings it back.
    """

    recorded = Signal(list)
    lost = Signal()

    def __init__(
        self,
        line: QuickLine,
        window: QWidget,
        bridge: SessionBridge,
        keys: Keys,
        section: Callable[[], str | None],
    ) -> None:
        """`section` gives the id of the section in sight."""
        super().__init__(window)
        self.line = line
        self.panel = QuickPanel(window)
        self._window, self._bridge, self._keys, self._section = window, bridge, keys, section
        self._recall = Recall()
        self._preview: Preview = NotReady(())
        self._back_to: QWidget | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._say_preview)
        line.installEventFilter(self)
        line.textChanged.connect(self._show_preview)
        line.textEdited.connect(self._edited)
        self.panel.taken.connect(self._take)
        bridge.changed.connect(self._follow)
        theme().changed.connect(self._follow)
        window.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    def open(self) -> None:
        """Put the focus in the line; Escape brings it back to where it is now."""
        for overlay in self._window.findChildren(Overlay):
            overlay.close_panel()
        self.prepare()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def prepare(self) -> None:
        """Work out the names of the form, so that the first key does not wait for them."""
        parse("", self._bridge.record, self._bridge.form, section=None)

    def close(self) -> None:
        """The window closes: nothing that was typed stays in memory."""
        self._pause.stop()
        self._empty()
        self._recall.forget()
        self._window.removeEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.disconnect(self._focus_changed)

    # The preview ---------------------------------------------------------------------------------------------------

    def _edited(self) -> None:
        self._recall.rest()

    def _follow(self) -> None:
        """The record has changed, or the look."""
        if self.panel.isVisible():
            self._show_preview()

    def _show_preview(self) -> None:
        """Show what the line means now."""
        bridge = self._bridge
        self._preview = parse(self.line.text(), bridge.record, bridge.form, section=self._section())
        if not self._preview.parts:
            self._pause.stop()
            self.panel.clear()
            return
        rows, footer = rows_of(self._preview, bridge.form), footer_of(self._preview)
        before = self.line.text()[: self.line.cursorPosition()].split(";")[:-1]
        self.panel.show_rows(rows, footer, self.line, part=sum(bool(piece.strip()) for piece in before))
        self._pause.start()

    def _say_preview(self) -> None:
        if self.panel.isVisible():  # not behind a lock
            announce(self.line, summary_of(self.panel.rows, footer_of(self._preview)))

    # Recording -----------------------------------------------------------------------------------------------------

    def _enter(self) -> None:
        row = self.panel.marked
        if row is not None:
            self._take(row)
        elif isinstance(self._preview, Ready):
            self._record(self._preview)
        elif self.panel.rows:
            self._refuse(_("Nothing was recorded."), obstacle_of(self.panel.rows))

    def _refuse(self, shown: str, said: str) -> None:
        self.panel.refuse(shown)
        self.panel.place(self.line)
        self._pause.stop()
        announce(self.line, said)

    def _record(self, preview: Ready) -> None:
        """All parts as one step; the line is free for the next."""
        why = self._bridge.enter(edit_of(preview))
        if why is not None:
            self._refuse(why, why)
            return
        self._recall.add(self.line.text())
        self._empty()
        self.recorded.emit([entry.words for entry in preview.entries])

    def _empty(self) -> None:
        """Unlike `clear` this leaves nothing that typing's own undo would bring back."""
        self.line.setText("")

    def _take(self, row: Row) -> None:
        """Write a candidate in the place of its part; it is recorded only by the next Enter."""
        pieces = self.line.text().split(";")
        filled = [number for number, piece in enumerate(pieces) if piece.strip()]
        pieces[filled[row.part]] = row.text or ""
        self._recall.rest()
        self.line.setText("; ".join(piece.strip() for piece in pieces))

    # Keys ----------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own name: the keys of the line; the key that leads to it, before a text field takes it; the size."""
        if watched is self._window:
            if event.type() == QEvent.Type.Resize and self.panel.isVisible():
                self.panel.place(self.line)
            return False
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self.line:
            return self._take_key(event)
        held = event.modifiers() & COMMAND_MODIFIERS or not event.text().isprintable()
        if held and self._keys.command_of(event) == _COMMAND:
            self.open()
            return True
        return False

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return self._take_command(event)
        if key in ENTER_KEYS:
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self._go_back()
        elif key == Qt.Key.Key_Tab:
            return self._tab()
        elif key == Qt.Key.Key_Down:
            self._down()
        elif key == Qt.Key.Key_Up:
            self._up()
        elif key in _PAGES:
            self.panel.turn(_PAGES[key])
        else:
            return False
        return True

    def _take_command(self, event: QKeyEvent) -> bool:
        """Keys with Ctrl or Alt are the line's own, but for the key that leads here, which a line takes for deleting,
        and for undo and redo where there is no typing to take back."""
        command = self._keys.command_of(event)
        if command == _COMMAND:
            self.line.selectAll()
            return True
        if command in ("undo", "redo") and not self.line.text() and not self.line.isUndoAvailable():
            event.ignore()
            return True
        return False

    def _tab(self) -> bool:
        """Take the marked candidate, or mark the first; where none can be chosen the focus moves on."""
        row = self.panel.marked
        if row is not None:
            self._take(row)
            return True
        return self._mark(1)

    def _down(self) -> None:
        if self._recall.is_back and self.panel.marked is None:
            self._write(self._recall.newer())
        else:
            self._mark(1)

    def _up(self) -> None:
        if self.panel.marked is not None:
            self._mark(-1)
        else:
            self._write(self._recall.older(self.line.text()))

    def _write(self, text: str | None) -> None:
        if text is not None:
            self.line.setText(text)

    def _mark(self, step: int) -> bool:
        """Mark a candidate and say it; False where there is none."""
        if not self.panel.step(step):
            return False
        row = self.panel.marked
        self._pause.stop()
        announce(self.line, row.says if row is not None else self.panel.footer.text())
        return True

    # Focus ---------------------------------------------------------------------------------------------------------

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Watch what has the focus, for the key that leads here; empty the line when the focus has left it."""
        if old is not None and old is not self.line and shiboken6.isValid(old):
            old.removeEventFilter(self)
        if new is self.line:
            if old is not None and self._window.isAncestorOf(old):
                self._back_to = old
        elif new is not None and self._window.isAncestorOf(new):
            new.installEventFilter(self)
            self._recall.add(self.line.text())
            self._empty()

    def _go_back(self) -> None:
        back = self._back_to
        if back is not None and shiboken6.isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.line.hasFocus():
            self.lost.emit()
