"""Reads a window as assistive technology does, and tells what a user of it would miss: the faults, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QRadioButton,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from exam_app.gui.exam.rail import RailEntry
from exam_app.gui.grid.cell import Cell

Role: TypeAlias = QAccessible.Role
Text: TypeAlias = QAccessible.Text
TOGGLES = (Role.CheckBox, Role.RadioButton)
ROLES: tuple[tuple[type[QWidget], tuple[Role, ...]], ...] = (
    (Cell, (Role.Cell,)),
    (RailEntry, (Role.PageTab,)),
    (QRadioButton, (Role.RadioButton,)),
    (QCheckBox, (Role.CheckBox,)),
    (QAbstractButton, (Role.Button, Role.ButtonMenu, Role.PageTab, *TOGGLES)),
    (QLineEdit, (Role.EditableText,)),
    (QPlainTextEdit, (Role.EditableText,)),
    (QTextEdit, (Role.EditableText,)),
    (QTableView, (Role.Table,)),
    (QListView, (Role.List,)),
    (QTabBar, (Role.PageTabList,)),
)
"""What a control may be called; the first that fits holds."""
RELATION = QAccessible.RelationFlag.Label
NAMELESS = (Role.ScrollBar, Role.Grip, Role.Separator)


@dataclass(frozen=True)
class Node:
    """A visible widget or a part of one, as assistive technology meets it."""

    interface: QAccessibleInterface
    widget: QWidget | None
    parent: str

    @property
    def name(self) -> str:
        return self.interface.text(Text.Name)

    @property
    def role(self) -> Role:
        return self.interface.role()

    @property
    def value(self) -> str:
        return self.interface.text(Text.Value)

    @property
    def actions(self) -> list[str]:
        actions = _actions_of(self.interface)
        return list(actions.actionNames()) if actions is not None else []

    @property
    def is_control(self) -> bool:
        """Whether one can go there or do something with it."""
        if self.role in NAMELESS or self.widget is None or is_inner(self.widget):
            return False
        takes_focus = self.widget.focusPolicy() != Qt.FocusPolicy.NoFocus and self.widget.focusProxy() is None
        return takes_focus or isinstance(self.widget, tuple(kind for kind, _roles in ROLES))

    def __str__(self) -> str:
        kind = type(self.widget).__name__ if self.widget is not None else "part"
        return f"{self.role.name} '{self.name}' ({kind} in '{self.parent}')"


def is_inner(widget: QWidget) -> bool:
    """Whether a widget is a part of another control that speaks for it, such as the cross that clears a line."""
    around = widget.parentWidget()
    if isinstance(widget, QAbstractButton) and isinstance(around, (QLineEdit, QTabBar, QAbstractItemView)):
        return True
    return isinstance(around, QAbstractItemView) and not isinstance(widget, QLineEdit)


def has(interface: QAccessibleInterface, flag: str) -> bool:
    """Whether a flag of the state is set."""
    return bool(getattr(interface.state(), flag))


def nodes(root: QWidget) -> Iterator[Node]:
    """Everything that is visible in a window, by way of the interfaces alone."""
    interface = QAccessible.queryAccessibleInterface(root)
    assert interface is not None
    yield from _below(interface, "")


def _below(interface: QAccessibleInterface, parent: str) -> Iterator[Node]:
    if has(interface, "invisible"):
        return
    thing = interface.object()
    node = Node(interface, thing if isinstance(thing, QWidget) else None, parent)
    yield node
    around = f"{parent} > {node.name}" if node.name and node.role != Role.StaticText else parent
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None:
            yield from _below(child, around)


def faults(root: QWidget) -> list[str]:
    """What is wrong in a window; nothing where everybody can use it."""
    found: list[str] = []
    controls: list[Node] = []
    for node in nodes(root):
        if node.is_control:
            controls.append(node)
            found += [f"{node}: {fault}" for fault in _faults_of(node)]
        elif node.role in (Role.ListItem, Role.ColumnHeader, Role.Row) and not node.name.strip():
            found.append(f"{node}: no name")
    alike = Counter((node.role, node.name, node.parent) for node in controls)
    found += [
        f"{count} times {role.name} '{name}' in '{parent}'"
        for (role, name, parent), count in alike.items()
        if count > 1
    ]
    return found + list(_unlabelled(root))


def _faults_of(node: Node) -> Iterator[str]:
    if sum(character.isalnum() for character in node.name) < 2:
        yield "no name that can be said"
    interface, widget = node.interface, node.widget
    assert widget is not None
    allowed = next((roles for kind, roles in ROLES if isinstance(widget, kind)), None)
    if allowed is not None and node.role not in allowed:
        yield f"its role is not among {[role.name for role in allowed]}"
    if allowed is None and node.role in (Role.Client, Role.NoRole):
        yield "takes the focus and has no role"
    if isinstance(widget, (Cell, QAbstractButton)):
        wanted = "Toggle" if node.role in TOGGLES else "Press"
        if widget.isEnabled() and wanted not in node.actions:
            yield f"cannot be {wanted} by an action: {node.actions}"
    if (
        isinstance(widget, QAbstractButton)
        and widget.isCheckable()
        and not (has(interface, "checkable") and has(interface, "checked") == widget.isChecked())
    ):
        yield "does not say whether it is checked"
    if node.role == Role.Cell and not node.value.strip():
        yield "no value"
    if isinstance(widget, QLineEdit) and widget.echoMode() == QLineEdit.EchoMode.Normal and node.value != widget.text():
        yield f"its value is '{node.value}' and not '{widget.text()}'"
    if has(interface, "disabled") == widget.isEnabled():
        yield "does not say whether it can be used"


def _unlabelled(root: QWidget) -> Iterator[str]:
    """Labels whose control does not know them."""
    for label in root.findChildren(QLabel):
        buddy = _buddy_of(label)
        if buddy is None or not label.isVisible():
            continue
        interface = QAccessible.queryAccessibleInterface(buddy)
        assert interface is not None
        labels = [other.text(Text.Name) for other, kind in interface.relations() if kind == RELATION]
        if label.text() not in labels:
            yield f"'{label.text()}' is no label of {buddy}: {labels}"


def _actions_of(interface: QAccessibleInterface) -> QAccessibleActionInterface | None:
    return interface.actionInterface()


def _buddy_of(label: QLabel) -> QWidget | None:
    return label.buddy()
