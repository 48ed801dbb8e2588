"""Small pieces that every window shares: key caps, headings, cards, segmented buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from exam_app.gui.parts.flow import FlowLayout
from exam_app.gui.parts.layouts import digit_of
from exam_app.gui.parts.theme import metrics, theme

_TICK = ((0.22, 0.52), (0.42, 0.72), (0.78, 0.28))


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget a look of the style sheet, before or after it is shown; `theme.stylesheet` lists the roles."""
    set_look(widget, "role", role)


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and restyle the widget if that changes anything."""
    before = widget.property(name)
    if before == value or (before is None and value == ""):
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


class RoleLabel(QLabel):
    """A label in one of the looks of the style sheet. Text is plain: markup in a name stays what it is."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None, *, wraps: bool = False) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        if role:
            self.setProperty("role", role)


class KeyCap(RoleLabel):
    """A key as printed on its cap."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(key, "keycap", parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Pill(RoleLabel):
    """A word in an outlined box: a scope, a state."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, "pill", parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class SectionHeading(RoleLabel):
    """A small heading over a group, in capitals on screen and as written to a screen reader."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__("", "heading", parent)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.setText(text.upper())
        self.setAccessibleName(text)


class Hairline(QFrame):
    """A 1 px line across or down."""

    def __init__(self, parent: QWidget | None = None, *, vertical: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("role", "hairline")
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Card(QFrame):
    """A white box with a hairline around it; `body` is its vertical layout."""

    def __init__(self, parent: QWidget | None = None, *, margin: int = metrics.gap_large) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(metrics.gap)


class PushButton(QPushButton):
    """A push button that lets commands pass: Qt takes every arrow key, Alt or not, as a step to the next button."""

    def sizeHint(self) -> QSize:
        """Qt's own name: never too small for a pointer or a finger, however short its words are."""
        return super().sizeHint().expandedTo(QSize(theme().target(0), theme().target(0)))

    def minimumSizeHint(self) -> QSize:
        """Qt's own name."""
        return super().minimumSizeHint().expandedTo(QSize(theme().target(0), theme().target(0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: keys with Ctrl or Alt go on to the window."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            event.ignore()
        else:
            super().keyPressEvent(event)


def button(text: str, role: str = "", parent: QWidget | None = None) -> QPushButton:
    """A push button in one of the looks `primary`, `link`, `quiet`, `danger` or the plain one."""
    made = PushButton(text, parent)
    if role:
        made.setProperty("role", role)
    if role == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


class CheckBox(QCheckBox):
    """A check box whose box and tick follow the palette: the style's own outline is too faint in the dark. One that
    cannot be changed has a dashed box without the colour of what can be."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style paints text and focus, this the box over its indicator."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self).toRectF()
        palette = theme().palette
        checked, can_change = self.isChecked(), self.isEnabled()
        filled = "accent" if can_change else "reason_tint"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(palette.color("accent" if checked and can_change else "line_strong"))
        pen.setStyle(Qt.PenStyle.SolidLine if can_change else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(palette.color(filled if checked else "card"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if checked:
            tick = QPolygonF([box.topLeft() + QPointF(box.width() * x, box.height() * y) for x, y in _TICK])
            painter.setPen(QPen(palette.color("on_accent" if can_change else "reason"), box.width() / 8))
            painter.drawPolyline(tick)


class Segment(QPushButton):
    """A checkable button as wide as its bold text, which it shows while it is chosen: choosing moves nothing."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "segment")
        self.setCheckable(True)
        self.setAutoExclusive(True)  # tells a screen reader of a radio button; the group of the row decides
        self.setAutoDefault(False)  # Enter on a choice is for the dialog's main button

    def nextCheckState(self) -> None:
        """Qt's own name: pressing changes nothing by itself; the row decides."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: keys with Ctrl or Alt go on to the window."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Qt's own name: room for the bold text, and never too narrow for a pointer or a finger."""
        bold = QFont(self.font())
        bold.setBold(True)
        wider = QFontMetrics(bold).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return (super().sizeHint() + QSize(max(0, wider) + 2, 0)).expandedTo(QSize(theme().target(0), 0))


class Segmented(QWidget):
    """One choice of a few as buttons in a row that wraps.

    One stop in the tab order: arrows move, Space or a digit chooses.
    `options` are (value, label); `chosen` carries the value, or None after the chosen one was pressed again.
    """

    chosen = Signal(object)

    def __init__(
        self, name: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None, *, optional: bool = True
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._optional = optional
        self._values = [value for value, _label in options]
        self._value: str | None = None
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        flow = FlowLayout(self)
        self.buttons: list[Segment] = []
        for number, (_value, label) in enumerate(options):
            made = Segment(label, self)
            made.setAccessibleName(f"{name}: {label}")
            self._group.addButton(made, number)
            self.buttons.append(made)
            flow.addWidget(made)
        self._group.idClicked.connect(self._pressed)
        self._group.idToggled.connect(self._toggled)
        self._is_showing = False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._show(None)

    def value(self) -> str | None:
        """The value of the chosen button, or None."""
        return self._value

    def set_value(self, value: str | None) -> None:
        """Show a value without telling anyone."""
        self._show(value)

    def _toggled(self, number: int, _checked: bool) -> None:
        """A screen reader toggles where a hand would press; then too the row decides."""
        if not self._is_showing:
            self._pressed(number)

    def _pressed(self, number: int) -> None:
        value: str | None = self._values[number]
        if value == self._value and self._optional:
            value = None
        self._show(value)
        self.chosen.emit(value)

    def _show(self, value: str | None) -> None:
        self._value = value
        here = self._values.index(value) if value is not None else 0
        self._is_showing = True
        for number, made in enumerate(self.buttons):
            made.setChecked(value is not None and number == here)
        self._is_showing = False
        self._stop_at(here)

    def _stop_at(self, here: int) -> None:
        """Make one button the stop of the tab order."""
        for number, made in enumerate(self.buttons):
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if number == here else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.buttons[here])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the focus among the buttons, a digit chooses the n-th."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            event.ignore()
            return
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key())
        )
        focused = next((number for number, made in enumerate(self.buttons) if made.hasFocus()), 0)
        digit = digit_of(event) or ""
        if step is not None:
            target = (focused + step) % len(self.buttons)
            self._stop_at(target)
            self.buttons[target].setFocus(Qt.FocusReason.TabFocusReason)
        elif digit.isdecimal() and 1 <= int(digit) <= len(self.buttons):
            self.buttons[int(digit) - 1].setFocus(Qt.FocusReason.TabFocusReason)
            self._pressed(int(digit) - 1)
        else:
            super().keyPressEvent(event)


def within_screen(window: QWidget, width: int, height: int, *, beside: int = 0) -> QSize:
    """A size, given in pixels at 100 % text, that grows with the text as far as the screen of a window goes; so many
    pixels are left free `beside` it."""
    most = window.screen().availableSize() * 0.94 - QSize(beside, beside)
    return QSize(theme().px(width), theme().px(height)).boundedTo(most)
