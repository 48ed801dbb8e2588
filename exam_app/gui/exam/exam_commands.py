"""What the commands of the examination screen do. Keys and buttons call the same methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from exam_app.core.editing import limbs, marks
from exam_app.core.editing.marks import Mark
from exam_app.core.record.record import AbsentBelow, NotExamined, Unable
from exam_app.core.record.values import UnableValue
from exam_app.core.words import _, ngettext
from exam_app.gui.exam.cell_menu import CellMenu
from exam_app.gui.exam.marks_panel import MarkState
from exam_app.gui.exam.progress import next_gap, next_section_with_gap
from exam_app.gui.exam.rail import REVIEW
from exam_app.gui.exam.rest_panel import Part
from exam_app.gui.fields.groups import GroupEditor, field_around
from exam_app.gui.parts.faces import cell_context, side_of

if TYPE_CHECKING:
    from exam_app.gui.exam.examination_window import ExaminationWindow


class ExamCommands(QObject):
    """The commands of one window, by the names of `key_map.DEFAULT_KEYS`."""

    def __init__(self, window: ExaminationWindow) -> None:
        super().__init__(window)
        self._window = window
        self._reason_for: tuple[str, ...] = ()
        self._marks_for: tuple[str, ...] = ()
        self._reason_is_rest = False
        self._field: tuple[GroupEditor, str] | None = None
        self._commands: dict[str, Callable[[], object]] = {
            "rest_normal": self.rest_normal,
            "list_rest": self.list_rest,
            "group_normal": self.group_normal,
            "list_done": window.undo_bar_list,
            "select_group": self.select_group,
            "reason": self.reason,
            "rest_reason": self.rest_reason,
            "group_reason": self.group_reason,
            "next_gap": self.next_gap,
            "unfold": self.unfold,
            "map": self.map,
            "same_as_other_side": self.same_as_other_side,
            "jump": self.jump,
            "quick_entry": self.quick_entry,
            "scope": self.scope,
            "marks": self.marks,
            "note": window.dock_note,
            "how_to_test": window.toggle_how_to_test,
            "side_panel": window.toggle_side_panel,
            "all_keys": self.all_keys,
            "clear": self.clear,
            "undo": self.undo,
            "redo": self.redo,
            "previous_section": self.previous_section,
            "next_section": self.next_section,
            "review": self.review,
            "home": window.close,
            "settings": window.settings_asked.emit,
            "lock": window.lock_asked.emit,
            "back": window.focus_grid,
        }

    def add(self, commands: Mapping[str, Callable[[], object]]) -> None:
        """Further commands, or others of the same names."""
        self._commands |= commands

    def remove(self, command: str) -> None:
        """This window has no such command."""
        del self._commands[command]

    def knows(self, command: str) -> bool:
        """Whether a command of that name does something."""
        return command in self._commands or command.startswith("section_")

    def run(self, command: str) -> bool:
        """Do a command by its name. False where there is none of that name, or no such section."""
        if command.startswith("section_"):
            return self._section(int(command.removeprefix("section_")) - 1)
        found = self._commands.get(command)
        if found is None:
            return False
        if self._window.view is not None:
            self._window.view.keys.forget_typing()
        found()
        return True

    def _pages(self) -> list[str]:
        return [*(section.id for section in self._window.bridge.form.sections), REVIEW]

    def _section(self, index: int) -> bool:
        sections = self._window.bridge.form.sections
        if index >= len(sections):
            return False
        self._window.show_page(sections[index].id)
        return True

    def _names(self, addresses: Sequence[str]) -> list[str]:
        items = self._window.bridge.form.addresses
        return [cell_context(items[address], side_of(address)) for address in addresses]

    def rest_normal(self) -> None:
        """Assert the rest of the section normal, then on to the next section with a gap."""
        self.assert_rest("")

    def group_normal(self) -> None:
        """Assert the rest of the focused cell's group normal, then on to the next gap of the section."""
        view = self._window.view
        if view is not None and view.current is not None:
            self.assert_rest(self._window.bridge.form.group_in(view.section.id, view.current).id)

    def assert_rest(self, group_id: str) -> None:
        """Assert the rest of a group of the section in sight normal; "" for the whole section."""
        view = self._window.view
        if view is None:
            return
        bridge, section = self._window.bridge, view.section
        view.commit()
        addresses = bridge.rest_normal_addresses(section.id, group_id or None)
        bridge.rest_normal(section.id, group_id or None)
        if not (group_id and view.focus_next_gap()):
            target = next_section_with_gap(bridge.form, bridge.record, section.id)
            if target is not None:
                self._window.show_page(target)
        if addresses:
            title = next((f"{section.title} \u203a {each.title}" for each in section.groups if each.id == group_id), "")
            self._window.undo_bar.show_asserted(len(addresses), title or section.title, self._names(addresses))

    def list_rest(self) -> None:
        """List what "rest normal" would assert, before it does."""
        view = self._window.view
        if view is None:
            return
        view.commit()
        bridge, section = self._window.bridge, view.section
        parts = [
            Part(
                group.id,
                group.title,
                tuple(bridge.rest_normal_addresses(section.id, group.id)),
            )
            for group in section.groups
        ]
        self._window.panels.rest.ask(section.title, parts)

    def select_group(self) -> None:
        """Select the cells of the group, or of the modality."""
        view = self._window.view
        if view is not None and view.current is not None:
            view.focus_current()
            view.keys.select_group(view.current)

    def reason(self) -> None:
        """Ask why the focused finding, the selection, or one field of a finding is missing."""
        field = field_around(self._window.focusWidget())
        if field is not None:
            group, row = field
            self._field = (group, row.name)
            self._window.panels.reasons.ask_for_field(row.label.text())
            return
        self._ask(self._window.current_addresses(), is_rest=False)

    def rest_reason(self) -> None:
        """Ask why the rest of the section is missing."""
        view = self._window.view
        if view is not None:
            self._ask(tuple(view.rest()), is_rest=True)

    def group_reason(self) -> None:
        """Ask why the rest of the group, or of the modality of a matrix, is missing."""
        view = self._window.view
        if view is not None and view.current is not None:
            self._ask(view.rest_of(self._window.bridge.form.alike(view.section.id, view.current)), is_rest=True)

    def _ask(self, addresses: tuple[str, ...], *, is_rest: bool) -> None:
        if addresses:
            self._field = None
            self._reason_for, self._reason_is_rest = addresses, is_rest
            limb = limbs.absence_at(self._window.bridge.form, addresses[0]) if len(addresses) == 1 else None
            self._window.panels.reasons.ask(len(addresses), limbs.below_text(*limb) if limb is not None else "")

    def give_reason(self, reason: NotExamined | Unable, *, all_below: bool) -> None:
        """Record the reason for what was asked about; with `all_below` for everything below on its limb."""
        if all_below:
            self._give_below(reason)
            return
        if self._field is not None:
            group, name = self._field
            if isinstance(reason, Unable):
                group.mark_unable(name, UnableValue(reason=reason.reason, text=reason.text))
            return
        self._window.bridge.give_reason(self._reason_for, reason)
        if len(self._reason_for) > 1 and not self._reason_is_rest:
            count = len(self._reason_for)
            text = ngettext("The reason stands in {count} cell.", "The reason stands in {count} cells.", count)
            self._window.tell(text.format(count=count))
        view = self._window.view
        if self._reason_is_rest and view is not None:
            names = self._names(self._reason_for)
            self._window.undo_bar.show_reasoned(len(names), view.section.title, names)

    def _give_below(self, reason: NotExamined | Unable) -> None:
        bridge = self._window.bridge
        limb = limbs.absence_at(bridge.form, self._reason_for[0])
        if limb is not None:
            below = AbsentBelow.model_validate({"level": limb[1], "reason": reason.reason})
            names = self._names(bridge.mark_absent(limb[0], below))
            self._window.undo_bar.show_reasoned(len(names), limbs.below_text(*limb), names)

    def next_gap(self) -> None:
        """On to the next finding with nothing recorded, core findings of all sections first."""
        view, bridge = self._window.view, self._window.bridge
        target = next_gap(bridge.form, bridge.record, view.current if view is not None else None)
        if target is not None:
            self._window.go_to(target)

    def unfold(self) -> None:
        """Unfold the further items of the section, or fold them away."""
        if self._window.view is not None:
            self._window.view.toggle_fold()

    def map(self) -> None:
        """To the map of the section, or from it back to the table."""
        view = self._window.view
        if view is not None and view.map is not None:
            view.map.enter()

    def same_as_other_side(self) -> None:
        """Take over the other side's finding."""
        addresses = self._window.current_addresses()
        if self._window.bridge.same_as_other_side(addresses) and len(addresses) > 1:
            self._window.tell(_("The selected cells are as the other side."))

    def marks(self) -> None:
        """Ask for the marks of the focused finding, or of the selection."""
        view, addresses = self._window.view, self._window.current_addresses()
        if view is None or view.current_cell is None or view.current not in addresses:
            self._window.tell(_("Marks belong to the cells of the table."))
            return
        self._marks_for = addresses
        count = len(addresses)
        text = ngettext("{finding} and {count} more cell", "{finding} and {count} more cells", count - 1)
        finding = self._names([view.current])[0]
        title = text.format(finding=finding, count=count - 1) if count > 1 else finding
        self._window.panels.marks.ask(title, view.current_cell, self._mark_states(view.current))

    def _mark_states(self, address: str) -> list[MarkState]:
        record, form = self._window.bridge.record, self._window.bridge.form
        states = []
        for mark in marks.marks_of(form.addresses[address], record.findings.get(address), record):
            able = [each for each in self._marks_for if marks.may_carry(form, record, each, mark)]
            carried = sum(marks.carries(record.findings.get(each), mark) for each in able)
            words = marks.words_of(record.findings.get(address), mark) if mark.is_words else ""
            states.append(MarkState(mark, carried, len(able), words))
        return states

    def toggle_mark(self, mark: Mark) -> None:
        """Give a mark to what was asked about, or take it away; the panel stays."""
        view = self._window.view
        self._window.bridge.toggle_mark(self._marks_for, mark)
        if view is not None and view.current is not None:
            self._window.panels.marks.show_states(self._mark_states(view.current))

    def give_mark_words(self, mark: Mark, text: str) -> None:
        """Give what was asked about the words of a mark."""
        self._window.bridge.set_mark_words(self._marks_for, mark, text)

    def cell_menu(self, place: QPoint) -> None:
        """Open the menu of the focused cell at a place on the screen."""
        CellMenu(self._window).popup(place)

    def jump(self) -> None:
        """Ask for an item by name."""
        self._window.panels.jump.ask(self._window.page, self._window.bridge.record)

    def quick_entry(self) -> None:
        """Into the line that takes findings in words."""
        self._window.quick.open()

    def scope(self) -> None:
        """Ask which items the examination is about."""
        self._window.panels.scopes.ask(self._window.bridge.record)

    def all_keys(self) -> None:
        """Show all keys."""
        self._window.panels.all_keys.open()

    def clear(self) -> None:
        """Back to not yet examined."""
        addresses = self._window.current_addresses()
        if self._window.bridge.clear(addresses) and len(addresses) > 1:
            self._window.tell(_("The selected cells are back to not yet examined."))

    def undo(self) -> None:
        """Take the last step back."""
        if self._window.bridge.undo():
            self._window.announcer.undone()

    def redo(self) -> None:
        """Do the step last taken back again."""
        if self._window.bridge.redo():
            self._window.announcer.undone(again=True)

    def previous_section(self) -> None:
        """The section before."""
        self._step(-1)

    def next_section(self) -> None:
        """The section after."""
        self._step(1)

    def _step(self, step: int) -> None:
        pages = self._pages()
        self._window.show_page(pages[(pages.index(self._window.page) + step) % len(pages)])

    def review(self) -> None:
        """Review and report."""
        self._window.show_page(REVIEW)
