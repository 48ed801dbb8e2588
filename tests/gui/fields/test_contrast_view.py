"""The contrast beside a movement: folded, by name, in the order of the form, in step with what is entered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from exam_app.core.form.form import Form
from exam_app.core.form.kinds import ListItem
from exam_app.core.record.record import Examined
from exam_app.core.record.values import ChoiceValue, FlagsValue, GroupValue, ListValue, Value
from exam_app.gui.entries.contrast_view import ContrastView
from exam_app.gui.entries.entries_view import EntriesView
from exam_app.gui.parts.focus import tab_stops
from tests.gui.fields.conftest import in_window
from tests.specimen import blank

NARROW = 60
"""Fewer points across show no word of a label."""
TITLE = "Recorded features typical of / against"


def entry(**features: str) -> GroupValue:
    fields: dict[str, Value] = {"phenomenology": ChoiceValue(token="dystonia")}
    if features:
        fields["features"] = FlagsValue.model_validate({"flags": features})
    return GroupValue(fields=fields)


@pytest.fixture
def view(qtbot: QtBot, form: Form) -> Iterator[EntriesView]:
    """The movements in a window, with two of them recorded."""
    item = form.items["movements.entries"]
    assert isinstance(item, ListItem)
    made = EntriesView("movements.entries", item, form)
    window = in_window(qtbot, made)
    made.show_record(blank(form))
    both = (entry(sustained="yes", march="unknown"), entry(march="yes"))
    made.show_finding(Examined(entered="typed", value=ListValue(entries=both)))
    yield made
    window.close()


def part(view: EntriesView) -> ContrastView:
    assert view.contrast is not None
    return view.contrast


def rows(view: EntriesView) -> list[str]:
    """The texts of the table in the order on screen."""
    QApplication.processEvents()  # what was put into a layout is shown by the event loop
    labels = [label for label in part(view)._body.findChildren(QLabel) if label.isVisible() and label.width() > NARROW]
    return [label.text() for label in sorted(labels, key=lambda label: (label.y(), label.x()))]


def test_it_is_folded_until_it_is_wanted(view: EntriesView) -> None:
    heading = part(view).heading
    assert heading.accessibleName() == TITLE
    assert not heading.isChecked()
    assert rows(view) == []
    assert heading in tab_stops(view)


def test_unfolded_it_says_first_that_it_is_not_reviewed(view: EntriesView) -> None:
    QTest.keyClick(part(view).heading, Qt.Key.Key_Return)
    assert rows(view)[0].endswith("counts for nothing. Not yet clinically reviewed.")
    assert "Not yet clinically reviewed." in part(view).heading.accessibleDescription()


def test_the_form_of_an_entry_is_never_wider_than_there_is_room(view: EntriesView) -> None:
    view.resize(700, 500)
    QApplication.processEvents()
    page = view.scroll_area.widget()
    assert page is not None and page.width() == view.scroll_area.viewport().width()


def test_unfolded_it_names_every_candidate_in_the_order_of_the_form(view: EntriesView, form: Form) -> None:
    QTest.keyClick(part(view).heading, Qt.Key.Key_Return)
    labels = [candidate.label for candidate in form.contrasts["dystonia_and_others"].candidates]
    said = rows(view)
    assert [text for text in said if text in labels] == labels
    at = said.index("dystonia")
    assert said[at : at + 3] == ["dystonia", "sustained posture", "none recorded"]
    at = said.index("tic")
    assert said[at : at + 3] == ["tic", "none recorded", "sustained posture"]
    description = part(view).heading.accessibleDescription()
    assert "tic: typical of it: none recorded; against it: sustained posture." in description
    assert not [text for text in said if any(character.isdigit() for character in text)]


def test_it_follows_the_chosen_movement_and_what_is_entered(view: EntriesView) -> None:
    QTest.keyClick(part(view).heading, Qt.Key.Key_Space)
    view.list.setCurrentRow(1)
    said = rows(view)
    at = said.index("focal seizure")
    assert said[at : at + 3] == ["focal seizure", "spreads along the body (march)", "none recorded"]
    changed = ListValue(entries=(entry(sustained="yes"), entry(march="no")))
    view.show_finding(Examined(entered="typed", value=changed))
    said = rows(view)
    at = said.index("focal seizure")
    assert said[at : at + 3] == ["focal seizure", "none recorded", "does not spread (no march)"]


def test_without_a_movement_there_is_nothing_to_unfold(view: EntriesView) -> None:
    view.show_finding(None)
    assert not part(view).isVisible()


def test_other_lists_have_no_contrast(qtbot: QtBot, form: Form) -> None:
    item = form.items["history.pain"]
    assert isinstance(item, ListItem)
    made = EntriesView("history.pain", item, form)
    qtbot.addWidget(made)
    assert made.contrast is None
