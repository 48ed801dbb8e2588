"""Rest normal: for a group, listed before and after, one step to undo; and N through a normal examination."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from exam_app.core.derived.completeness import completeness
from exam_app.core.editing.editing import rest_normal_addresses
from exam_app.core.form.form import Form
from exam_app.core.record.record import AssertedNormal
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.exam.rest_panel import listed
from exam_app.gui.grid.grid_rows import HeadingLine
from tests.gui.typist import CTRL, SHIFT, Typist


def asserted(window: ExamWindow) -> list[str]:
    return sorted(a for a, each in window.bridge.record.findings.items() if isinstance(each, AssertedNormal))


def test_the_rest_of_a_group_is_asserted_by_one_key_and_the_next_gap_has_the_focus(
    window: ExamWindow, typist: Typist, form: Form
) -> None:
    typist.go_to_section("strength")
    typist.go_to("strength.triceps.R")
    typist.type("4-")
    group = form.group_of("strength.triceps.R")
    expected = rest_normal_addresses(window.bridge.record, form, "strength", group.id)
    before = window.bridge.record
    typist.press(Qt.Key.Key_N, CTRL | SHIFT)
    assert asserted(window) == sorted(expected)
    assert {form.group_of(address).id for address in asserted(window)} == {group.id}
    assert window.page == "strength"
    assert typist.address == "strength.iliopsoas.R", "the first gap behind it"
    assert f"Strength › {group.title}" in window.undo_bar.text.text()
    typist.press(Qt.Key.Key_Z, CTRL)
    assert window.bridge.record == before


def test_every_heading_offers_its_own_with_the_count_and_names_its_group(
    window: ExamWindow, typist: Typist, form: Form
) -> None:
    typist.go_to_section("strength")
    view = window.view
    assert view is not None
    id_of = {group.title: group.id for group in form.section_by_id["strength"].groups}
    offered = {
        id_of[line.accessibleName()]: made
        for line in view.grid.findChildren(HeadingLine)
        for made in line.findChildren(QPushButton)
        if made.isVisible()
    }
    counts = {
        group.id: len(rest_normal_addresses(window.bridge.record, form, "strength", group.id))
        for group in form.section_by_id["strength"].groups
    }
    assert {group: made.text() for group, made in offered.items()} == {
        group: f"Rest normal · {count}" for group, count in counts.items() if count
    }
    last = list(offered)[-1]
    title = next(group.title for group in form.section_by_id["strength"].groups if group.id == last)
    assert offered[last].accessibleName() == f"{title}: Rest normal · {counts[last]}"
    offered[last].click()
    QApplication.processEvents()
    assert {form.group_of(address).id for address in asserted(window)} == {last}
    assert offered[last].isHidden()


def test_what_would_be_asserted_is_listed_before_and_enter_does_it(
    window: ExamWindow, typist: Typist, form: Form
) -> None:
    typist.go_to_section("strength")
    typist.type("4")
    expected = rest_normal_addresses(window.bridge.record, form, "strength")
    typist.press(Qt.Key.Key_N, SHIFT)
    assert window.panels.rest.isVisible() and not asserted(window)
    assert window.panels.rest.accessibleName() == f"Strength: {len(expected)} findings would be asserted normal"
    said = window.panels.rest.accessibleDescription()
    assert all(name in said for name in listed(expected, form))
    assert "Shoulder abduction L" in said and "Shoulder abduction R" not in said
    typist.press(Qt.Key.Key_Escape)
    assert not window.panels.rest.isVisible() and not asserted(window)
    assert typist.address == "strength.deltoid.R"
    typist.press(Qt.Key.Key_N, SHIFT)
    typist.press(Qt.Key.Key_Return)
    assert asserted(window) == sorted(expected)
    assert window.page == "reflexes"


def test_from_the_list_a_digit_asserts_one_group_alone(window: ExamWindow, typist: Typist, form: Form) -> None:
    typist.go_to_section("strength")
    second = form.section_by_id["strength"].groups[1]
    expected = rest_normal_addresses(window.bridge.record, form, "strength", second.id)
    typist.press(Qt.Key.Key_N, SHIFT)
    typist.press("2")
    assert asserted(window) == sorted(expected)
    assert window.page == "strength"


def test_the_list_says_where_nothing_is_left_and_asserts_nothing(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("history")
    before = window.bridge.record
    typist.press(Qt.Key.Key_N, SHIFT)
    assert window.panels.rest.accessibleName().endswith("nothing is left to assert")
    typist.press(Qt.Key.Key_Return)
    typist.press(Qt.Key.Key_Escape)
    assert window.bridge.record == before


def test_what_was_asserted_is_listed_by_a_key_and_folded_away_by_it(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.press("n")
    assert window.undo_bar.names.isHidden()
    typist.press(Qt.Key.Key_L, CTRL | SHIFT)
    assert window.undo_bar.names.isVisible() and "Elbow flexion, right" in window.undo_bar.names.text()
    typist.press(Qt.Key.Key_L, CTRL | SHIFT)
    assert window.undo_bar.names.isHidden()
    assert window.page == "reflexes"


def test_a_normal_examination_with_its_core_set_takes_eleven_keys(
    window: ExamWindow, typist: Typist, form: Form
) -> None:
    """N on every section from the alert card to the gait; that no movement was seen is answered, not asserted."""
    pages = []
    while window.page != "movements":
        pages.append(window.page)
        typist.press("n")
        assert len(pages) < 12, f"N does not lead on from {pages[-1]}"
    assert typist.address == "movements.observation"
    typist.press("1")
    assert typist.keystrokes == 11
    core = completeness(window.bridge.record, form)
    assert (core.done, core.of) == (77, 77)
    assert len(pages) == len(set(pages)), "no section comes twice"
