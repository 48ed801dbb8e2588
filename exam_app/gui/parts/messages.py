"""What goes wrong, told to the user: expected errors as sentences, bugs as one dialog and a crash file."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from exam_app.core.errors import UserError
from exam_app.core.messages import sentence
from exam_app.core.words import _, ngettext
from exam_app.gui.parts.theme import theme
from exam_app.gui.parts.widgets import within_screen

APPLICATION_TITLE = "exam_app"
MOST_FAULTS = 12
"""At 100 % text size; with larger text fewer, so that the message stays on the screen."""
_TEXT_WIDTH = 400

send_to_screen_reader = QAccessible.updateAccessibility
CrashWriter = Callable[[BaseException], Path | None]


def error_text(error: UserError) -> str:
    """The sentence of an expected error and its faults, one a line; of very many the first and how many more."""
    most = round(MOST_FAULTS / theme().scale)
    lines = [sentence(error), *(f"• {fault}" for fault in error.faults[:most])]
    more = len(error.faults) - most
    if more > 0:
        lines.append(ngettext("and {count} more.", "and {count} more.", more).format(count=more))
    return "\n".join(lines)


def show_error(parent: QWidget | None, error: UserError) -> QMessageBox:
    """Open a message over a window without stopping it. The message deletes itself when it is closed."""
    return _open_box(parent, QMessageBox.Icon.Warning, error_text(error))


def show_notice(parent: QWidget | None, text: str) -> QMessageBox:
    """Open a sentence over a window without stopping it. The message deletes itself when it is closed."""
    return _open_box(parent, QMessageBox.Icon.Information, text)


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have a screen reader say something that changed away from the focus: when it has finished, or at once."""
    event = QAccessibleAnnouncementEvent(widget, text)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    send_to_screen_reader(event)


@runtime_checkable
class Teller(Protocol):
    """A window with a place for a sentence on what has just happened."""

    def tell_soon(self, text: str) -> None:
        """Show the sentence once what is being done is done."""


def tell_around(widget: QWidget, text: str) -> None:
    """Have the window around a widget show a sentence; a screen reader says it in any case."""
    here: QWidget | None = widget
    while here is not None and not isinstance(here, Teller):
        here = here.parentWidget()
    if isinstance(here, Teller):
        here.tell_soon(text)
    else:
        announce(widget, text)


class _Box(QMessageBox):
    """A message in lines of a width that grows with the text. Qt's own does not, so that large text would make a narrow
    and very high box; and where Qt is given a width, it takes a long text for one line that fits."""

    def event(self, event: QEvent) -> bool:
        """Qt's own name: whenever Qt has placed the text."""
        taken = super().event(event)
        if event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._place()
        return taken

    def _place(self) -> None:
        label, layout = self.findChild(QLabel, "qt_msgbox_label"), self.layout()
        if label is None or layout is None:
            return
        label.setWordWrap(True)
        label.setFixedWidth(within_screen(self, _TEXT_WIDTH, 0, beside=160).width())
        layout.activate()
        width = layout.totalMinimumSize().width()
        self.setFixedSize(width, layout.totalHeightForWidth(width))


def _open_box(parent: QWidget | None, icon: QMessageBox.Icon, text: str) -> QMessageBox:
    box = _Box(icon, APPLICATION_TITLE, "", QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    box.open()
    return box


class CrashReporter(QObject):
    """Takes every exception that nobody expected, in slots and in threads: a crash file, and one dialog at a time."""

    _caught = Signal(object)

    def __init__(self, write: CrashWriter, parent: QObject | None = None) -> None:
        """`write` writes the crash file and returns its path, or None where it could not."""
        super().__init__(parent)
        self._write = write
        self._box: QMessageBox | None = None
        self._hooks = (sys.excepthook, threading.excepthook)
        # From other threads this is queued, so that the dialog is made in the window's thread.
        self._caught.connect(self._show)

    def install(self) -> None:
        """From now on."""
        self._hooks = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def remove(self) -> None:
        """As it was before `install`."""
        sys.excepthook, threading.excepthook = self._hooks

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._caught.emit(self._write(error))

    def _thread_hook(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._hook(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _show(self, file: Path | None) -> None:
        if self._box is not None:
            return
        text = _(
            "Something went wrong. What was saved is safe. You can go on; if it happens again, close and open again."
        )
        if file is not None:
            where = _("The file {file} says where in the program it happened. It holds no patient data.")
            text = f"{text}\n\n{where.format(file=file)}"
        self._box = _open_box(QApplication.activeWindow(), QMessageBox.Icon.Critical, text)
        self._box.destroyed.connect(self._closed)

    def _closed(self) -> None:
        self._box = None
