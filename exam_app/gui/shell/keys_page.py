"""The page of settings for the keys of the examination: press to set, none, as delivered; conflicts beside the row."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from exam_app.core.words import _
from exam_app.gui.parts.key_map import (
    DEFAULT_KEYS,
    FIXED,
    KeyMap,
    cap_of,
    changes_of,
    command_words,
    faults_of,
    refusal_of,
    with_changes,
)
from exam_app.gui.parts.keys import name_of
from exam_app.gui.parts.layouts import digit_of
from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.preferences import Preferences
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import RoleLabel, button
from exam_app.gui.shell.settings_dialog import page_column

_MODIFIER_KEYS = frozenset(
    {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock}
)
_SIGNS_OF_COMMANDS = ("/", "?", ".")


class KeyCatcher(RoleLabel):
    """Waits for one key press. `caught` carries the key in the words of a map, `left` is Escape or the focus gone."""

    caught = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "strong", parent, wraps=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def wait_for(self, command: str) -> None:
        """Ask for the key of a command, by its words."""
        text = _("Press the new key for “{command}”. Esc leaves it as it is.").format(command=command)
        self.setText(text)
        self.setAccessibleName(text)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Qt's own name: Tab leaves."""
        self.left.emit()
        return super().focusNextPrevChild(forwards)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: any key but Escape is the new one."""
        event.accept()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() not in _MODIFIER_KEYS:
            name, digit = name_of(event), digit_of(event)
            self.caught.emit(digit if digit is not None and name not in _SIGNS_OF_COMMANDS else name)


class KeysPage(QWidget):
    """Every command with its keys. A map without faults is kept and in use at once; one with faults is shown with them
    and not kept."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        keys, faults = with_changes(preferences.keys)
        self._keys = dict(keys)
        self._refusals: dict[str, str] = {}
        self.said = RoleLabel("", "error", self, wraps=True)
        self.list = self._made_list()
        self.catcher = KeyCatcher(self)
        self.catcher.caught.connect(self._caught)
        self.catcher.left.connect(self._leave)
        column = page_column(self)
        column.addWidget(
            RoleLabel(_("Enter sets the key of the chosen command, Delete takes it away."), "muted", wraps=True)
        )
        column.addWidget(self.said)
        column.addWidget(self.list, 1)
        column.addWidget(self.catcher)
        column.addLayout(self._buttons())
        self._show()
        if faults:
            self._say(
                _("The stored keys are not in use: {faults} They stay stored until you change a key here.").format(
                    faults=" ".join(faults)
                )
            )

    def _made_list(self) -> QTreeWidget:
        made = QTreeWidget(self)
        made.setAccessibleName(_("Commands and their keys"))
        made.setColumnCount(3)
        made.setHeaderLabels([_("Command"), _("Key"), _("Remark")])
        made.setRootIsDecorated(False)
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setTabKeyNavigation(False)
        made.setMinimumHeight(theme().px(230))
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.header().resizeSection(0, theme().px(400))
        made.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        made.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        made.header().setStretchLastSection(False)
        for command, words in command_words().items():
            if command not in FIXED:
                row = QTreeWidgetItem(made, [words, "", ""])
                row.setData(0, Qt.ItemDataRole.UserRole, command)
                row.setToolTip(0, words)
                row.setSizeHint(0, QSize(0, theme().px(26)))
        made.setCurrentIndex(made.model().index(0, 0))
        made.itemDoubleClicked.connect(self._set)
        return made

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(metrics.gap)
        self.set_button = button(_("Set key…"), "", self)
        self.clear_button = button(_("No key"), "", self)
        self.reset_button = button(_("As delivered"), "", self)
        self.reset_all_button = button(_("All as delivered"), "", self)
        for made, does in (
            (self.set_button, self._set),
            (self.clear_button, self._clear),
            (self.reset_button, self._reset),
            (self.reset_all_button, self._reset_all),
        ):
            made.setAutoDefault(False)
            made.clicked.connect(does)
            row.addWidget(made)
        row.addStretch(1)
        return row

    @property
    def keys(self) -> KeyMap:
        """The map as it is shown, with its faults."""
        return self._keys

    @property
    def command(self) -> str:
        """The chosen command."""
        return str(self.list.currentIndex().siblingAtColumn(0).data(Qt.ItemDataRole.UserRole))

    def remark(self, command: str) -> str:
        """What stands beside a command: why its key cannot be kept, or whose it is too."""
        return next(row.text(2) for row in self._rows() if row.data(0, Qt.ItemDataRole.UserRole) == command)

    def _rows(self) -> list[QTreeWidgetItem]:
        found = (self.list.topLevelItem(at) for at in range(self.list.topLevelItemCount()))
        return [row for row in found if row is not None]

    # What is done --------------------------------------------------------------------------------------------------

    def _set(self) -> None:
        self.catcher.wait_for(command_words()[self.command])

    def _leave(self) -> None:
        self.catcher.hide()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _caught(self, name: str) -> None:
        self._leave()
        refusal = refusal_of(self.command, name)
        if refusal is None:
            self._change(self.command, (name,))
        else:
            self._refusals[self.command] = refusal
            self._show()
            self._say(refusal)

    def _clear(self) -> None:
        self._change(self.command, ())

    def _reset(self) -> None:
        self._change(self.command, DEFAULT_KEYS[self.command])

    def _reset_all(self) -> None:
        self._keys = dict(DEFAULT_KEYS)
        self._refusals.clear()
        self._keep()

    def _change(self, command: str, names: tuple[str, ...]) -> None:
        self._refusals.pop(command, None)
        self._keys[command] = names
        self._keep()

    def _keep(self) -> None:
        """Keep the map if it has no faults; show it either way."""
        faults = [fault.says for fault in faults_of(self._keys)]
        self._show()
        if faults:
            self._say(_("Not kept, the keys in use stay: {faults}").format(faults=" ".join(faults)))
            return
        self._preferences.set_keys(changes_of(self._keys))
        self._say("")
        announce(self, _("Kept"))

    # What is shown -------------------------------------------------------------------------------------------------

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        if text:
            announce(self, text, urgent=True)

    def _show(self) -> None:
        remarks = self._remarks()
        for row in self._rows():
            command = str(row.data(0, Qt.ItemDataRole.UserRole))
            names = self._keys[command]
            row.setText(1, _(" or ").join(cap_of(name) for name in names) if names else _("none"))
            row.setText(2, remarks.get(command, ""))
            row.setToolTip(2, remarks.get(command, ""))
            said = ", ".join(text for text in (row.text(0), " ".join(names) or _("no key"), row.text(2)) if text)
            row.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)

    def _remarks(self) -> dict[str, str]:
        """Beside each command its fault, and beside the other one of a conflict that it is one."""
        words = command_words()
        remarks = dict(self._refusals)
        for command, names in self._keys.items():
            others = [each for each, keys in self._keys.items() if each != command and set(keys) & set(names)]
            if others:
                remarks[command] = _("also the key for “{other}”").format(other=words[others[0]])
        return remarks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: in the list Enter sets the key of the chosen command, Delete takes it away."""
        does = {Qt.Key.Key_Return: self._set, Qt.Key.Key_Enter: self._set, Qt.Key.Key_Delete: self._clear}
        if self.list.hasFocus() and event.key() in does:
            does[Qt.Key(event.key())]()
            event.accept()
        else:
            super().keyPressEvent(event)
