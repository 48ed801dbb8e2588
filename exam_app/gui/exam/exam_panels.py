"""The panels over the examination screen, each made when it is first asked for: many a window closes without any."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from exam_app.core.record.record import NotExamined, Unable
from exam_app.gui.exam.jump import JumpPanel
from exam_app.gui.exam.keys_panel import KeysPanel
from exam_app.gui.exam.marks_panel import MarksPanel
from exam_app.gui.exam.reasons import ReasonPanel
from exam_app.gui.exam.rest_panel import RestPanel
from exam_app.gui.exam.scope_panel import ScopePanel
from exam_app.gui.parts.overlay import Overlay

if TYPE_CHECKING:
    from exam_app.gui.exam.examination_window import ExaminationWindow

P = TypeVar("P", bound=Overlay)


class Panels:
    """The panels of one window. What they ask for goes to its commands."""

    def __init__(self, window: ExaminationWindow) -> None:
        """Nothing is made yet."""
        self._window = window

    @cached_property
    def reasons(self) -> ReasonPanel:
        """Asks why something was not examined."""
        made = ReasonPanel(self._window)
        made.chosen.connect(self._give_reason)
        return self._joined(made)

    def _give_reason(self, reason: NotExamined | Unable, all_below: bool) -> None:
        self._window.commands.give_reason(reason, all_below=all_below)

    @cached_property
    def jump(self) -> JumpPanel:
        """Asks for an item to go to."""
        made = JumpPanel(self._window, self._window.bridge.form)
        made.chosen.connect(self._window.go_to)
        return self._joined(made)

    @cached_property
    def all_keys(self) -> KeysPanel:
        """Lists the keys."""
        return self._joined(KeysPanel(self._window, self._window.keys, self._window.commands.knows))

    @cached_property
    def marks(self) -> MarksPanel:
        """Asks for the marks of a finding."""
        made = MarksPanel(self._window)
        made.toggled.connect(self._window.commands.toggle_mark)
        made.worded.connect(self._window.commands.give_mark_words)
        return self._joined(made)

    @cached_property
    def rest(self) -> RestPanel:
        """Lists what would be asserted, before it is."""
        made = RestPanel(self._window, self._window.bridge.form)
        made.asserted.connect(self._window.commands.assert_rest)
        return self._joined(made)

    @cached_property
    def scopes(self) -> ScopePanel:
        """Asks for the scope."""
        made = ScopePanel(self._window, self._window.bridge.form)
        made.chosen.connect(self._window.bridge.set_scope)
        return self._joined(made)

    def _joined(self, made: P) -> P:
        self._window.let_commands_pass(made)
        return made
