"""Words typed or pasted into a field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from exam_app.core.form.kinds import TextField
from exam_app.core.record.values import TextValue
from exam_app.gui.fields.writing import LineEditor
from tests.gui.fields.conftest import Show


def test_an_emptied_text_is_taken_back(show: Show) -> None:
    shown = show(TextField(id="t", label="In words", kind="text", limit=500))
    shown.type("a tap")
    shown.editor.commit()
    for _ in "a tap":
        shown.type(Qt.Key.Key_Backspace)
    shown.editor.commit()
    assert shown.told == [TextValue(text="a tap"), None]


def test_a_text_that_is_too_long_stays_whole_in_the_line_and_is_refused_with_its_count(show: Show) -> None:
    shown = show(TextField(id="t", label="In words", kind="text", limit=120))
    assert isinstance(shown.editor, LineEditor)
    QApplication.clipboard().setText("x" * 121)
    QTest.keySequence(shown.editor.line, QKeySequence.StandardKey.Paste)
    shown.editor.commit()
    assert shown.told == []
    assert shown.editor.written() == "x" * 121
    assert "121 characters; at most 120 are kept" in shown.editor.hint.text()
    shown.type(Qt.Key.Key_Backspace)
    shown.editor.commit()
    assert shown.told == [TextValue(text="x" * 120)]
