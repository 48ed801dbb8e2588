"""Everyone can reach and read every control: names, roles, one tab stop a field, a visible focus, large text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from exam_app.core.form.form import Form
from exam_app.core.form.kinds import ListItem
from exam_app.gui.entries.entries_view import EntriesView
from exam_app.gui.fields import FieldEditor, editor_for
from exam_app.gui.fields.buttons import SegmentButton, ToggleButton, in_lines, label_lines
from exam_app.gui.fields.choosing import SegmentedEditor
from exam_app.gui.fields.groups import GroupEditor
from exam_app.gui.fields.marks import FlagsEditor
from exam_app.gui.parts.theme import DARK, LIGHT, metrics, theme
from tests.gui.fields.conftest import Show, in_window

TAB = Qt.Key.Key_Tab
CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit)


def controls(widget: QWidget) -> Iterator[QWidget]:
    """Every control that can be pressed or written in."""
    return (child for child in widget.findChildren(QWidget) if isinstance(child, CONTROLS))


def entries_view(form: Form) -> EntriesView:
    item = form.items["movements.entries"]
    assert isinstance(item, ListItem)
    return EntriesView("movements.entries", item, form)


def test_every_control_of_every_item_has_a_name_of_its_own(qtbot: QtBot, form: Form) -> None:
    for item in form.items.values():
        editor = editor_for(item, form)
        qtbot.addWidget(editor)
        editor.set_context(f"{item.label}, right")
        for control in controls(editor):
            interface = QAccessible.queryAccessibleInterface(control)
            assert interface is not None
            assert interface.text(QAccessible.Text.Name).strip(), (item.id, control)
        fields = editor.findChildren(FieldEditor)
        assert all(field.accessibleName().startswith(f"{item.label}, right, ") for field in fields)


def test_answers_are_radio_buttons_and_marks_are_check_boxes(form: Form, show: Show) -> None:
    shown = show(form.items["movements.observation"])
    assert isinstance(shown.editor, GroupEditor)
    seen, states = shown.editor.row("seen").editor, shown.editor.row("states").editor
    roles = {QAccessible.queryAccessibleInterface(button).role() for button in seen.findChildren(SegmentButton)}
    marks = {QAccessible.queryAccessibleInterface(button).role() for button in states.findChildren(ToggleButton)}
    assert roles == {QAccessible.Role.RadioButton}
    assert marks == {QAccessible.Role.CheckBox}


def test_a_screen_reader_can_press_an_answer(form: Form, show: Show) -> None:
    shown = show(form.items["reflexes.plantar"])
    assert isinstance(shown.editor, SegmentedEditor)
    interface = QAccessible.queryAccessibleInterface(shown.editor.buttons[1])
    assert interface is not None
    actions = interface.actionInterface()
    assert actions is not None
    actions.doAction("Toggle")
    assert shown.told == [shown.editor.answers[1].value]
    other = QAccessible.queryAccessibleInterface(shown.editor.buttons[0])
    assert other is not None
    others = other.actionInterface()
    assert others is not None
    others.doAction("Toggle")
    assert shown.last == shown.editor.answers[0].value
    assert [button.isChecked() for button in shown.editor.buttons[:2]] == [True, False]


def test_a_screen_reader_can_press_a_mark(form: Form, show: Show) -> None:
    shown = show(form.items["gait.freezing"])
    assert isinstance(shown.editor, FlagsEditor)
    for state in ("yes", "no", "unknown", "not asked"):
        interface = QAccessible.queryAccessibleInterface(shown.editor.row.buttons[0])
        assert interface is not None
        actions = interface.actionInterface()
        assert actions is not None
        actions.doAction("Toggle")
        assert interface.text(QAccessible.Text.Name).endswith(f", {state}")


def test_tab_stops_once_at_each_field_in_the_order_read(form: Form, show: Show) -> None:
    shown = show(form.items["movements.observation"])
    assert isinstance(shown.editor, GroupEditor)
    order = []
    for _ in shown.editor.rows:
        focused = QApplication.focusWidget()
        assert focused is not None
        order.append(next(row.name for row in shown.editor.rows if row.editor.isAncestorOf(focused)))
        shown.type(TAB)
    assert order == [row.name for row in shown.editor.rows]


def test_tab_comes_back_to_the_chosen_answer(form: Form, show: Show) -> None:
    shown = show(form.items["strength.triceps"])
    assert isinstance(shown.editor, SegmentedEditor)
    shown.type("4")
    focused = QApplication.focusWidget()
    assert isinstance(focused, SegmentButton)
    assert focused.face.label == "4"


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_focus_is_a_ring_of_two_pixels(form: Form, show: Show, palette: object) -> None:
    theme().show(DARK if palette is DARK else LIGHT)
    shown = show(form.items["strength.triceps"])
    assert isinstance(shown.editor, SegmentedEditor)
    image = shown.editor.buttons[0].grab().toImage()
    ring = theme().palette.color("focus")
    middle = image.height() // 2
    assert [image.pixelColor(x, middle) for x in (0, 1)] == [ring, ring]
    assert colour_at_edge(shown.editor.buttons[3].grab().toImage()) != ring


def colour_at_edge(image: QImage) -> QColor:
    return image.pixelColor(0, image.height() // 2)


@pytest.mark.parametrize("width", [420, 1100])
def test_no_word_is_clipped_at_twice_the_text_size(form: Form, qtbot: QtBot, width: int) -> None:
    theme().show(LIGHT, 2.0)
    strong, small = QFontMetrics(theme().font(bold=True)), QFontMetrics(theme().font(metrics.font_small))
    for item_id in ("strength.triceps", "tone.elbow_flexors", "movements.observation", "gait.tug", "reflexes.jaw"):
        editor = editor_for(form.items[item_id], form)
        window = in_window(qtbot, editor, width)
        for child in editor.findChildren(QWidget):
            if isinstance(child, (SegmentButton, ToggleButton)) and child.isVisible():
                needed = max(strong.horizontalAdvance(line) for line in label_lines(child.face.label))
                below = max(small.horizontalAdvance(line) for line in in_lines(child.face.below, 11))
                assert child.width() >= max(needed, below), (item_id, child.face)
                assert child.height() >= strong.height() + (small.height() if child.face.below else 0)
                assert child.height() >= child.sizeHint().height()
        window.close()


def test_a_row_that_is_too_long_wraps_and_nothing_overlaps(form: Form, show: Show) -> None:
    shown = show(form.items["tone.elbow_flexors"], width=360)
    assert isinstance(shown.editor, GroupEditor)
    quality = shown.editor.row("quality").editor
    assert isinstance(quality, SegmentedEditor)
    boxes = [button.geometry() for button in quality.buttons]
    assert len({box.y() for box in boxes}) > 2
    assert all(box.right() <= quality.row.width() for box in boxes)
    assert not any(a.intersects(b) for at, a in enumerate(boxes) for b in boxes[at + 1 :])


def test_anchors_stand_under_the_grades_where_there_is_room(form: Form, show: Show) -> None:
    wide, narrow = show(form.items["strength.triceps"], width=1000), show(form.items["strength.triceps"], width=400)
    assert isinstance(wide.editor, SegmentedEditor)
    assert isinstance(narrow.editor, SegmentedEditor)
    assert wide.editor.buttons[4].face.below == "slight resistance"
    assert narrow.editor.buttons[4].face.below == ""
    assert narrow.editor.buttons[4].toolTip() == "gravity plus slight resistance"


def test_every_control_of_the_movement_entries_has_a_name(qtbot: QtBot, form: Form) -> None:
    view = entries_view(form)
    window = in_window(qtbot, view, 1000)
    view.add_entry()
    assert window.isVisible()
    for control in controls(view):
        interface = QAccessible.queryAccessibleInterface(control)
        assert interface is not None
        assert interface.text(QAccessible.Text.Name).strip(), control
