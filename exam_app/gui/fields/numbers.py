"""The editor of a number: a line with its unit and range, "cannot" where the form allows it, and a stopwatch."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from exam_app.core.form.form import Form
from exam_app.core.form.kinds import Field, Item, NumberKind
from exam_app.core.quick.typed import how_to_write, measured_text, number_as_typed, value_from_text
from exam_app.core.record.values import CannotValue, NumberValue, Value
from exam_app.core.words import _
from exam_app.gui.fields.base import plain_text, takes_back
from exam_app.gui.fields.buttons import RING, ButtonRow, Face, SegmentButton
from exam_app.gui.fields.stopwatch import Clock, Stopwatch
from exam_app.gui.fields.writing import TypedEditor
from exam_app.gui.parts.flow import FlowLayout
from exam_app.gui.parts.theme import theme
from exam_app.gui.parts.widgets import RoleLabel, set_look

_TYPED = "0123456789.-/\u2212\u2013"


class NumberEditor(TypedEditor):
    """A number as typed text: `13.6`, `7/10`, `168/102`, `60-90`. Keys from the grid add up and are told at once."""

    def __init__(
        self, field: Field | Item, form: Form, parent: QWidget | None = None, clock: Clock | None = None
    ) -> None:
        """`field` is a number; `clock` replaces the stopwatch's."""
        super().__init__(field, form, parent)
        if not isinstance(field, NumberKind):
            raise TypeError(f"'{field.id}' is no number")
        self.number = field
        self._accumulating = False
        self.line = QLineEdit()
        self.line.setMaxLength(40)
        self.units = self._units_row()
        self.cannot = self._cannot_button()
        self.stopwatch = Stopwatch(clock) if field.layout == "stopwatch" else None
        self._arrange()
        self.line.textEdited.connect(self._on_edited)
        for part in (self.line, *self.findChildren(QAbstractButton)):
            part.installEventFilter(self)
        if self.stopwatch is not None:
            self.stopwatch.stopped.connect(self._on_measured)
        theme().changed.connect(self._fit_width)
        self._fit_width()
        self._say("")
        self.setFocusProxy(self.line)

    def _units_row(self) -> ButtonRow | None:
        if len(self.number.units) < 2:
            return None
        row = ButtonRow([SegmentButton(Face(unit)) for unit in self.number.units])
        row.pressed.connect(self._on_unit)
        return row

    def _cannot_button(self) -> SegmentButton | None:
        if not self.number.cannot:
            return None
        made = SegmentButton(Face(_("cannot")), "abnormal")
        made.clicked.connect(self._on_cannot)
        return made

    def _arrange(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        parts = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        parts.setSizePolicy(policy)
        flow = FlowLayout(parts, spacing=6)
        for part in (self._line_with_unit(), self.units, self.cannot, self.stopwatch):
            if part is not None:
                flow.addWidget(part)
        box.addWidget(parts)
        box.addWidget(self.hint)
        self.hint.setContentsMargins(RING, 0, 0, 0)

    def _line_with_unit(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(RING, RING, 0, RING)
        row.addWidget(self.line)
        if len(self.number.units) == 1:
            row.addWidget(RoleLabel(self.number.units[0], "muted"))
        return made

    def written(self) -> str:
        """The text as it stands in the line."""
        return self.line.text()

    def unit(self) -> str | None:
        """The chosen unit, where there is a choice."""
        if self.units is None:
            return None
        chosen = (unit for unit, made in zip(self.number.units, self.units.buttons, strict=True) if made.isChecked())
        return next(chosen, None)

    def read(self) -> Value | str:
        """The value, or the sentence that says how to write it."""
        found = value_from_text(self.field, self.form, self.written(), self.unit())
        if isinstance(found, str) and self.units is not None and self.unit() is None:
            trial = value_from_text(self.field, self.form, self.written(), self.number.units[0])
            return found if isinstance(trial, str) else _("Choose the unit")
        return found

    def take_key(self, event: QKeyEvent) -> bool:
        """Digits and signs accumulate; Space starts and stops the watch; Delete takes back, Backspace one digit."""
        if event.key() == Qt.Key.Key_Space and self.stopwatch is not None:
            if not event.isAutoRepeat():
                self.stopwatch.toggle()
            return True
        if self.line.hasFocus():
            return False
        if takes_back(event):
            shorter = event.key() == Qt.Key.Key_Backspace and self._accumulating
            self._take_text(self.written()[:-1] if shorter else "")
            return True
        key = plain_text(event)
        if len(key) != 1 or key not in _TYPED:
            return False
        self._take_text(self.written() + key if self._accumulating else key)
        return True

    def give(self) -> str:
        """Tell what is typed; the next key from the grid begins a new number."""
        self._accumulating = False
        return super().give()

    def _take_text(self, text: str) -> None:
        self.line.setText(text)
        self._pending = True
        self.give()
        self._accumulating = text != ""

    def _on_edited(self) -> None:
        self._accumulating = False
        self.on_typed()

    def _on_unit(self, index: int) -> None:
        if self.units is None:
            return
        for number, made in enumerate(self.units.buttons):
            made.setChecked(number == index)
        self._pending = True
        self.give()

    def _on_cannot(self) -> None:
        self._pending = False
        self._pause.stop()
        self._say("")
        self._answer(None if isinstance(self._value, CannotValue) else CannotValue())

    def _on_measured(self, seconds: float) -> None:
        self._take_text(measured_text(self.number, seconds))
        self._accumulating = False

    def _matches(self, value: Value | None) -> bool:
        if isinstance(value, NumberValue):
            return self.read() == value
        return value is None and not self.written().strip()

    def _show(self, value: Value | None) -> None:
        if self.cannot is not None:
            self.cannot.setChecked(isinstance(value, CannotValue))
        if self._matches(value):
            return
        self._pending = self._accumulating = False
        self._pause.stop()
        self._say("")
        self.line.setText(number_as_typed(value) if isinstance(value, NumberValue) else "")
        if self.units is not None:
            for unit, made in zip(self.number.units, self.units.buttons, strict=True):
                made.setChecked(isinstance(value, NumberValue) and value.unit == unit)

    def _look_wrong(self, wrong: bool) -> None:
        set_look(self.line, "wrong", wrong)

    def _name_parts(self, words: str) -> None:
        self._accumulating = False
        self.line.setAccessibleName(words)
        self.line.setAccessibleDescription(how_to_write(self.field, self.form))
        if self.units is not None:
            self.units.setAccessibleName(_("{field}, unit").format(field=words))
            for unit, made in zip(self.number.units, self.units.buttons, strict=True):
                made.setAccessibleName(_("{field}, unit: {unit}").format(field=words, unit=unit))
        if self.cannot is not None:
            self.cannot.setAccessibleName(_("{field}: cannot").format(field=words))
        if self.stopwatch is not None:
            self.stopwatch.set_context(words)

    def _fit_width(self) -> None:
        self.line.setFixedWidth(theme().px(96))
        if self.cannot is not None:
            self.cannot.tallest = self.line.sizeHint().height() + 2 * RING

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own name: leaving the line tells what is in it; Space in it is the stopwatch's, and an X in the empty
        line, where no number begins so, is the window's: why there is none."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self.left(event)
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if plain_text(event).upper() == "X" and not self.line.text():
                event.ignore()
                return True
            if self.enter_pressed(event):
                return bool(self.give())
            return event.key() == Qt.Key.Key_Space and self.take_key(event)
        return False
