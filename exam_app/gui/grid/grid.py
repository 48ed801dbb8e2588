"""The grid of a section: every item a line with its cells, R on the left. Lines are built when first shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from exam_app.core.editing.visible import guest_addresses, is_folded, is_item_visible, visible_addresses
from exam_app.core.form.form import Group, Section, item_addresses, items_in, section_of, split_address
from exam_app.core.form.kinds import Item
from exam_app.core.record.values import Value
from exam_app.core.words import _, ngettext, uncapitalised
from exam_app.gui.grid.cell import Cell, CellHandler
from exam_app.gui.grid.grid_rows import Columns, HeaderLine, HeadingLine, ItemLine
from exam_app.gui.parts.accessible import Spoken
from exam_app.gui.parts.faces import main_token, row_detail, side_of, strip_of
from exam_app.gui.parts.keys import Keys
from exam_app.gui.parts.session_bridge import SessionBridge
from exam_app.gui.parts.typing_keys import typed_answer
from exam_app.gui.parts.unstyled import container
from exam_app.gui.parts.widgets import KeyCap, button, set_role


@dataclass
class _Spec:
    """A line before it is built: its words, and the addresses of its cells with their column and span."""

    label: str
    detail: str
    items: list[Item]
    places: list[tuple[str, int, int]]
    line: ItemLine | None = None


@dataclass
class _Block:
    """A group in the grid: its head, its lines in order."""

    group: Group
    columns: Columns
    box: QWidget
    layout: QVBoxLayout
    heads: int
    specs: list[_Spec] = field(default_factory=list)


class Grid(QFrame):
    """The card with all groups of a section that are laid out in lines. It reads the record and never writes.

    `group_normal_asked` carries the id of the group whose heading was pressed for "rest normal".
    """

    unfold_asked = Signal()
    group_normal_asked = Signal(str)

    def __init__(
        self, section: Section, bridge: SessionBridge, keys: Keys, handler: CellHandler, parent: QWidget
    ) -> None:
        """`handler` hears from the cells."""
        super().__init__(parent)
        set_role(self, "card")
        self.setAccessibleName(_("{section}: findings").format(section=section.title))
        self._section = section
        self._bridge = bridge
        self._handler = handler
        self._keys = keys
        self._cells: dict[str, Cell] = {}
        self._spec_of: dict[str, _Spec] = {}
        self._blocks: list[_Block] = []
        self._headed: Columns | None = None
        self._headings: dict[str, HeadingLine] = {}
        self.heads: list[HeaderLine] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        for group in section.groups:
            if group.layout != "entries":
                self._blocks.append(self._block(group, layout))
        self._fold = self._fold_line(layout)
        keys.changed.connect(self._show_keys)

    def spoken(self) -> Spoken:
        """For assistive technology: a table of rows with cells."""
        return Spoken(QAccessible.Role.Table, self.accessibleName())

    def _block(self, group: Group, layout: QVBoxLayout) -> _Block:
        columns = Columns(tuple(column.label for column in group.columns) or ("",))
        box = container(self)
        inner = QVBoxLayout(box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        heads: list[QWidget] = []
        items = self._bridge.form.items
        sided = any(items[item_id].sides == "paired" for item_id in items_in(self._section.id, group))
        if sided and columns != self._headed:
            self._headed = columns
            rows_are = _("Place") if group.layout == "matrix" else _("Item")
            self.heads.append(HeaderLine(rows_are, columns, box))
            heads.append(self.heads[-1])
        if len(self._section.groups) > 1:
            heads.append(self._heading(group, box))
        for head in heads:
            inner.addWidget(head)
        layout.addWidget(box)
        block = _Block(group, columns, box, inner, len(heads))
        block.specs = list(self._matrix_specs(group) if group.layout == "matrix" else self._grid_specs(group))
        for spec in block.specs:
            for address, _first, _span in spec.places:
                self._spec_of[address] = spec
        return block

    def _heading(self, group: Group, box: QWidget) -> HeadingLine:
        heading = HeadingLine(group, self._section.rest_key or _("Rest normal"), box)
        heading.rest_normal_asked.connect(self.group_normal_asked)
        self._headings[group.id] = heading
        return heading

    def show_rest(self, addresses: Iterable[str]) -> None:
        """What "rest normal" would assert in the section; every group offers its share."""
        counts = Counter(self._bridge.form.group_of(address).id for address in addresses)
        for group_id, heading in self._headings.items():
            heading.show_rest(counts[group_id], self._keys.cap("group_normal"))

    def _grid_specs(self, group: Group) -> Iterator[_Spec]:
        for item_id in items_in(self._section.id, group):
            item = self._bridge.form.items[item_id]
            addresses = item_addresses(item_id, item)
            places = [(address, index, 1) for index, address in enumerate(addresses)]
            if item.sides == "none":
                places = [(addresses[0], 0, 2)]
            detail = " \u00b7 ".join(part for part in (self._home_of(item_id), row_detail(item)) if part)
            yield _Spec(item.label, detail, [item], places)

    def _home_of(self, address: str) -> str:
        """Where a guest is at home, in words; empty for an item of this section."""
        home = section_of(address)
        if home == self._section.id:
            return ""
        return _("in {section}").format(section=self._bridge.form.section_by_id[home].title)

    def _matrix_specs(self, group: Group) -> Iterator[_Spec]:
        at = {(item.cell.row, item.cell.column): item for item in group.items if item.cell is not None}
        for row in group.rows:
            items, places = [], []
            for index, column in enumerate(group.columns):
                item = at.get((row.id, column.id))
                if item is None:
                    continue
                items.append(item)
                addresses = item_addresses(f"{self._section.id}.{item.id}", item)
                span = 2 // len(addresses)
                places += [(address, 2 * index + number * span, span) for number, address in enumerate(addresses)]
            if items:
                yield _Spec(row.label, row.detail or "", items, places)

    def _fold_line(self, layout: QVBoxLayout) -> QWidget:
        line = container(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(8, 2, 8, 2)
        self.fold_button = button("", "link", line)
        self.fold_button.clicked.connect(self.unfold_asked)
        row.addWidget(self.fold_button)
        self._fold_key = KeyCap(self._keys.cap("unfold"), line)
        row.addWidget(self._fold_key)
        row.addStretch(1)
        layout.addWidget(line)
        return line

    def _show_keys(self) -> None:
        self._fold_key.setText(self._keys.cap("unfold"))

    # What is shown -------------------------------------------------------------------------------------------------

    def show_lines(self, *, unfolded: bool, revealed: frozenset[str] = frozenset()) -> None:
        """Show the lines that are asked or answered; with `unfolded` the folded ones too. `revealed` are item ids
        that were jumped to. Lines that come to be shown for the first time are built."""
        record, form = self._bridge.record, self._bridge.form
        own = visible_addresses(form, record, self._section.id, folded=unfolded)
        shown = {*own, *guest_addresses(form, record, self._section.id)}
        for block in self._blocks:
            any_shown = False
            for spec in block.specs:
                visible = any(
                    address in shown or split_address(address)[0] in revealed for address, _first, _span in spec.places
                )
                any_shown = any_shown or visible
                if visible and spec.line is None:
                    self._build(block, spec)
                if spec.line is not None and spec.line.isHidden() == visible:
                    spec.line.setVisible(visible)
            block.box.setVisible(any_shown)
        self._show_fold(unfolded=unfolded)

    def _show_fold(self, *, unfolded: bool) -> None:
        """What is folded announces itself: how many items, and the groups they belong to."""
        record, form = self._bridge.record, self._bridge.form
        offered = form.in_scope(record.scope)
        count, titles = 0, []
        for block in self._blocks:
            folded = [
                item
                for item in block.group.items
                if f"{self._section.id}.{item.id}" in offered
                and is_folded(item, record)
                and is_item_visible(item, record)
            ]
            hidden = [item for item in folded if unfolded or self._is_hidden(item)]
            count += len(hidden)
            if hidden:
                titles.append(uncapitalised(block.group.title))
        text = _("Fold the further items away")
        if not unfolded:
            text = ngettext("+ {count} more: {groups}", "+ {count} more: {groups}", count).format(
                count=count, groups=", ".join(titles)
            )
        self.fold_button.setToolTip(text)
        self.fold_button.setAccessibleName(text)
        self._fit_fold()
        self._fold.setVisible(count > 0)

    def focus_fold(self) -> None:
        """Put the focus on the line of what is folded, where no cell is left to have it."""
        self.fold_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit_fold(self) -> None:
        room = max(300, self.width() - 90)
        text = self.fold_button.toolTip()
        self.fold_button.setText(self.fold_button.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: as much of what is folded is named as there is room for."""
        super().resizeEvent(event)
        self._fit_fold()

    def _is_hidden(self, item: Item) -> bool:
        spec = self._spec_of[item_addresses(f"{self._section.id}.{item.id}", item)[0]]
        return spec.line is None or spec.line.isHidden()

    def _build(self, block: _Block, spec: _Spec) -> None:
        line = ItemLine(spec.label, spec.detail, spec.items, block.columns, block.box)
        items = self._bridge.form.addresses
        for address, first, span in spec.places:
            cell = Cell(address, items[address], side_of(address), self._handler, line)
            cell.setAccessibleDescription(self._home_of(address))
            self._cells[address] = cell
            line.add(cell, first, span)
        spec.line = line
        before = sum(1 for each in block.specs[: block.specs.index(spec)] if each.line is not None)
        block.layout.insertWidget(block.heads + before, line)
        self.redraw(address for address, _first, _span in spec.places)

    def redraw(self, addresses: Iterable[str], *, at_once: bool = False) -> None:
        """Show what the record now holds at these addresses, where their cells are built."""
        form = self._bridge.form
        for address in addresses:
            cell = self._cells.get(address)
            if cell is not None:
                finding = self._bridge.finding(address)
                cell.set_token(main_token(cell.item, finding, form))
                cell.set_face(self._bridge.face(address), at_once=at_once)

    def strip_of(self, cell: Cell) -> tuple[tuple[str, str], ...]:
        """The grades to show in a cell while it has the focus; none where they do not fit or there are none."""
        return strip_of(cell.item, self._bridge.form)

    def graded(self, cell: Cell, token: str) -> Value | None:
        """The value that a cell has once this grade was picked: the main field is answered, the others stay."""
        form = self._bridge.form
        answer = typed_answer(cell.item, self._bridge.value(cell.address), "", token[0], form)
        for key in token[1:]:
            current = answer.value if answer is not None else None
            answer = typed_answer(cell.item, current, answer.typed, key, form) if answer is not None else None
        return answer.value if answer is not None else None

    # Where things are ----------------------------------------------------------------------------------------------

    @property
    def cells(self) -> dict[str, Cell]:
        """Every built cell by its address."""
        return self._cells

    def lines(self) -> list[ItemLine]:
        """The lines shown, from top to bottom."""
        return [line for block in self._blocks for line in self._lines_of(block)]

    @staticmethod
    def _lines_of(block: _Block) -> list[ItemLine]:
        return [spec.line for spec in block.specs if spec.line is not None and not spec.line.isHidden()]

    def line_of(self, address: str) -> ItemLine | None:
        """The line of an address, if it is built."""
        spec = self._spec_of.get(address)
        return spec.line if spec is not None else None

    def holds(self, address: str) -> bool:
        """Whether an address belongs to this grid, shown or not."""
        return address in self._spec_of

    def group_starts(self) -> list[ItemLine]:
        """The first shown line of every group."""
        return [lines[0] for block in self._blocks if (lines := self._lines_of(block))]
