"""Answers given on a map, for a region that is one field of a finding: typed, or the next one at every click."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from exam_app.core.drawings.maps import Stand, field_value
from exam_app.core.form.kinds import ChoiceKind
from exam_app.core.record.record import Examined
from exam_app.core.record.values import ChoiceValue, GroupValue, Value
from exam_app.gui.fields.base import plain_text, takes_back
from exam_app.gui.parts.session_bridge import SessionBridge
from exam_app.gui.parts.typing_keys import typed_answer


class RegionAnswers:
    """Writes the field of a region and leaves the others of its finding as they are."""

    def __init__(self, bridge: SessionBridge, panel: QWidget) -> None:
        """`panel` is where the answers are given."""
        self._bridge, self._panel = bridge, panel
        self._typed_before = ""

    def forget_typing(self) -> None:
        """Another region is in focus: the next key begins anew."""
        self._typed_before = ""

    def next_choice(self, stand: Stand | None) -> None:
        """Each option in turn, then none; nothing where the region is no choice."""
        if stand is None or not isinstance(stand.field, ChoiceKind):
            return
        now = field_value(stand, self._bridge.finding(stand.address))
        tokens = [option.id for option in stand.field.options]
        at = tokens.index(now.token) + 1 if isinstance(now, ChoiceValue) else 0
        self._give(stand, ChoiceValue(token=tokens[at]) if at < len(tokens) else None)

    def take_key(self, stand: Stand, event: QKeyEvent) -> bool:
        """Whether a key press answered the field, or took its answer back."""
        if stand.field is None:
            return False
        if takes_back(event):
            self._give(stand, None)
            return True
        key = plain_text(event)
        now = field_value(stand, self._bridge.finding(stand.address))
        found = typed_answer(stand.field, now, self._typed_before, key, self._bridge.form) if len(key) == 1 else None
        if found is None:
            return False
        self._typed_before = found.typed
        if found.is_whole:
            self._give(stand, found.value)
        return True

    def _give(self, stand: Stand, value: Value | None) -> None:
        if stand.field is None:
            return
        finding = self._bridge.finding(stand.address)
        whole = finding.value if isinstance(finding, Examined) else None
        fields = dict(whole.fields) if isinstance(whole, GroupValue) else {}
        fields.pop(stand.field.id, None)
        if value is not None:
            fields[stand.field.id] = value
        if fields:
            self._bridge.answer({stand.address: GroupValue(fields=fields)}, self._panel)
        else:
            self._bridge.clear((stand.address,))
