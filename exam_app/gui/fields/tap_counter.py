"""A group that is counted by tapping: one tap for each event, and what follows from duration and times.

Everything can be typed as well: the duration, the times of the events in one line, or their number alone.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from exam_app.core.derived.tapping import AT, EVENTS, Counter, tapped_text
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import Field, Fold, GroupKind, Item, ListKind
from exam_app.core.quick.typed import number_as_typed, value_from_text
from exam_app.core.record.values import GroupValue, ListValue, NumberValue, Value
from exam_app.core.words import _, ngettext
from exam_app.gui.fields.base import EditorMaker, FieldEditor
from exam_app.gui.fields.buttons import RING
from exam_app.gui.fields.groups import GroupEditor
from exam_app.gui.fields.stopwatch import Clock, computer_clock
from exam_app.gui.fields.writing import TypedEditor
from exam_app.gui.parts.focus import Inserted
from exam_app.gui.parts.layouts import ENTER_KEYS
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import RoleLabel, button, set_look

_REDRAWN_EVERY = 100
_TALL = 56
"""The height of the button that is tapped, in pixels."""
NONE = "none"
"""How "no events" is typed."""


class TimesEditor(TypedEditor):
    """The times of the events in one line: `3.1, 8.0, 12.4`, or `none`."""

    def __init__(self, field: Field | Item, form: Form, parent: QWidget | None = None) -> None:
        """`field` is the list of events of a counter."""
        super().__init__(field, form, parent)
        if not isinstance(field, ListKind):
            raise TypeError(f"'{field.id}' is no list")
        self._at = field.by_id[AT]
        self.line = QLineEdit()
        self.line.textEdited.connect(self.on_typed)
        self.line.installEventFilter(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(RING, RING, RING, 0)
        box.setSpacing(2)
        box.addWidget(self.line)
        box.addWidget(self.hint)
        self.setFocusProxy(self.line)
        self._say("")

    def written(self) -> str:
        """The text as it stands in the line."""
        return self.line.text()

    def read(self) -> Value | str:
        """The times, or how to write them; a line that nobody changed says what is recorded."""
        if self._value is not None and self.written() == self._text_of(self._value):
            return self._value
        text = self.written().strip()
        if text == NONE:
            return ListValue(entries=())
        entries = []
        for part in text.replace(",", " ").split():
            value = value_from_text(self._at, self.form, part)
            if not isinstance(value, NumberValue):
                return self._how()
            entries.append(GroupValue(fields={AT: value}))
        return ListValue(entries=tuple(entries)) if entries else self._how()

    @staticmethod
    def _how() -> str:
        return _("Seconds from the start, such as 3.1, 8.0, 12.4; or none")

    @staticmethod
    def _text_of(value: Value | None) -> str:
        if not isinstance(value, ListValue):
            return ""
        times = (entry.fields.get(AT) for entry in value.entries)
        texts = (number_as_typed(each) if isinstance(each, NumberValue) else _("unable") for each in times)
        return ", ".join(texts) if value.entries else NONE

    def _say(self, fault: str) -> None:
        super()._say(fault)
        if not fault:
            self.hint.setText(self._how())
            self.hint.setVisible(True)

    def _show(self, value: Value | None) -> None:
        if self._matches(value):
            return
        self._pending = False
        self._pause.stop()
        self._say("")
        self.line.setText(self._text_of(value))

    def _look_wrong(self, wrong: bool) -> None:
        set_look(self.line, "wrong", wrong)

    def _name_parts(self, words: str) -> None:
        self.line.setAccessibleName(words)
        self.line.setAccessibleDescription(self._how())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own name: leaving the line tells what is in it, Enter too, which goes no further from a fault."""
        if watched is self.line and isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self.left(event)
        return self.enter_pressed(event) and bool(self.give())


class TapCounter(GroupEditor):
    """A big button above the fields: Space or a press starts it and then counts an event each time.

    Backspace takes the last tap back, Enter stops. It also stops, and tells what it counted, when the entry or the
    section is left. The fields themselves are folded away while they hold nothing.
    """

    LINES_ABOVE = 1

    def __init__(
        self,
        field: Field | Item,
        form: Form,
        make: EditorMaker,
        parent: QWidget | None = None,
        clock: Clock | None = None,
    ) -> None:
        """`field` is a group with the layout `tap_counter`; `clock` (milliseconds) replaces the computer's."""

        def make_inner(inner: Field | Item, form: Form, parent: QWidget | None) -> FieldEditor:
            return TimesEditor(inner, form, parent) if inner.id == EVENTS else make(inner, form, parent)

        super().__init__(field, form, make_inner, parent, (Fold(title=_("By hand"), fields=_ids(field)),))
        self._counter = Counter(clock or computer_clock())
        self.tap_button = button("")
        self.stop_button = button(_("Stop"))
        self.undo_button = button(_("Take back the last tap"), "quiet")
        self.face = RoleLabel("", "mono")
        self.state = RoleLabel("", "strong", wraps=True)
        self.result = RoleLabel("", "", wraps=True)
        self._grid.addWidget(self._pane(), 0, 0, 1, 2)
        self._redraw = QTimer(self)
        self._redraw.setInterval(_REDRAWN_EVERY)
        self._redraw.timeout.connect(self._show_time)
        # On the press and not on the release: the tap is when the finger comes down.
        self.tap_button.pressed.connect(self.tap)
        self.stop_button.clicked.connect(self.stop)
        self.undo_button.clicked.connect(self.take_back)
        self.tap_button.installEventFilter(self)
        self.setFocusProxy(self.tap_button)
        theme().changed.connect(self._fit_button)
        self._fit_button()
        self._show_state()

    def _pane(self) -> QWidget:
        # Built after the fields, and above them.
        pane = Inserted(self.headings[0])
        column = QVBoxLayout(pane)
        column.setContentsMargins(RING, RING, RING, 0)
        column.setSpacing(metrics.gap_small)
        # The style sheet gives buttons their own least height, so their holder is what makes them tall.
        self._bar = QWidget(pane)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.gap)
        self.tap_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        row.addWidget(self.tap_button, 1)
        row.addWidget(self.stop_button)
        row.addWidget(self.face)
        column.addWidget(self._bar)
        below = QHBoxLayout()
        below.addWidget(self.state, 1)
        below.addWidget(self.undo_button)
        column.addLayout(below)
        column.addWidget(self.result)
        return pane

    # Counting ------------------------------------------------------------------------------------------------------

    @property
    def is_running(self) -> bool:
        """Whether it counts."""
        return self._counter.is_running

    def tap(self) -> None:
        """Start; an event while it runs."""
        if self._counter.is_running:
            self._counter.tap()
        else:
            super().commit()
            self._counter.start()
        self._show_state()

    def take_back(self) -> None:
        """The last tap was none."""
        self._counter.take_back()
        self.tap_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_state()

    def stop(self) -> None:
        """Stop, and tell duration and times in the place of what was there."""
        if not self._counter.is_running:
            return
        if self.stop_button.hasFocus():
            self.tap_button.setFocus(Qt.FocusReason.OtherFocusReason)
        counted = self._counter.stop()
        self._show_state()
        self._answer(counted)

    def commit(self) -> None:
        """Stop and tell what was counted; tell what is typed in any field."""
        self.stop()
        super().commit()

    def take_key(self, event: QKeyEvent) -> bool:
        """While it runs Backspace takes the last tap back and Enter stops; the fields take their own keys."""
        in_pane = self.tap_button.hasFocus() or self.stop_button.hasFocus() or self.undo_button.hasFocus()
        if not in_pane:
            return super().take_key(event)
        if self._counter.is_running and event.key() == Qt.Key.Key_Backspace:
            self.take_back()
            return True
        if self._counter.is_running and event.key() in ENTER_KEYS:
            self.stop()
            return True
        return False

    # What is shown -------------------------------------------------------------------------------------------------

    def set_context(self, words: str) -> None:
        """Name the editor; under another name nothing is counted on, so `commit` first."""
        if words != self.accessibleName() and self._counter.is_running:
            self._counter.stop()
            self._show_state()
        super().set_context(words)

    def show_value(self, value: Value | None) -> None:
        """Show duration and times, and what follows from them."""
        super().show_value(value)
        self._show_result()

    def _answer(self, value: Value | None) -> None:
        super()._answer(value)
        self._show_result()

    def _show_result(self) -> None:
        said = tapped_text(self._value) or ""
        self.result.setText(said)
        self.result.setVisible(bool(said) and not self._counter.is_running)

    def _show_state(self) -> None:
        running, taps = self._counter.is_running, self._counter.taps
        self.tap_button.setText(_("Tap for each event") if running else _("Start counting"))
        self.tap_button.setToolTip(_("Space"))
        set_look(self.tap_button, "role", "primary" if running else "")
        self.stop_button.setEnabled(running)
        self.undo_button.setEnabled(running and taps > 0)
        self.undo_button.setVisible(running)
        self.face.setVisible(running)
        counted = ngettext("{count} event", "{count} events", taps).format(count=taps)
        said = _("\u25cf Counting: {events}").format(events=counted) if running else ""
        self.state.setText(said)
        self.state.setVisible(running)
        self._describe(counted)
        self._show_time()
        self._show_result()
        if running and self.isVisible():
            self._redraw.start()
        else:
            self._redraw.stop()

    def _describe(self, counted: str) -> None:
        keys = _("Space counts an event, Backspace takes the last one back, Enter stops.")
        begins = _("Space starts it, then counts an event each time.")
        said = f"{counted}. {keys}" if self._counter.is_running else begins
        self.tap_button.setAccessibleDescription(said)

    def _show_time(self) -> None:
        elapsed = self._counter.elapsed
        self.face.setText(f"{int(elapsed // 60)}:{elapsed % 60:04.1f}")

    def _name_parts(self, words: str) -> None:
        super()._name_parts(words)
        self.tap_button.setAccessibleName(_("Count events: {field}").format(field=words))
        self.stop_button.setAccessibleName(_("Stop counting: {field}").format(field=words))
        self.undo_button.setAccessibleName(_("Take back the last tap: {field}").format(field=words))

    def _fit_button(self) -> None:
        self._bar.setFixedHeight(theme().px(_TALL))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own name: a style may press a button with Enter, which stops here."""
        if watched is self.tap_button and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.take_key(event)
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's own name: a running counter is drawn again."""
        super().showEvent(event)
        self._show_state()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt's own name: what was counted is told when the section is left."""
        self.stop()
        self._redraw.stop()
        super().hideEvent(event)


def _ids(field: Field | Item) -> tuple[str, ...]:
    return tuple(inner.id for inner in field.fields) if isinstance(field, GroupKind) else ()
