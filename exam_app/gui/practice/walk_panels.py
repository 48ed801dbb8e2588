"""The parts of the examination screen that only practice has: the step, what is seen or felt, the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from exam_app.core.form.form import Form, section_of, split_address
from exam_app.core.practice.attempt import Walk
from exam_app.core.practice.case import Case, Difficulty
from exam_app.core.practice.case_checks import EXAMINED_BEYOND
from exam_app.core.practice.eliciting import TOLD
from exam_app.core.words import _
from exam_app.gui.parts.accessible import Spoken
from exam_app.gui.parts.elided import ElidedLabel
from exam_app.gui.parts.faces import cell_context, side_of
from exam_app.gui.parts.flow import Flow
from exam_app.gui.parts.key_button import KeyButton
from exam_app.gui.parts.keys import Keys
from exam_app.gui.parts.limited import LimitedArea
from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import RoleLabel, SectionHeading, set_role

_MOST_LINES = 3
_WORDS, _FEW_WORDS = 260, 110
"""So wide the words are beside buttons at least, in pixels at 100 % text; in a low window."""


def walk_words(walk: Walk) -> str:
    """What a walk is called."""
    return {"guided": _("Guided"), "free": _("Free"), "examination": _("Examination")}[walk]


def difficulty_words(difficulty: Difficulty) -> str:
    """What a difficulty is called."""
    return {"easy": _("easy"), "moderate": _("moderate"), "hard": _("hard")}[difficulty]


class Beside(QWidget):
    """Words with buttons at their right, or below them where room is short."""

    def __init__(self, words: Sequence[QWidget], buttons: Sequence[KeyButton], parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons = buttons
        self._is_compact = False
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(metrics.gap)
        column = QVBoxLayout()
        column.setSpacing(2)
        for each in words:
            column.addWidget(each)
        self._box.addLayout(column, 1)
        self._flow = Flow(buttons, self)
        self._box.addWidget(self._flow)
        theme().changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name."""
        super().resizeEvent(event)
        self._fit()

    def show_compact(self, *, compact: bool, buttons: bool = True) -> None:
        """In a low window the buttons stand beside few words and without their keys, or not at all."""
        self._is_compact = compact
        self._flow.setVisible(buttons)
        for each in self._buttons:
            each.show_cap(has_room=not compact)
        self._fit()

    def _fit(self) -> None:
        needed = sum(each.sizeHint().width() + metrics.gap for each in self._buttons)
        beside = self.width() >= needed + theme().px(_FEW_WORDS if self._is_compact else _WORDS)
        self._flow.setMinimumWidth(needed if beside else 0)
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)


class GuideBar(QFrame):
    """One step of the guided walk: which it is, why it comes here, back and next."""

    back_asked = Signal()
    next_asked = Signal()
    sheet_asked = Signal()

    def __init__(self, keys: Keys, parent: QWidget | None = None, *, has_sheet: bool = False) -> None:
        """`has_sheet` where there is a sheet to print."""
        super().__init__(parent)
        set_role(self, "card")
        self._keys = keys
        self.where, self._reason = "", ""
        self._is_compact = False
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.gap_large, metrics.gap_small, metrics.gap_large, metrics.gap_small)
        column.setSpacing(metrics.gap_small)
        self._where = ElidedLabel("", self, role="strong")
        self.back_button = KeyButton(_("Back"), keys.cap("previous_section"), self)
        self.back_button.setAccessibleName(_("Step before"))
        self.back_button.clicked.connect(self.back_asked)
        self.next_button = KeyButton(_("Next step"), keys.cap("next_section"), self)
        self.next_button.clicked.connect(self.next_asked)
        self.sheet_button = KeyButton(_("Sheet\u2026"), keys.cap("report"), self)
        self.sheet_button.setAccessibleDescription(_("The checklist as a PDF: see, save, print"))
        self.sheet_button.clicked.connect(self.sheet_asked)
        self.sheet_button.setVisible(has_sheet)
        buttons = [*([self.sheet_button] if has_sheet else []), self.back_button, self.next_button]
        self._why = RoleLabel("", "", self, wraps=True)
        self._beside = Beside([self._where, self._why], buttons, self)
        column.addWidget(self._beside)
        keys.changed.connect(self._show_keys)

    def _show_keys(self) -> None:
        self.back_button.set_key(self._keys.cap("previous_section"))
        self.next_button.set_key(self._keys.cap("next_section"))

    def show_compact(self, *, compact: bool) -> None:
        """In a low window the reason stands behind the step, as far as there is room."""
        self._is_compact = compact
        self._why.setHidden(compact)
        self._show_words()
        self._beside.show_compact(compact=compact)

    def _show_words(self) -> None:
        self._why.setText(self._reason)
        self._where.setText(f"{self.where}. {self._reason}" if self._is_compact else self.where)

    def show_step(self, number: int, count: int, title: str, why: str) -> None:
        """Show the step, and say it."""
        where = _("Step {number} of {count}: {title}").format(number=number, count=count, title=title)
        is_other = where != self.where
        self.where, self._reason = where, why
        self._show_words()
        self.back_button.setEnabled(number > 1)
        if is_other:
            announce(self, f"{where}. {why}")


class ElicitedPanel(QFrame):
    """What is seen or felt where the focus is, and the ways to examine. Its signals ask for what the buttons are named
    after."""

    perform_asked = Signal()
    both_asked = Signal()
    group_asked = Signal()

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.setAccessibleName(_("What you see or feel"))
        self._keys = keys
        column = QVBoxLayout(self)
        column.setContentsMargins(12, metrics.gap_small, 12, metrics.gap_small)
        column.setSpacing(metrics.gap_small)
        self.said = RoleLabel("", "", self, wraps=True)
        self.said.setAccessibleName(_("What you see or feel"))
        self.perform = KeyButton(_("Examine"), keys.cap("perform"), self)
        self.both = KeyButton(_("Both sides"), keys.cap("perform_both"), self)
        self.group = KeyButton(_("The whole group"), keys.cap("perform_group"), self)
        self.both.setAccessibleName(_("Examine both sides"))
        self.group.setAccessibleName(_("Examine the whole group"))
        self.perform.clicked.connect(self.perform_asked)
        self.both.clicked.connect(self.both_asked)
        self.group.clicked.connect(self.group_asked)
        area = LimitedArea(self.said, _MOST_LINES, self)
        self._beside = Beside([area], [self.perform, self.both, self.group], self)
        column.addWidget(self._beside)
        keys.changed.connect(self._show_keys)

    def _show_keys(self) -> None:
        for made, command in (
            (self.perform, "perform"),
            (self.both, "perform_both"),
            (self.group, "perform_group"),
        ):
            made.set_key(self._keys.cap(command))

    def show_compact(self, *, compact: bool, performed: bool) -> None:
        """In a low window there are buttons only where nothing has been examined yet."""
        self._beside.show_compact(compact=compact, buttons=not (compact and performed))

    def show_words(self, text: str, *, is_new: bool) -> None:
        """Show what is seen; said where it is new."""
        self.said.setText(text)
        self.said.setAccessibleDescription(text)
        if is_new:
            announce(self, text)


def elicited_text(seen: Mapping[str, str | None], form: Form) -> str:
    """What is seen at each address, None where it was not examined.

    Both sides of an item share a line where they look the same, and nothing else does: what is abnormal must not be
    gathered. One alone needs no name, but where it is told and not seen: "none" says nothing by itself.
    """
    section, asked = section_of(next(iter(seen))), any(seen.values())
    lines: dict[tuple[str, str], list[str]] = {}
    for address, words in seen.items():
        lines.setdefault((split_address(address)[0], words or _("Not examined yet.")), []).append(address)
    if len(seen) == 1 and not (asked and section in TOLD):
        text = next(iter(lines))[1]
    else:
        told = ((_named(addresses, form), words) for (_item, words), addresses in lines.items())
        text = "\n".join(_("{finding}: {words}").format(finding=name, words=words) for name, words in told)
    if asked and section in EXAMINED_BEYOND:
        text = _("{words}\nThis section is not scored.").format(words=text)
    return text


def _named(addresses: Sequence[str], form: Form) -> str:
    item = form.addresses[addresses[0]]
    return (
        cell_context(item, side_of(addresses[0]))
        if len(addresses) == 1
        else _("{item}, both sides").format(item=item.label)
    )


class CasePanel(QScrollArea):
    """What is known of the patient before the examination, or what a volunteer is examined for."""

    def __init__(self, case: Case | None, walk: Walk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self, "reading")
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(18, 14, 14, 14)
        column.setSpacing(metrics.gap_small)
        parts = _case_parts(case) if case is not None else _volunteer_parts()
        for heading, text in parts:
            if heading:
                column.addWidget(SectionHeading(heading, page))
            column.addWidget(RoleLabel(text, "" if heading else "large", page, wraps=True))
        column.addWidget(RoleLabel(_("Walk: {walk}").format(walk=walk_words(walk)), "muted", page, wraps=True))
        if case is not None and case.head.reviewed is None:
            column.addWidget(RoleLabel(_("Not yet clinically reviewed."), "small", page, wraps=True))
        column.addStretch(1)
        self.setWidget(page)
        self.setAccessibleName(_("The case"))
        self.setAccessibleDescription(" ".join(text for _heading, text in parts))

    def spoken(self) -> Spoken:
        """For assistive technology: a text to read."""
        return Spoken(QAccessible.Role.Document, self.accessibleName())


def who_words(case: Case) -> str:
    """How old the patient is, and the sex where the case gives it."""
    words = {"female": _("{age} years old, female"), "male": _("{age} years old, male")}
    return words.get(case.sex or "", _("{age} years old")).format(age=case.card.age)


def _case_parts(case: Case) -> tuple[tuple[str, str], ...]:
    return (
        ("", case.head.title),
        (_("Patient"), who_words(case)),
        (_("Complaint"), case.card.complaint),
        (_("History"), case.card.history),
    )


def _volunteer_parts() -> tuple[tuple[str, str], ...]:
    return (
        ("", _("A volunteer")),
        (
            _("How it works"),
            _(
                "Examine the volunteer and record what you see. Whatever you record counts as examined. Nothing is "
                "scored, and nothing says who the volunteer is."
            ),
        ),
    )
