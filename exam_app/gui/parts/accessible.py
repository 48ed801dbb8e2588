"""What assistive technology is told of controls that paint themselves, where Qt alone would call them panels.

A widget that has a method `spoken` is told as that says. Everything else is told by Qt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleStateChangeEvent, QAccessibleValueChangeEvent
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_PRESS = "Press"
is_listening = QAccessible.isActive
send = QAccessible.updateAccessibility


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a control is and says. `press` is what pressing does; `selected` is None where nothing can be selected."""

    role: QAccessible.Role
    name: str
    value: str = ""
    selected: bool | None = None
    press: Callable[[], None] | None = None


@runtime_checkable
class Speaking(Protocol):
    """A widget that says itself what it is."""

    def spoken(self) -> Spoken:
        """What it is and says now."""


class _Told(QAccessibleWidget):
    """The interface of a widget that is `Speaking`: it asks the widget at every look."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)

    def _spoken(self) -> Spoken:
        widget = self.widget()
        if not isinstance(widget, Speaking):
            raise TypeError("a widget lost its voice")
        return widget.spoken()

    def text(self, kind: QAccessible.Text) -> str:
        """Qt's own name: the name and the value."""
        if kind == QAccessible.Text.Name:
            return self._spoken().name
        if kind == QAccessible.Text.Value:
            return self._spoken().value
        return super().text(kind)

    def state(self) -> QAccessible.State:
        """Qt's own name: Qt's state, and whether it is selected."""
        state, selected = super().state(), self._spoken().selected
        if selected is not None:
            state.selectable, state.selected = 1, int(selected)
        return state

    def actionNames(self) -> list[str]:
        """Qt's own name: press before focus."""
        names = [name for name in super().actionNames() if name != _PRESS]
        return [_PRESS, *names] if self._spoken().press is not None else names

    def doAction(self, action: str) -> None:
        """Qt's own name."""
        press, widget = self._spoken().press, self.widget()
        # Who acts on a control from outside goes on there with keys: its window must have the focus for that.
        widget.window().activateWindow()
        if action != _PRESS or press is None:
            super().doAction(action)
        elif widget.isEnabled():
            press()


_told: list[_Told] = []
"""Qt owns what the factory makes, and Python must not forget it before Qt does."""
_room = [100]
"""When so many are kept, those that Qt has forgotten are let go."""
_installed: list[Callable[[str, QObject], QAccessibleInterface | None]] = []


def _make(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, QWidget) or not isinstance(thing, Speaking):
        return None
    if len(_told) >= _room[0]:
        _told[:] = [each for each in _told if shiboken6.isValid(each)]
        _room[0] = 2 * len(_told) + 100
    _told.append(_Told(thing, thing.spoken().role))
    return _told[-1]


def install() -> None:
    """Have widgets speak for themselves, from now on and once for the process."""
    if not _installed:
        _installed.append(_make)
        QAccessible.installFactory(_make)


def tell_value(widget: QWidget, value: str) -> None:
    """Tell that the value of a widget is another; Qt itself tells the names."""
    if is_listening():
        send(QAccessibleValueChangeEvent(widget, value))


def tell_selected(widget: QWidget) -> None:
    """Tell that a widget was selected, or is so no more."""
    if is_listening():
        changed = QAccessible.State()
        changed.selected = 1
        send(QAccessibleStateChangeEvent(widget, changed))
