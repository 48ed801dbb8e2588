"""Editors of a grade, a choice and a side: segmented buttons that show their key, chosen by one keystroke."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from exam_app.core.checks.record_checks import scale_ref
from exam_app.core.derived.judgement import judge_value
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import ChoiceKind, Field, GradeKind, Item, Option, SideKind
from exam_app.core.quick.typed import choice_after_key, grade_after_key
from exam_app.core.record.values import ChoiceValue, GradeValue, SideValue, Value
from exam_app.core.wording.term_words import side_word
from exam_app.core.wording.value_words import grade_text
from exam_app.core.words import _
from exam_app.gui.fields.base import FieldEditor, plain_text, takes_back
from exam_app.gui.fields.buttons import ButtonRow, Face, SegmentButton, width_of
from exam_app.gui.parts.spoken import signs_in_words
from exam_app.gui.parts.widgets import RoleLabel


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer offered: the value it stands for and the words around it."""

    token: str
    value: Value
    face: Face
    anchor: str = ""
    explanation: str = ""


def answers_of(field: Field | Item, form: Form) -> list[Answer]:
    """The answers of a grade, a choice or a side, in the form's order."""
    if isinstance(field, GradeKind):
        scale = form.scales[field.scale]
        return [
            Answer(
                grade.token,
                GradeValue(token=grade.token, scale=scale_ref(scale)),
                Face(grade_text(grade.token), grade.key or ""),
                anchor=grade.short or grade.anchor,
                explanation=grade.anchor,
            )
            for grade in scale.grades
        ]
    if isinstance(field, ChoiceKind):
        return [
            Answer(
                option.id,
                ChoiceValue(token=option.id),
                Face(option.label, str(number)),
                explanation=_explained(option),
            )
            for number, option in enumerate(field.options, 1)
        ]
    return [
        Answer(side, SideValue.model_validate({"side": side}), Face(side_word(side), str(number)))
        for number, side in enumerate(_sides(field), 1)
    ]


def _sides(field: Field | Item) -> tuple[str, ...]:
    return ("R", "L", *field.also) if isinstance(field, SideKind) else ()


def _explained(option: Option) -> str:
    if option.definition and option.confused_with:
        return _("{definition} Confused with: {others}.").format(
            definition=option.definition, others=option.confused_with
        )
    return option.definition or ""


def _token(value: Value | None) -> str | None:
    if isinstance(value, (GradeValue, ChoiceValue)):
        return value.token
    return value.side if isinstance(value, SideValue) else None


class SegmentedEditor(FieldEditor):
    """One answer of a few. Arrows move, digits (for a grade its own keys) and Space choose, Delete takes back.

    Anchors stand under the grades where the row is wide enough for all of them, and always in the tool tips. Where the
    options have definitions, that of the focused or else the chosen one stands below.
    """

    def __init__(self, field: Field | Item, form: Form, parent: QWidget | None = None) -> None:
        """`field` is a grade, a choice or a side."""
        super().__init__(field, form, parent)
        self.answers = answers_of(field, form)
        self._typed = ""
        self._keyed: str | None = None
        buttons = [SegmentButton(answer.face, judge_value(field, answer.value, form), self) for answer in self.answers]
        self.row = ButtonRow(buttons, self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.row)
        self.explanation = self._explanation_label()
        if self.explanation is not None:
            box.addWidget(self.explanation)
            self.explanation.hide()
            self.row.reached.connect(self._explain)
        self.row.pressed.connect(self._on_pressed)
        self.setFocusProxy(self.row)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def buttons(self) -> list[SegmentButton]:
        """The buttons in order."""
        return [button for button in self.row.buttons if isinstance(button, SegmentButton)]

    def take_key(self, event: QKeyEvent) -> bool:
        """Digits, signs and letters of the scale choose; R and L choose a side; Delete takes the answer back."""
        if takes_back(event):
            self._answer(None)
            return True
        key = plain_text(event)
        token = self._token_for(key) if len(key) == 1 else None
        if token is None:
            return False
        self._keyed = token
        index = [answer.token for answer in self.answers].index(token)
        if self.row.focused() >= 0:
            self.row.go_to(index)
        self._answer(self.answers[index].value)
        return True

    def commit(self) -> None:
        """The next key begins anew: a sign or a second digit no longer belongs to the last one."""
        self._typed, self._keyed = "", None

    def _token_for(self, key: str) -> str | None:
        if isinstance(self.field, GradeKind):
            token = grade_after_key(self.form.scales[self.field.scale], _token(self._value), self._typed, key)
            if token is not None:
                self._typed += key
            return token
        if isinstance(self.field, SideKind) and key.upper() in ("R", "L"):
            return key.upper()
        options = [Option(id=answer.token, label=answer.token) for answer in self.answers]
        token, self._typed = choice_after_key(options, self._typed, key)
        return token

    def _on_pressed(self, index: int) -> None:
        value = self.answers[index].value
        self._answer(None if value == self._value else value)

    def _show(self, value: Value | None) -> None:
        chosen = _token(value)
        tokens = [answer.token for answer in self.answers]
        for token, button in zip(tokens, self.buttons, strict=True):
            button.setChecked(token == chosen)
        if chosen is None or chosen != self._keyed:
            self._typed, self._keyed = "", None
        if self.row.focused() < 0:
            self.row.stop_at(tokens.index(chosen) if chosen in tokens else 0)
        self._explain(self.row.focused())
        self.setAccessibleDescription(self._described(chosen))

    def _described(self, chosen: str | None) -> str:
        answer = next((answer for answer in self.answers if answer.token == chosen), None)
        said = answer.explanation if answer is not None else ""
        return " ".join(text for text in (said, self.field.help) if text)

    def _explanation_label(self) -> RoleLabel | None:
        if isinstance(self.field, GradeKind) or not any(answer.explanation for answer in self.answers):
            return None
        label = RoleLabel("", "muted", wraps=True)
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        return label

    def _explain(self, focused: int) -> None:
        if self.explanation is None:
            return
        chosen = _token(self._value)
        shown = next((answer for answer in self.answers if answer.token == chosen), None)
        if focused >= 0:
            shown = self.answers[focused]
        text = ""
        if shown is not None and shown.explanation:
            text = _("{answer}: {explanation}").format(answer=shown.face.label, explanation=shown.explanation)
        self.explanation.setText(text)
        self._keep_height(self.explanation)

    def _keep_height(self, label: RoleLabel) -> None:
        """The room once taken stays: a press must not move what is below while the mouse button is still down."""
        if label.text():
            label.setMinimumHeight(max(label.minimumHeight(), label.heightForWidth(self.width())))
        label.setVisible(label.minimumHeight() > 0)

    def _name_parts(self, words: str) -> None:
        self._typed = ""
        self.row.setAccessibleName(words)
        for answer, button in zip(self.answers, self.buttons, strict=True):
            button.setAccessibleName(
                _("{field}: {answer}").format(field=words, answer=signs_in_words(answer.face.label))
            )
            button.setAccessibleDescription(answer.explanation or answer.anchor)
            button.setToolTip(answer.explanation or answer.anchor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: anchors under the grades where there is room for all."""
        super().resizeEvent(event)
        if self.explanation is not None and event.oldSize().width() != event.size().width():
            self.explanation.setMinimumHeight(0)
            self._keep_height(self.explanation)
        faces = [Face(answer.face.label, answer.face.key, answer.anchor) for answer in self.answers]
        wide = sum(width_of(face) for face in faces)
        room = any(answer.anchor for answer in self.answers) and wide <= self.width()
        for answer, button in zip(self.answers, self.buttons, strict=True):
            button.show_below(answer.anchor if room else "")
        self.row.even_out()
