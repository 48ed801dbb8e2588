"""A region with its finding in words, for the caption, the list, the tool tip and the screen reader."""

from __future__ import annotations

from exam_app.core.kinds import Option, Side
from exam_app.core.maps import RegionMap, Stand
from exam_app.core.picture import Mark
from exam_app.core.wording import side_word
from exam_app.core.words import _
from exam_app.gui.faces import side_of


def region_name(made: RegionMap, stand: Stand) -> str:
    """ "C6 right", "Jaw", "Upper nasal right"."""
    item = stand.item
    if stand.field is not None:
        name = stand.field.label
    elif item.cell is not None:
        name = next(row.label for row in made.group.rows if row.id == item.cell.row)
    else:
        name = item.label
    side = side_of(stand.address)
    return _("{region} {side}").format(region=name, side=side_word(side)) if side is not None else name


def region_says(made: RegionMap, stand: Stand, mark: Mark) -> str:
    """ "C6 right, light touch 1, abnormal"."""
    value, state = value_says(mark), state_says(mark)
    parts = {"region": region_name(made, stand), "value": value, "state": "" if state == value else state, "test": ""}
    cell = stand.item.cell
    if cell is not None:
        column = next(column.label for column in made.group.columns if column.id == cell.column)
        parts["test"] = column[:1].lower() + column[1:]
    if parts["test"] and parts["state"]:
        return _("{region}, {test} {value}, {state}").format(**parts)
    if parts["test"]:
        return _("{region}, {test} {value}").format(**parts)
    if parts["state"]:
        return _("{region}, {value}, {state}").format(**parts)
    return _("{region}, {value}").format(**parts)


def value_says(mark: Mark) -> str:
    """The value of a mark."""
    return _("not yet examined") if mark.state == "gap" else mark.text


def state_says(mark: Mark) -> str:
    """What a mark is judged, where it is."""
    return {"abnormal": _("abnormal"), "normal": _("normal"), "asserted": _("asserted")}.get(mark.state, "")


def site_says(option: Option, side: Side | None, mark: Mark) -> str:
    """ "Hand right, chosen"."""
    name = option.label[:1].upper() + option.label[1:]
    if side is not None:
        name = _("{region} {side}").format(region=name, side=side_word(side))
    return _("{region}, chosen").format(region=name) if mark.state == "chosen" else name
