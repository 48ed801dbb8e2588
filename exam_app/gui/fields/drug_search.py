"""The editor of a drug: a line that offers the drugs of the form's lists while a name is typed.

Generic and brand names are looked for; the generic name is what is kept. A drug that is in no list stays as typed.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QScrollArea, QVBoxLayout, QWidget

from exam_app.core.derived.exposure import exposure, setting_of
from exam_app.core.form.drugs import Hit, find, group_text, hit_text, search
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import Field, Item
from exam_app.core.record.record import Examination
from exam_app.core.record.values import TextValue, Value
from exam_app.core.wording.exposure_words import follows_text
from exam_app.core.words import _, ngettext
from exam_app.gui.fields.buttons import RING
from exam_app.gui.fields.writing import LineEditor
from exam_app.gui.parts.layouts import ENTER_KEYS
from exam_app.gui.parts.theme import theme
from exam_app.gui.parts.widgets import RoleLabel

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PADDING, _ROOM, _NARROWEST = 12, 8, 40
"""Room around a suggestion and around the list, and the least width for words, in pixels."""


class DrugSearch(LineEditor):
    """A line with suggestions below it: the arrows choose among them, Enter takes one, Escape closes them.

    Below stands what follows from the entry: group and windows, or that the drug is in no list.
    """

    def __init__(self, field: Field | Item, form: Form, parent: QWidget | None = None) -> None:
        """`field` is a text that suggests drugs."""
        super().__init__(field, form, parent)
        self._hits: tuple[Hit, ...] = ()
        self._entry: Mapping[str, Value] | None = None
        self._record: Examination | None = None
        self._is_typed = False
        self.hits = QListWidget(self)
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setWordWrap(True)
        self.hits.itemClicked.connect(self._on_clicked)
        self.hits.hide()
        self.follows = RoleLabel("", "small", self, wraps=True)
        self.follows.setContentsMargins(RING, 0, 0, 0)
        box = self.layout()
        if isinstance(box, QVBoxLayout):
            box.insertWidget(1, self.hits)
            box.addWidget(self.follows)
        theme().changed.connect(self._fit_hits)
        self._tell()

    # What is typed -------------------------------------------------------------------------------------------------

    def on_typed(self) -> None:
        """Offer what the letters may mean; they are told after the pause, as in every line."""
        self._is_typed = True
        super().on_typed()
        self._offer()

    def read(self) -> Value | str:
        """The text; the generic name where a brand was typed."""
        found = super().read()
        if not self._is_typed or not isinstance(found, TextValue):
            return found
        known = find(self.form.drugs, found.text)
        brands = [brand.casefold() for brand in known.drug.brands] if known is not None else []
        if known is None or " ".join(found.text.casefold().split()) not in brands:
            return found
        return TextValue(text=known.drug.id)

    def _offer(self) -> None:
        """Show what fits; nothing where the very name of a drug is typed."""
        typed = self.written()
        known = find(self.form.drugs, typed)
        is_named = known is not None and typed.strip().casefold() == known.drug.id
        self._hits = () if is_named else search(self.form.drugs, typed)
        self.hits.clear()
        for hit in self._hits:
            item = QListWidgetItem(hit_text(hit))
            item.setToolTip(hit.known.source.title)
            self.hits.addItem(item)
        self.hits.setVisible(bool(self._hits))
        self._fit_hits()
        self._tell()

    def _close(self) -> None:
        self._hits = ()
        self.hits.clear()
        self.hits.hide()
        self._tell()

    def _choose(self, row: int) -> None:
        chosen = self._hits[row].known.drug.id
        self._close()
        self._is_typed = False
        self._write(chosen)
        self._pending = True
        self.commit()
        self._tell()

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._choose(self.hits.row(item))

    def _leave(self) -> None:
        """The line shows what is kept: the generic name of a brand."""
        self.commit()
        self._is_typed = False
        if isinstance(self._value, TextValue) and not self._pending and self.written() != self._value.text:
            self._write(self._value.text)
        self._close()

    # Keys ----------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own name: the keys of the suggestions, while the focus stays in the line."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_line_key(event) or super().eventFilter(watched, event)
        if watched is self.line and event.type() == QEvent.Type.FocusOut:
            self._leave()
        return False

    def _take_line_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain or not self._hits:
            return False
        row = self.hits.currentRow()
        if key in _STEPS:
            self._go_to((row + _STEPS[key]) if row >= 0 or key == Qt.Key.Key_Down else len(self._hits) - 1)
        elif key in ENTER_KEYS and row >= 0:
            self._choose(row)
        elif key in ENTER_KEYS:
            self._leave()
        elif key == Qt.Key.Key_Escape:
            self._close()
        else:
            return False
        return True

    def _go_to(self, row: int) -> None:
        """Mark a suggestion; above the first and below the last none is marked, and Enter keeps what is typed."""
        inside = 0 <= row < len(self._hits)
        self.hits.setCurrentRow(row if inside else -1)
        if not inside:
            self.hits.clearSelection()
        self._describe()

    # What is shown -------------------------------------------------------------------------------------------------

    def show_entry(self, fields: Mapping[str, Value]) -> None:
        """The other fields of the same entry, from which its windows follow."""
        self._entry = fields
        self._tell()

    def show_record(self, record: Examination | None) -> None:
        """The record whose examination the entry is held against."""
        self._record = record
        self._tell()

    def set_context(self, words: str) -> None:
        """Name the editor; under another name no suggestion is left."""
        if words != self.accessibleName():
            self._is_typed = False
            self._close()
        super().set_context(words)

    def _show(self, value: Value | None) -> None:
        super()._show(value)
        self._tell()

    def _tell(self) -> None:
        """Say below the line what may be done, or what follows from what is kept."""
        if self._hits:
            said = _("The arrows choose, Enter takes one; any other name is kept as typed.")
        else:
            said = self._what_follows()
        self.follows.setText(said)
        self.follows.setVisible(bool(said))
        self._describe()

    def _what_follows(self) -> str:
        if not isinstance(self._value, TextValue):
            return ""
        if self._entry is not None and self._record is not None:
            fields = {**self._entry, "drug": self._value}
            return follows_text(exposure(fields, self.form.drugs, setting_of(self._record)))
        known = find(self.form.drugs, self._value.text)
        if known is None:
            return _("Not in the list. It is kept as typed; nothing is said about its group.")
        return _("{drug}: {groups}.").format(drug=known.drug.id, groups=group_text(known))

    def _describe(self) -> None:
        """What a screen reader says of the line: the marked suggestion, how many there are, or what follows."""
        row = self.hits.currentRow()
        if self._hits and row >= 0:
            said = _("{suggestion}, {number} of {count}").format(
                suggestion=hit_text(self._hits[row]), number=row + 1, count=len(self._hits)
            )
        elif self._hits:
            said = ngettext(
                "{count} suggestion; arrow down chooses it.",
                "{count} suggestions; arrow down chooses.",
                len(self._hits),
            ).format(count=len(self._hits))
        else:
            said = self.follows.text()
        self.line.setAccessibleDescription(said)

    def _name_parts(self, words: str) -> None:
        super()._name_parts(words)
        self.hits.setAccessibleName(_("{field}: suggestions").format(field=words))
        self._describe()

    def _fit_hits(self) -> None:
        """As high as its lines, and in sight where the form scrolls."""
        if not self._hits:
            return
        # The list itself knows the height of wrapped lines only after it was painted once.
        room = QRect(0, 0, max(self.width() - 2 * (RING + _PADDING) - _ROOM, _NARROWEST), 10_000)
        metrics, wrap = QFontMetrics(theme().font()), Qt.TextFlag.TextWordWrap
        heights = [metrics.boundingRect(room, wrap, hit_text(hit)).height() + _PADDING for hit in self._hits]
        for row, height in enumerate(heights):
            self.hits.item(row).setSizeHint(QSize(0, height))
        self.hits.setFixedHeight(sum(heights) + _ROOM)
        outer = self.parentWidget()
        while outer is not None and not isinstance(outer, QScrollArea):
            outer = outer.parentWidget()
        if isinstance(outer, QScrollArea):
            outer.ensureWidgetVisible(self.hits, 0, theme().px(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: a narrower line wraps more words."""
        super().resizeEvent(event)
        self._fit_hits()
