"""A region with its finding in words, for the caption, the list, the tool tip and the screen reader."""

from __future__ import annotations

from exam_app.core.drawings.maps import RegionMap, Stand, region_name, site_name
from exam_app.core.drawings.picture import Mark
from exam_app.core.form.kinds import Option, Side
from exam_app.core.words import _, uncapitalised


def region_says(made: RegionMap, stand: Stand, mark: Mark) -> str:
    """ "C6 right, light touch 1, abnormal"."""
    value, state = value_says(mark), state_says(mark)
    parts = {"region": region_name(made, stand), "value": value, "state": "" if state == value else state, "test": ""}
    cell = stand.item.cell
    if cell is not None:
        column = next(column.label for column in made.group.columns if column.id == cell.column)
        parts["test"] = uncapitalised(column)
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
    name = site_name(option, side)
    return _("{region}, chosen").format(region=name) if mark.state == "chosen" else name
