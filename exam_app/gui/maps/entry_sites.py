"""The sites of the entry that is open in a list of movements, as a map shows and changes them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from exam_app.core.form.kinds import Option, Side
from exam_app.core.record.values import ChoiceValue, ListValue, Value
from exam_app.gui.entries.entries_panel import EntriesPanel
from exam_app.gui.entries.entries_view import EntriesView
from exam_app.gui.fields.sites import SitePicker, is_site_list


class EntrySites(QObject):
    """Reads and presses the site picker of a list of entries; it holds nothing. `changed`: another entry, or site."""

    changed = Signal()

    def __init__(self, entries: EntriesView, field_id: str, parent: QObject | None = None) -> None:
        """`field_id` names the list of sites in an entry."""
        super().__init__(parent)
        self._entries = entries
        self._field_id = field_id
        entries.list.currentRowChanged.connect(self._tell)
        entries.answered.connect(self._tell)

    def _tell(self, *_about: object) -> None:
        self.changed.emit()

    @property
    def _picker(self) -> SitePicker:
        editor = self._entries.editor.row(self._field_id).editor
        if not isinstance(editor, SitePicker) or not is_site_list(editor.field):
            raise TypeError(f"'{self._field_id}' is no list of sites")
        return editor

    @property
    def is_open(self) -> bool:
        """Whether an entry is chosen, whose sites can be given."""
        return self._entries.list.currentRow() >= 0

    @property
    def value(self) -> Value | None:
        """The sites of the entry that is chosen."""
        return self._picker.value() if self.is_open else None

    def toggle(self, option: Option, side: Side | None) -> None:
        """Add a site, or take it away; one in the midline with whatever side it was given."""
        if not self.is_open:
            return
        given = self._given(option, side)
        for place_side in given:
            self._picker.button_for(option.id, place_side).click()
        if not given:
            self._picker.button_for(option.id, side).click()

    def _given(self, option: Option, side: Side | None) -> list[Side | None]:
        """On which of its sides a site is given; a paired one counts on the side asked for alone."""
        value = self.value
        entries = value.entries if isinstance(value, ListValue) else ()
        named = [each for each in entries if each.fields.get("site") == ChoiceValue(token=option.id)]
        places = [place for place in self._picker.places if place.option is option and place.entry in named]
        return [place.side for place in places if option.sided != "paired" or place.side == side]


def sites_of(panels: Sequence[EntriesPanel]) -> EntrySites | None:
    """The sites of the first list of entries that has any."""
    for panel in panels:
        field = next((each for each in panel.view.item.fields if is_site_list(each)), None)
        if field is not None:
            return EntrySites(panel.view, field.id, panel)
    return None
