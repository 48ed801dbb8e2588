"""The buttons of segmented answers, painted by themselves, and the row that holds them as one stop of the tab order."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QRadioButton, QSizePolicy, QWidget

from exam_app.gui.parts.flow import FlowLayout
from exam_app.gui.parts.theme import Palette, metrics, theme
from exam_app.gui.parts.unstyled import leave_unstyled

Sense = Literal["normal", "abnormal", "neither"]
Tone = Literal["plain", "empty", "quiet", "accent", "normal", "abnormal"]

RING = 3
"""The room around a button for its focus ring, in pixels."""
_PADDING = 9
_LINE = 40


@dataclass(frozen=True, slots=True)
class Face:
    """What a button shows: its key, its label, and a second line below (an anchor, a state)."""

    label: str
    key: str = ""
    below: str = ""


def in_lines(text: str, longest: int = _LINE) -> list[str]:
    """A text in as few lines of at most `longest` characters as it needs, and these about as long as each other."""
    fewest = _wrapped(text, longest)
    narrower = (_wrapped(text, width) for width in range(max(1, len(text) // len(fewest)), longest))
    return next((lines for lines in narrower if len(lines) == len(fewest)), fewest)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def label_lines(label: str) -> list[str]:
    """The lines of a button's label at the present text size: large text needs shorter ones."""
    return in_lines(label, round(_LINE / theme().scale ** 0.7))


class _Measures:
    """Fonts and sizes of a face at the present text size, as wide as bold text, so that choosing moves nothing."""

    def __init__(self, face: Face) -> None:
        self.label = label_lines(face.label)
        self.below = in_lines(face.below, 11) if face.below else []
        self.key = face.key
        self.strong = QFontMetrics(theme().font(bold=True))
        self.small = QFontMetrics(theme().font(metrics.font_small))
        self.key_width = self.small.horizontalAdvance(face.key) + 6 if face.key else 0
        self.label_width = max(self.strong.horizontalAdvance(line) for line in self.label)
        self.below_width = max((self.small.horizontalAdvance(line) for line in self.below), default=0)

    def size(self) -> QSize:
        """The whole button with its focus ring."""
        width = max(self.key_width + self.label_width, self.below_width) + 2 * (_PADDING + RING)
        text = self.strong.height() * len(self.label) + self.small.height() * len(self.below)
        return QSize(max(width, theme().target(28) + 2 * RING), max(text + 8, theme().target(28)) + 2 * RING)


@lru_cache(maxsize=4096)
def _kept_measures(face: Face, scale: float, family: str, touch: bool) -> _Measures:  # noqa: ARG001 - what sizes follow from
    return _Measures(face)


def _measures(face: Face) -> _Measures:
    """The measures of a face; a layout asks for hundreds of them again and again."""
    return _kept_measures(face, theme().scale, QApplication.font().family(), theme().touch)


def width_of(face: Face) -> int:
    """The width in pixels of a button with this face at the present text size."""
    return _measures(face).size().width()


def _colours(palette: Palette, tone: Tone) -> tuple[QColor, QColor, QColor]:
    """Ground, text and frame."""
    ground, text, frame = {
        "plain": (palette.card, palette.text, palette.line_strong),
        "empty": (palette.card, palette.text, palette.line_strong),
        "quiet": (palette.reason_tint, palette.reason, palette.line_strong),
        "accent": (palette.accent_tint, palette.accent, palette.accent),
        "normal": (palette.normal_tint, palette.normal, palette.normal),
        "abnormal": (palette.abnormal_tint, palette.abnormal, palette.abnormal_line),
    }[tone]
    return QColor(ground), QColor(text), QColor(frame)


def _paint(button: QAbstractButton, face: Face, tone: Tone) -> None:
    measures, palette = _measures(face), theme().palette
    ground, text, frame = _colours(palette, tone)
    chosen = tone not in ("plain", "empty")
    if button.underMouse() and not chosen:
        ground = palette.color("hover")
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    whole = QRectF(button.rect())
    if button.hasFocus():
        painter.setPen(palette.focus_pen())
        painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), metrics.radius_small + 2, metrics.radius_small + 2)
    pen = QPen(frame, 2 if chosen else 1)
    if tone == "empty":
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(ground)
    inset = RING + (1 if chosen else 0.5)
    box = whole.adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(box, metrics.radius_small, metrics.radius_small)
    _paint_text(painter, button.rect(), measures, text, strong=chosen)
    painter.end()


def _paint_text(painter: QPainter, area: QRect, measures: _Measures, colour: QColor, *, strong: bool) -> None:
    height = measures.strong.height() * len(measures.label) + measures.small.height() * len(measures.below)
    y = (area.height() - height) // 2
    muted = colour if strong else theme().palette.color("text_muted")
    font = theme().font(bold=strong)
    label_width = max(QFontMetrics(font).horizontalAdvance(line) for line in measures.label)
    x = (area.width() - measures.key_width - label_width) // 2
    for number, line in enumerate(measures.label):
        if number == 0 and measures.key:
            painter.setFont(theme().font(metrics.font_small))
            painter.setPen(muted)
            painter.drawText(QPoint(x, y + measures.strong.ascent()), measures.key)
        painter.setFont(font)
        painter.setPen(colour)
        box = QRect(x + measures.key_width, y, label_width, measures.strong.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, line)
        y += measures.strong.height()
    painter.setFont(theme().font(metrics.font_small))
    painter.setPen(muted)
    for line in measures.below:
        painter.drawText(QRect(0, y, area.width(), measures.small.height()), Qt.AlignmentFlag.AlignCenter, line)
        y += measures.small.height()


class SegmentButton(QRadioButton):
    """One answer of several. Checked by its row alone, so that the one chosen can also be taken back."""

    def __init__(self, face: Face, sense: Sense = "neither", parent: QWidget | None = None) -> None:
        """`sense` is what the answer would be judged: it colours the button when chosen."""
        super().__init__(parent)
        leave_unstyled(self, hovers=True)
        self.face = face
        self.sense: Sense = sense
        self.tallest = 0
        self._is_being_set = False
        self.toggled.connect(self._on_toggled)

    def setChecked(self, checked: bool) -> None:
        """Qt's own name: also takes the check away, which Qt refuses to the last of exclusive buttons.

        They stay exclusive otherwise: only then a screen reader is told that they are radio buttons.
        """
        self._is_being_set = True
        self.setAutoExclusive(False)
        super().setChecked(checked)
        self.setAutoExclusive(True)
        self._is_being_set = False

    def _on_toggled(self, checked: bool) -> None:
        """A screen reader toggles where a hand would press; the row decides then too."""
        if self._is_being_set:
            return
        self.setChecked(not checked)
        if checked:
            self.click()

    def show_below(self, below: str) -> None:
        """Put an anchor under the label, or take it away."""
        if below != self.face.below:
            self.face = Face(self.face.label, self.face.key, below)
            self.updateGeometry()
            self.update()

    def tone(self) -> Tone:
        """Plain while not chosen, else by what the answer is judged."""
        if not self.isChecked():
            return "plain"
        return "accent" if self.sense == "neither" else self.sense

    def sizeHint(self) -> QSize:
        """Qt's own name."""
        return _measures(self.face).size().expandedTo(QSize(0, self.tallest))

    def minimumSizeHint(self) -> QSize:
        """Qt's own name: words are never clipped."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """Qt's own name: the whole box can be pressed."""
        return self.rect().contains(pos)

    def nextCheckState(self) -> None:
        """Qt's own name: pressing changes nothing by itself; the row decides."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name."""
        _paint(self, self.face, self.tone())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Space presses; the row, and whoever holds it, takes every other key."""
        _press_by_key(self, event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt's own name: the second click of a double click must not take the answer back."""
        event.accept()


class ToggleButton(QCheckBox):
    """A mark that can be pressed through its states; what it shows and its look are set from outside."""

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        """Empty until `show_state`."""
        super().__init__(parent)
        leave_unstyled(self, hovers=True)
        self.face = face
        self.tallest = 0
        self._is_being_set = False
        self._tone: Tone = "plain"
        self.toggled.connect(self._on_toggled)

    def show_state(self, face: Face, tone: Tone, *, checked: bool) -> None:
        """Show another face and look."""
        self.face, self._tone = face, tone
        self._set(checked)
        self.updateGeometry()
        self.update()

    def _set(self, checked: bool) -> None:
        self._is_being_set = True
        self.setChecked(checked)
        self._is_being_set = False

    def _on_toggled(self, checked: bool) -> None:
        """A screen reader toggles where a hand would press; the row decides then too."""
        if not self._is_being_set:
            self._set(not checked)
            self.click()

    def sizeHint(self) -> QSize:
        """Qt's own name."""
        return _measures(self.face).size().expandedTo(QSize(0, self.tallest))

    def minimumSizeHint(self) -> QSize:
        """Qt's own name: words are never clipped."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """Qt's own name: the whole box can be pressed."""
        return self.rect().contains(pos)

    def nextCheckState(self) -> None:
        """Qt's own name: pressing changes nothing by itself; the row decides."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name."""
        _paint(self, self.face, self._tone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Space presses; the row, and whoever holds it, takes every other key."""
        _press_by_key(self, event)


def _press_by_key(button: QAbstractButton, event: QKeyEvent) -> None:
    if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
        button.click()
        event.accept()
    else:
        event.ignore()


class ButtonRow(QWidget):
    """Buttons in a row that wraps: one stop of the tab order, arrows move among them.

    `pressed` carries the index of a button pressed by mouse, Space or a screen reader; `reached` that of the button
    that got the focus, or -1 when the focus left.
    """

    pressed = Signal(int)
    reached = Signal(int)

    def __init__(self, buttons: Sequence[SegmentButton | ToggleButton], parent: QWidget | None = None) -> None:
        """The buttons in reading order; the row places them, unless `place` is overridden."""
        super().__init__(parent)
        leave_unstyled(self)
        self.buttons = list(buttons)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.place()
        for button in self.buttons:
            button.clicked.connect(self._on_clicked)
            button.installEventFilter(self)
        self.even_out()
        self.stop_at(0)

    def even_out(self) -> None:
        """Make all buttons as tall as the tallest; call it after a face has changed."""
        tallest = max(_measures(button.face).size().height() for button in self.buttons)
        for button in self.buttons:
            button.tallest = tallest
            button.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Qt's own name: another text size needs other boxes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.even_out()

    def place(self) -> None:
        """Put the buttons into the layout."""
        flow = FlowLayout(self, spacing=0)
        for button in self.buttons:
            flow.addWidget(button)

    def stop_at(self, index: int) -> None:
        """Make one button the stop of the tab order."""
        for number, button in enumerate(self.buttons):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if number == index else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.buttons[index])

    def focused(self) -> int:
        """The index of the button with the focus, or -1."""
        return next((number for number, button in enumerate(self.buttons) if button.hasFocus()), -1)

    def go_to(self, index: int) -> None:
        """Move the focus to a button."""
        self.stop_at(index)
        self.buttons[index].setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Qt's own name: who got the focus."""
        if isinstance(event, QFocusEvent) and isinstance(watched, (SegmentButton, ToggleButton)):
            here = self.buttons.index(watched)
            if event.type() == QEvent.Type.FocusIn:
                self.stop_at(here)
                self.reached.emit(here)
            elif event.type() == QEvent.Type.FocusOut:
                self.reached.emit(-1)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: arrows, Home and End move the focus; at an end the key goes on to whoever holds the row."""
        here = self.focused()
        target = self._target(here, Qt.Key(event.key())) if here >= 0 and not _with_command(event) else None
        if target is None:
            event.ignore()
        else:
            self.go_to(target)

    def _target(self, here: int, key: Qt.Key) -> int | None:
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            target = here + (1 if key == Qt.Key.Key_Right else -1)
            return target if 0 <= target < len(self.buttons) else here
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return 0 if key == Qt.Key.Key_Home else len(self.buttons) - 1
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return self._in_next_line(here, downwards=key == Qt.Key.Key_Down)
        return None

    def _in_next_line(self, here: int, *, downwards: bool) -> int | None:
        """The button of the line above or below that lies nearest, or None where there is no such line."""
        centres = [button.mapTo(self, button.rect().center()) for button in self.buttons]
        mine = centres[here]
        lines = {centre.y() for centre in centres if (centre.y() > mine.y() if downwards else centre.y() < mine.y())}
        if not lines:
            return None
        line = min(lines) if downwards else max(lines)
        in_line = [number for number, centre in enumerate(centres) if centre.y() == line]
        return min(in_line, key=[abs(centre.x() - mine.x()) for centre in centres].__getitem__)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, (SegmentButton, ToggleButton)):
            self.pressed.emit(self.buttons.index(sender))


def _with_command(event: QKeyEvent) -> bool:
    plain = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.KeypadModifier
    return bool(event.modifiers() & ~plain)
