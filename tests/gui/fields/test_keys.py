"""Each kind of field by the keyboard: the key, the value that is told, and what is shown afterwards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from exam_app.core.form.form import Form
from exam_app.core.form.kinds import (
    ChoiceField,
    DateField,
    FlagsField,
    GroupItem,
    ListField,
    NumberField,
    Option,
    SideField,
    TextField,
)
from exam_app.core.record.values import (
    CannotValue,
    ChoiceValue,
    DateValue,
    FlagsValue,
    GradeValue,
    GroupValue,
    ListValue,
    NumberValue,
    SideValue,
    TextValue,
    UnableValue,
)
from exam_app.gui.fields import FieldEditor
from exam_app.gui.fields.choosing import SegmentedEditor
from exam_app.gui.fields.groups import GroupEditor
from exam_app.gui.fields.lists import ListEditor
from exam_app.gui.fields.marks import FlagsEditor
from exam_app.gui.fields.numbers import NumberEditor
from exam_app.gui.fields.sites import SitePicker
from exam_app.gui.fields.writing import LineEditor
from exam_app.gui.parts.widgets import RoleLabel
from tests.gui.fields.conftest import Show
from tests.gui.fields.read_back import read_back

DELETE, SPACE, LEFT, RIGHT = Qt.Key.Key_Delete, Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right
MANY = tuple(Option(id=f"o{number}", label=f"answer {number}") for number in range(1, 43))


def mrc(token: str) -> GradeValue:
    return GradeValue(token=token, scale="mrc/1")


def test_a_grade_is_typed_with_its_sign_and_taken_back(form: Form, show: Show) -> None:
    shown = show(form.items["strength.triceps"])
    shown.type("4", "-")
    assert shown.told == [mrc("4"), mrc("4-")]
    assert read_back(shown.editor) == mrc("4-")
    shown.type(DELETE)
    assert shown.last is None
    assert read_back(shown.editor) is None


def test_arrows_move_without_choosing_and_space_chooses(form: Form, show: Show) -> None:
    shown = show(form.items["strength.triceps"])
    shown.type(RIGHT, RIGHT)
    assert shown.told == []
    shown.type(SPACE)
    assert shown.told == [mrc("2")]


def test_enter_leaves_the_answer_as_it_is(form: Form, show: Show) -> None:
    shown = show(form.items["strength.triceps"])
    shown.type("4", Qt.Key.Key_Return)
    assert shown.told == [mrc("4")]


def test_a_sign_after_another_cell_was_shown_changes_nothing(form: Form, show: Show) -> None:
    shown = show(form.items["strength.triceps"])
    shown.type("4")
    shown.editor.set_context("Elbow extension, left")
    shown.editor.show_value(mrc("4"))
    shown.type("-")
    assert shown.told == [mrc("4")]


def test_a_chosen_button_pressed_again_is_taken_back_but_not_by_a_double_click(form: Form, show: Show) -> None:
    shown = show(form.items["reflexes.plantar"])
    assert isinstance(shown.editor, SegmentedEditor)
    button = shown.editor.buttons[1]
    # A double click is a click, a double click event in place of the second press, and a release.
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert shown.told == [shown.editor.answers[1].value]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown.last is None


def test_the_digits_of_a_long_choice_accumulate(show: Show) -> None:
    shown = show(ChoiceField(id="seen", label="Seen", kind="choice", options=MANY))
    shown.type("1", "4")
    assert shown.told == [ChoiceValue(token="o1"), ChoiceValue(token="o14")]
    shown.type("2")
    assert shown.last == ChoiceValue(token="o2")


def test_a_digit_after_another_cell_was_shown_begins_anew(show: Show) -> None:
    shown = show(ChoiceField(id="seen", label="Seen", kind="choice", options=MANY))
    shown.type("1")
    shown.editor.set_context("The next cell")
    shown.editor.show_value(ChoiceValue(token="o1"))
    shown.type("4")
    assert shown.last == ChoiceValue(token="o4")


def test_an_abnormal_choice_is_told_apart_by_more_than_colour(form: Form, show: Show) -> None:
    shown = show(form.items["strength.triceps"])
    assert isinstance(shown.editor, SegmentedEditor)
    by_token = dict(zip([answer.token for answer in shown.editor.answers], shown.editor.buttons, strict=True))
    plain = by_token["4-"].grab().toImage()
    shown.editor.show_value(mrc("4-"))
    assert by_token["4-"].tone() == "abnormal"
    assert by_token["4-"].grab().toImage() != plain
    shown.editor.show_value(mrc("5"))
    assert by_token["5"].tone() == "normal"
    assert by_token["4-"].tone() == "plain"


def test_the_definition_of_the_focused_answer_is_in_sight_then_that_of_the_chosen_one(show: Show) -> None:
    options = (
        Option(id="chorea", label="chorea", definition="Brief and irregular.", confused_with="restlessness"),
        Option(id="tic", label="tic", definition="Repeated, with an urge."),
    )
    shown = show(ChoiceField(id="seen", label="Seen", kind="choice", options=options))
    assert isinstance(shown.editor, SegmentedEditor)
    explanation = shown.editor.explanation
    assert explanation is not None
    assert explanation.text() == "chorea: Brief and irregular. Confused with: restlessness."
    shown.type(RIGHT)
    assert explanation.text() == "tic: Repeated, with an urge."
    shown.editor.show_value(ChoiceValue(token="chorea"))
    focused = QApplication.focusWidget()
    assert focused is not None
    focused.clearFocus()
    assert explanation.text().startswith("chorea")
    assert explanation.isVisible()


def test_a_side_is_chosen_by_letter_and_by_digit(show: Show) -> None:
    shown = show(SideField(id="to", label="To", kind="side", also=("both", "none")))
    shown.type("l", "1", "3", "4")
    sides = [value.side for value in shown.told if isinstance(value, SideValue)]
    assert sides == ["L", "R", "both", "none"]


def test_a_mark_goes_from_not_asked_to_yes_no_unknown_and_back(show: Show) -> None:
    field = FlagsField(
        id="marks", label="Marks", kind="flags", options=(Option(id="a", label="a"), Option(id="b", label="b"))
    )
    shown = show(field)
    shown.type("2", "2", "2", "2")
    assert shown.told == [FlagsValue(flags={"b": state}) for state in ("yes", "no", "unknown")] + [None]


def test_two_digits_mark_two_marks_and_delete_clears_the_focused_one(form: Form, show: Show) -> None:
    options = tuple(Option(id=f"m{number}", label=f"mark {number}") for number in range(1, 15))
    shown = show(FlagsField(id="marks", label="Marks", kind="flags", options=options))
    shown.type("1", "4")
    assert shown.last == FlagsValue(flags={"m1": "yes", "m4": "yes"})
    shown.type(DELETE)
    assert shown.last == FlagsValue(flags={"m1": "yes"})
    assert isinstance(shown.editor, FlagsEditor)
    assert shown.editor.row.buttons[0].accessibleName() == "Marks: mark 1, yes"


def seconds_field(**more: object) -> NumberField:
    data: dict[str, object] = {"id": "s", "label": "Time", "kind": "number", "units": ("s",), "max": 120, **more}
    return NumberField.model_validate(data)


def test_a_number_is_told_when_it_is_entered_and_a_wrong_one_is_explained(show: Show) -> None:
    shown = show(seconds_field(step=0.1))
    shown.type("13.6", Qt.Key.Key_Return)
    assert shown.told == [NumberValue(number=13.6)]
    assert isinstance(shown.editor, NumberEditor)
    shown.editor.line.selectAll()
    shown.type("999", Qt.Key.Key_Return)
    assert shown.told == [NumberValue(number=13.6)]
    assert shown.editor.line.property("wrong") is True
    assert shown.editor.hint.text() == "0 to 120 in steps of 0.1"
    assert shown.editor.line.text() == "999"


def test_what_is_typed_is_told_after_a_pause_without_any_other_key(qtbot: QtBot, show: Show) -> None:
    shown = show(seconds_field())
    with qtbot.waitSignal(shown.editor.answered, timeout=5000):
        shown.type("13")
    assert shown.told == [NumberValue(number=13)]


def test_what_is_typed_is_told_when_the_window_moves_on(show: Show) -> None:
    shown = show(TextField(id="t", label="Better with", kind="text", limit=200))
    shown.type("rest")
    shown.window.hide()
    assert shown.told == [TextValue(text="rest")]


def test_keys_from_the_grid_accumulate_in_a_number_until_the_cell_is_left(form: Form, show: Show) -> None:
    shown = show(seconds_field())
    shown.editor.clearFocus()
    shown.window.setFocus()
    for key in "13":
        press(shown.editor, key)
    assert shown.told == [NumberValue(number=1), NumberValue(number=13)]
    shown.editor.commit()
    press(shown.editor, "7")
    assert shown.last == NumberValue(number=7)


def press(editor: FieldEditor, key: str) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, ord(key.upper()), Qt.KeyboardModifier.NoModifier, key)
    assert editor.take_key(event)


@pytest.mark.parametrize(
    ("more", "typed", "value"),
    [
        ({"of": 10, "max": 10, "units": ()}, "7", NumberValue(number=7, of=10)),
        ({"of": 10, "max": 10, "units": ()}, "7/8", NumberValue(number=7, of=8)),
        ({"over": True, "max": 300, "units": ("mmHg",)}, "168/102", NumberValue(number=168, over=102)),
        ({"ranged": True}, "60-90", NumberValue(number=60, to=90)),
        ({"units": ("s", "min")}, "3 min", NumberValue(number=3, unit="min")),
    ],
)
def test_numbers_of_every_shape_are_typed(show: Show, more: dict[str, object], typed: str, value: NumberValue) -> None:
    shown = show(seconds_field(**more))
    shown.type(typed, Qt.Key.Key_Return)
    assert shown.told == [value]
    assert read_back(shown.editor) == value


def test_a_number_with_several_units_waits_for_its_unit(show: Show) -> None:
    shown = show(seconds_field(units=("s", "min")))
    shown.type("3", Qt.Key.Key_Return)
    assert isinstance(shown.editor, NumberEditor)
    assert shown.told == []
    assert shown.editor.hint.text() == "Choose the unit"
    assert shown.editor.units is not None
    QTest.mouseClick(shown.editor.units.buttons[1], Qt.MouseButton.LeftButton)
    assert shown.told == [NumberValue(number=3, unit="min")]


def test_cannot_is_an_answer_where_the_form_allows_it(show: Show) -> None:
    shown = show(seconds_field(cannot=True))
    assert isinstance(shown.editor, NumberEditor)
    assert shown.editor.cannot is not None
    shown.type("5", Qt.Key.Key_Return)
    QTest.mouseClick(shown.editor.cannot, Qt.MouseButton.LeftButton)
    assert shown.told == [NumberValue(number=5), CannotValue()]
    assert shown.editor.line.text() == ""
    shown.editor.setFocus()
    shown.type("7", Qt.Key.Key_Return)
    assert shown.last == NumberValue(number=7)
    assert not shown.editor.cannot.isChecked()


class HandClock:
    """A clock moved by hand, in milliseconds."""

    now = 0

    def __call__(self) -> int:
        return self.now


def test_space_starts_and_stops_the_watch_and_the_time_is_told(show: Show) -> None:
    clock = HandClock()
    shown = show(seconds_field(step=0.1, layout="stopwatch"), clock=clock)
    shown.type(SPACE)
    assert isinstance(shown.editor, NumberEditor)
    assert shown.editor.stopwatch is not None
    assert shown.editor.stopwatch.is_running
    clock.now += 13_640
    shown.type(SPACE)
    assert shown.told == [NumberValue(number=13.6)]
    assert shown.editor.line.text() == "13.6"


def test_a_watch_that_is_reset_tells_nothing(show: Show) -> None:
    clock = HandClock()
    shown = show(seconds_field(layout="stopwatch"), clock=clock)
    shown.type(SPACE)
    clock.now += 5000
    assert isinstance(shown.editor, NumberEditor)
    assert shown.editor.stopwatch is not None
    QTest.mouseClick(shown.editor.stopwatch.reset_button, Qt.MouseButton.LeftButton)
    assert not shown.editor.stopwatch.is_running
    assert shown.told == []


def test_a_time_beyond_the_range_is_not_recorded_as_another(show: Show) -> None:
    clock = HandClock()
    shown = show(seconds_field(layout="stopwatch"), clock=clock)
    shown.type(SPACE)
    clock.now += 500_000
    shown.type(SPACE)
    assert shown.told == []
    assert isinstance(shown.editor, NumberEditor)
    assert shown.editor.line.text() == "500"
    assert shown.editor.line.property("wrong") is True


def test_dates_may_be_partial_and_impossible_ones_stay_unrecorded(show: Show) -> None:
    shown = show(DateField(id="d", label="Last", kind="date"))
    shown.type("2021-08", Qt.Key.Key_Return)
    assert shown.told == [DateValue(date="2021-08")]
    shown.type("-32", Qt.Key.Key_Return)
    assert shown.told == [DateValue(date="2021-08")]
    assert isinstance(shown.editor, LineEditor)
    assert shown.editor.written() == "2021-08-32"


def test_showing_the_same_value_leaves_what_is_being_typed(show: Show) -> None:
    shown = show(DateField(id="d", label="Last", kind="date"))
    shown.type("20")
    shown.editor.show_value(None)
    assert isinstance(shown.editor, LineEditor)
    assert shown.editor.written() == "20"


def test_a_group_emits_the_whole_value_and_shows_a_field_once_it_is_asked(form: Form, show: Show) -> None:
    item = form.items["tone.elbow_flexors"]
    shown = show(item)
    assert isinstance(shown.editor, GroupEditor)
    assert shown.editor.row("mas").cell.isHidden()
    shown.type("3")
    assert shown.told == [GroupValue(fields={"quality": ChoiceValue(token="spasticity")})]
    assert shown.editor.row("mas").cell.isVisible()
    shown.editor.row("mas").editor.setFocus()
    shown.type("1", "+")
    mas = GradeValue(token="1+", scale="modified_ashworth/1")
    assert shown.last == GroupValue(fields={"quality": ChoiceValue(token="spasticity"), "mas": mas})


def test_a_group_whose_last_field_is_taken_back_is_none(form: Form, show: Show) -> None:
    shown = show(form.items["tone.elbow_flexors"])
    shown.type("1", DELETE)
    assert shown.last is None


def test_an_answer_given_stays_shown_when_it_is_no_longer_asked(form: Form, show: Show) -> None:
    shown = show(form.items["tone.elbow_flexors"])
    assert isinstance(shown.editor, GroupEditor)
    mas = GradeValue(token="1+", scale="modified_ashworth/1")
    shown.editor.show_value(GroupValue(fields={"quality": ChoiceValue(token="normal"), "mas": mas}))
    assert shown.editor.row("mas").cell.isVisible()


def test_of_exclusive_fields_the_last_one_answered_stays(form: Form, show: Show) -> None:
    item = form.items["sensation.vibration_hallux"]
    assert isinstance(item, GroupItem)
    shown = show(item)
    assert isinstance(shown.editor, GroupEditor)
    shown.editor.row("seconds").editor.setFocus()
    shown.type("8", Qt.Key.Key_Return)
    shown.editor.row("grade").editor.setFocus()
    shown.type("1")
    assert isinstance(shown.last, GroupValue)
    assert list(shown.last.fields) == ["grade"]
    assert read_back(shown.editor) == shown.last


def test_a_field_that_could_not_be_tested_says_so_until_it_is_answered(form: Form, show: Show) -> None:
    shown = show(form.items["tone.elbow_flexors"])
    assert isinstance(shown.editor, GroupEditor)
    shown.editor.show_value(GroupValue(fields={"quality": UnableValue(reason="pain")}))
    row = shown.editor.row("quality")
    assert row.unable.isVisible()
    assert row.unable.text() == "unable: pain"
    shown.type("1")
    assert not row.unable.isVisible()


def awareness(form: Form) -> ListField:
    item = form.items["movements.entries"]
    assert item.kind == "list"
    episode = item.by_id["episode"]
    assert episode.kind == "group"
    field = episode.by_id["awareness"]
    assert isinstance(field, ListField)
    return field


def test_a_new_entry_counts_with_its_first_answer_and_can_be_removed(form: Form, show: Show) -> None:
    shown = show(awareness(form))
    assert isinstance(shown.editor, ListEditor)
    shown.type(SPACE)
    assert shown.told == []
    assert len(shown.editor.entries) == 1
    shown.type("2")
    entry = GroupValue(fields={"state": ChoiceValue(token="altered")})
    assert shown.told == [ListValue(entries=(entry,))]
    QTest.mouseClick(shown.editor.entries[0].remove_button, Qt.MouseButton.LeftButton)
    assert shown.last is None
    assert shown.editor.entries == []


def sites(form: Form) -> ListField:
    item = form.items["movements.entries"]
    assert item.kind == "list"
    field = item.by_id["sites"]
    assert isinstance(field, ListField)
    return field


def site(name: str, side: str | None = None) -> GroupValue:
    fields: dict[str, object] = {"site": {"kind": "choice", "token": name}}
    if side is not None:
        fields["side"] = {"kind": "side", "side": side}
    return GroupValue.model_validate({"fields": fields})


def test_sites_are_found_by_letter_and_toggled_by_space(form: Form, show: Show) -> None:
    shown = show(sites(form))
    shown.type("h", "h", SPACE)
    assert shown.last == ListValue(entries=(site("hand", "R"),))
    shown.type(RIGHT, SPACE)
    assert shown.last == ListValue(entries=(site("hand", "R"), site("hand", "L")))
    shown.type("n", RIGHT, SPACE)
    assert shown.last == ListValue(entries=(site("hand", "R"), site("hand", "L"), site("neck")))
    shown.type(SPACE)
    assert shown.last == ListValue(entries=(site("hand", "R"), site("hand", "L")))


def test_the_patients_right_is_on_the_left_and_every_button_says_its_side(form: Form, show: Show) -> None:
    shown = show(sites(form))
    assert isinstance(shown.editor, SitePicker)
    right, left = shown.editor.button_for("hand", "R"), shown.editor.button_for("hand", "L")
    assert right.mapTo(shown.window, right.rect().center()).x() < left.mapTo(shown.window, left.rect().center()).x()
    assert right.accessibleName() == "right hand"
    assert shown.editor.button_for("neck", "L").accessibleName() == "neck (left side)"
    assert shown.editor.button_for("neck").accessibleName() == "neck"


def test_an_entry_that_no_button_stands_for_is_said_and_kept(form: Form, show: Show) -> None:
    unseen = GroupValue(fields={"site": UnableValue(reason="cast_or_dressing")})
    shown = show(sites(form))
    shown.editor.show_value(ListValue(entries=(unseen,)))
    assert isinstance(shown.editor, SitePicker)
    assert shown.editor.others.text() == "unable (cast or dressing)"
    shown.type("l", "l", SPACE)
    assert shown.last == ListValue(entries=(unseen, site("larynx")))


def test_the_last_site_taken_away_leaves_no_answer(form: Form, show: Show) -> None:
    shown = show(sites(form))
    shown.editor.show_value(ListValue(entries=(site("larynx"),)))
    shown.type("l", "l", SPACE)
    assert shown.told == [None]


def test_what_follows_from_two_numbers_stands_below_them_while_both_are_there(form: Form, show: Show) -> None:
    tone = form.items["tone.elbow_flexors"]
    assert isinstance(tone, GroupItem)
    tardieu = tone.by_id["tardieu"]
    shown = show(tardieu)
    editor = shown.editor
    assert isinstance(editor, GroupEditor)
    below = [label for label in editor.findChildren(RoleLabel) if "Dynamic" in label.text()]
    assert below == []
    for name, keys in (("r1_deg", "60"), ("r2_deg", "90")):
        editor.row(name).editor.setFocus()
        shown.type(keys)
        editor.commit()
    (below_both,) = (label for label in editor.findChildren(RoleLabel) if "Dynamic" in label.text())
    assert below_both.isVisible()
    assert below_both.text() == "Dynamic part: R2 \u2212 R1 30\u00b0"
    value = shown.last
    assert isinstance(value, GroupValue) and set(value.fields) == {"r1_deg", "r2_deg"}
    editor.row("r1_deg").editor.setFocus()
    shown.type(DELETE, DELETE, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    editor.commit()
    assert not below_both.isVisible()
