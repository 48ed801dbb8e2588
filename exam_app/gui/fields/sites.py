"""The site picker: where on the body, with the patient's right on the left, any number of sites."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QVBoxLayout, QWidget

from exam_app.core.form.form import Form
from exam_app.core.form.kinds import ChoiceKind, Field, Item, ListKind, Option, Side
from exam_app.core.record.values import ChoiceValue, GroupValue, ListValue, SideValue, Value
from exam_app.core.wording.term_words import side_letter
from exam_app.core.wording.value_words import field_texts, site_text
from exam_app.gui.fields.base import FieldEditor, plain_text, takes_back
from exam_app.gui.fields.buttons import ButtonRow, Face, ToggleButton, width_of
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import RoleLabel


def is_site_list(field: Field | Item) -> bool:
    """Whether a list holds nothing but a site and its side, and so is picked rather than written."""
    return (
        isinstance(field, ListKind)
        and field.by_id.keys() == {"site", "side"}
        and isinstance(field.by_id["site"], ChoiceKind)
    )


@dataclass(frozen=True, slots=True)
class Place:
    """One button: a site, on a side or to a side, or without."""

    option: Option
    side: Side | None

    @property
    def entry(self) -> GroupValue:
        """The entry that the button stands for."""
        fields: dict[str, Value] = {"site": ChoiceValue(token=self.option.id)}
        if self.side is not None:
            fields["side"] = SideValue(side=self.side)
        return GroupValue(fields=fields)


def places_of(option: Option) -> list[Place]:
    """The buttons of a site from left to right: R on the left; an axial site may lie to a side or not."""
    if option.sided == "none":
        return [Place(option, None)]
    if option.sided == "paired":
        return [Place(option, "R"), Place(option, "L")]
    return [Place(option, "R"), Place(option, None), Place(option, "L")]


class _PlaceRow(ButtonRow):
    """The buttons of all sites: each site is R, name, L, as one faces the patient; the columns follow the width."""

    def __init__(self, places: list[Place], options: list[Option], parent: QWidget) -> None:
        self._places, self._options = places, options
        self._columns = 0
        self.names: dict[str, QLabel] = {}
        super().__init__([ToggleButton(_face(place)) for place in places], parent)

    def place(self) -> None:
        """Put the buttons and the names of paired sites into a grid of triples."""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(2)
        for option in self._options:
            if option.sided == "paired":
                self.names[option.id] = RoleLabel(option.label, "", self)
                self.names[option.id].setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.arrange(1)

    def arrange(self, columns: int) -> None:
        """Lay the sites out in so many columns of triples."""
        if columns == self._columns:
            return
        self._columns = columns
        for number, option in enumerate(self._options):
            line, first = number // columns, number % columns * 4
            for place, made in zip(self._places, self.buttons, strict=True):
                if place.option is option:
                    at = {"R": 0, None: 1, "L": 2}[place.side]
                    self._grid.addWidget(made, line, first + at)
            if option.id in self.names:
                self._grid.addWidget(self.names[option.id], line, first + 1)
        # The last triple has no gap behind it, and what an earlier arrangement had beyond it needs no room any more.
        for column in range(max(self._grid.columnCount(), columns * 4)):
            width = {1: self.middle_width(), 3: metrics.gap_large}.get(column % 4, 0)
            self._grid.setColumnMinimumWidth(column, width if column < columns * 4 - 1 else 0)

    def middle_width(self) -> int:
        """The width of the longest name."""
        return max(width_of(Face(option.label)) for option in self._options)

    def minimumSizeHint(self) -> QSize:
        """Qt's own name: one site wide, so that it can be made narrower than it was; then the columns follow."""
        return QSize(self.triple_width(), super().minimumSizeHint().height())

    def triple_width(self) -> int:
        """The width of one site with its sides and the gap after it."""
        return 2 * width_of(Face("R")) + self.middle_width() + metrics.gap_large


def _face(place: Place) -> Face:
    return Face(side_letter(place.side) if place.side is not None else place.option.label)


class SitePicker(FieldEditor):
    """Every site as a button that is pressed or not. Arrows move, Space toggles, letters go to a site by its name."""

    def __init__(self, field: Field | Item, form: Form, parent: QWidget | None = None) -> None:
        """`field` is a list of `site` and `side`."""
        super().__init__(field, form, parent)
        if not isinstance(field, ListKind) or not isinstance(field.by_id["site"], ChoiceKind):
            raise TypeError(f"'{field.id}' is no list of sites")
        self.list_kind = field
        options = list(field.by_id["site"].options)
        self.places = [place for option in options for place in places_of(option)]
        self.row = _PlaceRow(self.places, options, self)
        self.row.pressed.connect(self._toggle)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.row, 0, Qt.AlignmentFlag.AlignLeft)
        # An imported record may hold what no button stands for: a site that could not be looked at.
        self.others = RoleLabel("", "muted", self, wraps=True)
        box.addWidget(self.others)
        self.setFocusProxy(self.row)
        theme().changed.connect(self._arrange)
        self._show(None)

    def button_for(self, site: str, side: Side | None = None) -> QAbstractButton:
        """The button of a site on a side."""
        at = next(index for index, place in enumerate(self.places) if (place.option.id, place.side) == (site, side))
        return self.row.buttons[at]

    def take_key(self, event: QKeyEvent) -> bool:
        """Letters go to the next site of that name, Delete takes the focused site away."""
        here = self.row.focused()
        if takes_back(event) and here >= 0:
            if self.places[here].entry in self._entries():
                self._toggle(here)
            return True
        letter = plain_text(event).lower()
        if here < 0 or len(letter) != 1 or not letter.isalpha():
            return False
        order = [*range(here + 1, len(self.places)), *range(here + 1)]
        found = [at for at in order if self._begins(at, letter)]
        if found:
            self.row.go_to(found[0])
        return bool(found)

    def _begins(self, at: int, letter: str) -> bool:
        """Whether this is the first button of a site whose name begins with the letter."""
        option = self.places[at].option
        first = at == 0 or self.places[at - 1].option is not option
        return first and option.label.lower().startswith(letter)

    def _entries(self) -> tuple[GroupValue, ...]:
        return self._value.entries if isinstance(self._value, ListValue) else ()

    def _toggle(self, index: int) -> None:
        entry = self.places[index].entry
        entries = self._entries()
        kept = tuple(each for each in entries if each != entry)
        if kept == entries:
            kept = (*entries, entry)
        self._answer(ListValue(entries=kept) if kept else None)

    def _show(self, value: Value | None) -> None:
        entries = value.entries if isinstance(value, ListValue) else ()
        offered = {place.entry.model_dump_json() for place in self.places}
        unoffered = [entry for entry in entries if entry.model_dump_json() not in offered]
        self.others.setText("; ".join(", ".join(field_texts(self.list_kind, each, self.form)) for each in unoffered))
        self.others.setVisible(bool(unoffered))
        for place, made in zip(self.places, self.row.buttons, strict=True):
            chosen = place.entry in entries
            if isinstance(made, ToggleButton):
                made.show_state(_face(place), "accent" if chosen else "plain", checked=chosen)

    def _name_parts(self, words: str) -> None:
        self.row.setAccessibleName(words)
        for place, made in zip(self.places, self.row.buttons, strict=True):
            said = site_text(self.list_kind, place.entry)
            made.setAccessibleName(said)
            made.setToolTip(said)

    def _arrange(self) -> None:
        self.row.arrange(max(1, min(6, (self.width() + metrics.gap_large) // self.row.triple_width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: as many sites side by side as there is room for."""
        super().resizeEvent(event)
        self._arrange()
