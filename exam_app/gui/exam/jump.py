"""`/` and letters: the way to any item by its name."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from exam_app.core.editing.visible import is_item_visible
from exam_app.core.form.form import Form, item_addresses, split_address
from exam_app.core.record.record import Examination
from exam_app.core.words import _
from exam_app.gui.parts.faces import row_detail
from exam_app.gui.parts.layouts import ENTER_KEYS
from exam_app.gui.parts.overlay import Overlay
from exam_app.gui.parts.widgets import RoleLabel

MOST = 12
"""So many hits are listed; more letters make fewer."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to jump to: an item's first address, its words in the list, its name, and what is searched."""

    address: str
    words: str
    section_id: str
    name: str
    searched: str


def places_of(form: Form) -> list[Place]:
    """Every item of a form in its order."""
    places = []
    for section in form.sections:
        for item in section.items:
            item_id = f"{section.id}.{item.id}"
            detail = row_detail(item)
            words = _("{item} \u00b7 {section}").format(item=item.label, section=section.title)
            searched = " ".join((item.label, detail, item.phrase or "", section.title)).casefold()
            name = item.label.casefold()
            places.append(Place(item_addresses(item_id, item)[0], words, section.id, name, searched))
    return places


def found(places: list[Place], typed: str, section_id: str) -> list[Place]:
    """The places that hold every typed word: a name that is exactly this first, then those of this section; of each,
    names that begin with all that is typed, then with the first word, then those with a word that does."""
    words = typed.casefold().split()
    if not words:
        return []
    hits = [place for place in places if all(word in place.searched for word in words)]

    whole = " ".join(words)

    def rank(place: Place) -> tuple[bool, bool, bool, bool, bool]:
        return (
            place.name != whole,
            place.section_id != section_id,
            not place.name.startswith(whole),
            not place.name.startswith(words[0]),
            f" {words[0]}" not in place.searched,
        )

    return sorted(hits, key=rank)[:MOST]


class JumpPanel(Overlay):
    """A line for letters and the list of what they fit. `chosen` carries the address."""

    chosen = Signal(str)

    def __init__(self, window: QWidget, form: Form) -> None:
        super().__init__(window, 560)
        self.setAccessibleName(_("Go to an item"))
        self._form = form
        self._places = places_of(form)
        self._offered: list[Place] = []
        self._section_id = ""
        self.card.body.addWidget(RoleLabel(_("Go to an item"), "large"))
        self.line = QLineEdit(self.card)
        self.line.setPlaceholderText(_("Letters of its name, then Enter"))
        self.line.setAccessibleName(_("Name of an item"))
        self.line.textChanged.connect(self._search)
        self.line.installEventFilter(self)
        self.hits = QListWidget(self.card)
        self.hits.setAccessibleName(_("Items found"))
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.itemClicked.connect(self._clicked)
        self.hits.setFixedHeight(8 * (self.hits.fontMetrics().lineSpacing() + 6))
        self.card.body.addWidget(self.line)
        self.card.body.addWidget(self.hits)
        self.card.body.addWidget(
            RoleLabel(_("Enter goes to the right side, Shift+Enter to the left."), "small", wraps=True)
        )

    def ask(self, section_id: str, record: Examination) -> None:
        """Ask for an item; those of this section come first, those not asked are left out."""
        self._section_id = section_id
        self._offered = [
            place
            for place in self._places
            if is_item_visible(self._form.addresses[place.address], record) or place.address in record.findings
        ]
        self.line.clear()
        self.hits.clear()
        self.open()

    def take_focus(self) -> None:
        """Into the line."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search(self, typed: str) -> None:
        self.hits.clear()
        for place in found(self._offered, typed, self._section_id):
            entry = QListWidgetItem(place.words, self.hits)
            entry.setData(Qt.ItemDataRole.UserRole, place.address)
        self.hits.setCurrentRow(0)
        self.line.setAccessibleDescription(self.hits.currentItem().text() if self.hits.count() else _("Nothing found"))

    def _clicked(self) -> None:
        self._take()

    def _take(self, *, left: bool = False) -> None:
        """Go to the item, of two sides to the right one, or to the left."""
        if not self.hits.count():
            return
        item_id, _side = split_address(str(self.hits.currentItem().data(Qt.ItemDataRole.UserRole)))
        addresses = item_addresses(item_id, self._form.items[item_id])
        self.close_panel()
        self.chosen.emit(addresses[-1 if left else 0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own name: arrows move in the list while the line keeps the focus; Enter takes."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and self.hits.count():
                self.hits.setCurrentRow((self.hits.currentRow() + step) % self.hits.count())
                self.line.setAccessibleDescription(self.hits.currentItem().text())
                return True
            if event.key() in ENTER_KEYS:
                self._take(left=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
        return super().eventFilter(watched, event)
