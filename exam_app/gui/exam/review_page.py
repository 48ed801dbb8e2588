"""Review and report: what is missing, what was asserted, the distribution, the impression, and the export."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from exam_app.core.derived.completeness import CoreFinding, completeness
from exam_app.core.derived.distribution import RULE, distribution
from exam_app.core.errors import UserError
from exam_app.core.form.form import section_of, split_address
from exam_app.core.messages import sentence
from exam_app.core.model import NOTE_LIMIT
from exam_app.core.record.record import AssertedNormal, Distribution, DistributionOverride
from exam_app.core.wording.term_words import boundary_text, distribution_text, side_letter
from exam_app.core.words import _
from exam_app.gui.exam.section_head import TitleRow
from exam_app.gui.parts.flow import FlowLayout
from exam_app.gui.parts.focus import holds_focus
from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.note_edit import NoteEdit
from exam_app.gui.parts.session_bridge import ClinicalBridge, refused_text
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import Card, RoleLabel, SectionHeading, Segmented, button, set_role
from exam_app.services.context import Context

_TITLES = 170
"""Pixels at 100 % text for the titles of sections, so that what is said of them stands below each other."""
_LARGEST_BESIDE = 1.5
"""With larger text the gaps of a section stand below its title and not beside it."""


class ReviewPage(QScrollArea):
    """The page. `go_to` carries an address to jump to, `report_asked` asks for the report, `wrote` carries the file of
    a note."""

    go_to = Signal(str)
    report_asked = Signal()
    wrote = Signal(str)

    def __init__(self, bridge: ClinicalBridge, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._context = context
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(metrics.margin - 2, metrics.gap_large, metrics.margin - 2, metrics.margin)
        column.setSpacing(metrics.gap + metrics.gap_small)
        column.addWidget(self._heading())
        column.addWidget(self._core_card())
        column.addWidget(self._distribution_card())
        column.addWidget(self._impression_card())
        column.addStretch(1)
        self.setWidget(page)
        self.setAccessibleName(_("Review and report"))

    def enter(self) -> None:
        """Put the focus on the way to the report."""
        self.report_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _heading(self) -> TitleRow:
        self.note_button = button(_("Export note\u2026"))
        self.note_button.clicked.connect(self._ask_for_note)
        self.report_button = button(_("Report\u2026"), "primary")
        self.report_button.setAccessibleDescription(_("The PDF as it will be: save, print, copy the note"))
        self.report_button.clicked.connect(self.report_asked)
        return TitleRow(_("Review and report"), "", [self.note_button, self.report_button])

    def _core_card(self) -> Card:
        card = Card(self)
        self._core_title = RoleLabel("", "large", wraps=True)
        card.body.addWidget(self._core_title)
        self._told = RoleLabel("", "muted", wraps=True)
        self._told.hide()
        card.body.addWidget(self._told)
        theme().changed.connect(self._show_core)
        self._gaps = QGridLayout()
        self._gaps.setColumnStretch(1, 1)
        self._gaps.setColumnMinimumWidth(0, theme().px(_TITLES))
        self._gaps.setHorizontalSpacing(metrics.gap_large)
        self._gaps.setVerticalSpacing(2)
        card.body.addLayout(self._gaps)
        card.body.addWidget(SectionHeading(_("Asserted normal with one key")))
        self._asserted = QGridLayout()
        self._asserted.setColumnStretch(1, 1)
        self._asserted.setColumnMinimumWidth(0, theme().px(_TITLES))
        self._asserted.setHorizontalSpacing(metrics.gap_large)
        self._asserted.setVerticalSpacing(metrics.gap_small)
        card.body.addLayout(self._asserted)
        return card

    def _distribution_card(self) -> Card:
        card = Card(self)
        card.body.addWidget(RoleLabel(_("Distribution of dystonia"), "large"))
        self.distribution = RoleLabel("", "strong", wraps=True)
        self._rule = RoleLabel("", "muted", wraps=True)
        card.body.addWidget(self.distribution)
        card.body.addWidget(self._rule)
        card.body.addWidget(SectionHeading(_("Your own distribution, with a reason")))
        options = [(result, distribution_text(result)) for result in get_args(Distribution)]
        self.override = Segmented(_("Your own distribution"), options)
        self.override.chosen.connect(self._override_changed)
        card.body.addWidget(self.override)
        self.reason = QLineEdit(card)
        self.reason.setPlaceholderText(_("The reason; without it the distribution of the rule stands"))
        self.reason.setAccessibleName(_("Reason for your own distribution"))
        self.reason.editingFinished.connect(self._override_changed)
        card.body.addWidget(self.reason)
        self._override_refusal = RoleLabel("", "error", wraps=True)
        self._override_refusal.hide()
        card.body.addWidget(self._override_refusal)
        return card

    def _impression_card(self) -> Card:
        card = Card(self)
        self.impression = NoteEdit(_("Impression, in your own words"), card, lines=5)
        self.impression.changed.connect(self._write_impression)
        card.body.addWidget(self.impression)
        return card

    # What is shown -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the record as it is now."""
        self._show_core()
        self._show_asserted()
        self._show_distribution()
        self.impression.show_text(self._bridge.record.impression)

    def commit(self) -> None:
        """Give what is typed and not yet told."""
        self.impression.commit()
        self._override_changed()

    def _show_core(self) -> None:
        core = completeness(self._bridge.record, self._bridge.form)
        text = _("Core set of this app, version {version}: {done} of {of} examined")
        self._core_title.setText(text.format(version=self._bridge.form.version, done=core.done, of=core.of))
        _empty(self._gaps)
        at, top = 0, Qt.AlignmentFlag.AlignTop
        for section_id, section in core.sections.items():
            if not section.of:
                continue
            title = self._bridge.form.section_by_id[section_id].title
            self._gaps.addWidget(RoleLabel(title, "strong"), at, 0, top)
            counted = _("{done} of {of}").format(done=len(section.done), of=section.of)
            self._gaps.addWidget(RoleLabel(counted, "muted"), at, 2, top | Qt.AlignmentFlag.AlignRight)
            missing = self._missing(section.missing, section.reasoned)
            if theme().scale <= _LARGEST_BESIDE:
                self._gaps.addWidget(missing, at, 1)
            else:
                self._gaps.addWidget(missing, at + 1, 0, 1, 3)
            at += 2

    def _missing(self, missing: Iterable[CoreFinding], reasoned: Iterable[CoreFinding]) -> QWidget:
        """The gaps of a section as links, and what has a reason instead."""
        holder = QWidget()
        flow = FlowLayout(holder)
        by_label: dict[str, list[CoreFinding]] = {}
        for core in missing:
            by_label.setdefault(core.label, []).append(core)
        for label, findings in by_label.items():
            sides = " ".join(side_letter(core.side) for core in findings if core.side)
            words = f"{label} {sides}".strip()
            made = button(words, "link")
            made.setProperty("address", findings[0].addresses[0])
            made.setAccessibleName(_("Go to the gap: {finding}").format(finding=words))
            made.clicked.connect(self._gap_clicked)
            flow.addWidget(made)
        for core in reasoned:
            flow.addWidget(RoleLabel(_("{finding}: with a reason").format(finding=_named(core)), "small"))
        if not flow.count():
            flow.addWidget(RoleLabel(_("complete"), "normal"))
        return holder

    def _gap_clicked(self) -> None:
        made = self.sender()
        if isinstance(made, QPushButton):
            self.go_to.emit(str(made.property("address")))

    def _show_asserted(self) -> None:
        """Section by section, each item once with its sides."""
        record, form = self._bridge.record, self._bridge.form
        names: dict[str, dict[str, list[str]]] = {}
        for address, item in form.addresses.items():
            if isinstance(record.findings.get(address), AssertedNormal):
                side = split_address(address)[1]
                sides = names.setdefault(section_of(address), {}).setdefault(item.label, [])
                sides += [side_letter(side)] if side is not None else []
        _empty(self._asserted)
        if not names:
            self._asserted.addWidget(RoleLabel(_("Nothing.")), 0, 0)
        for at, (section_id, items) in enumerate(names.items()):
            # No line begins with a dot or a side.
            listed = "\u00a0\u00b7 ".join("\u00a0".join([label, *sides]) for label, sides in items.items())
            title = RoleLabel(form.section_by_id[section_id].title, "strong")
            self._asserted.addWidget(title, at, 0, Qt.AlignmentFlag.AlignTop)
            self._asserted.addWidget(RoleLabel(listed, "", wraps=True), at, 1)

    def _show_distribution(self) -> None:
        found = distribution(self._bridge.record, self._bridge.form)
        self.distribution.setText(distribution_text(found.observed))
        said = [_("App rule {rule}, from the observed movements.").format(rule=RULE)]
        if found.with_reported is not None and found.with_reported != found.observed:
            said.append(_("With reported movements: {result}.").format(result=distribution_text(found.with_reported)))
        if found.note is not None:
            said.append(boundary_text(found.note))
        self._rule.setText(" ".join(said))
        if not holds_focus(self.override) and not holds_focus(self.reason):
            self.override.set_value(found.override.result if found.override else None)
            self.reason.setText(found.override.reason if found.override else "")

    # What is given -------------------------------------------------------------------------------------------------

    def _override_changed(self) -> None:
        result, reason = self.override.value(), self.reason.text().strip()
        refusal = refused_text(reason or None, NOTE_LIMIT)
        self._override_refusal.setText(refusal or "")
        self._override_refusal.setVisible(refusal is not None)
        if refusal is not None:
            return
        override = None
        if result is not None and reason:
            override = DistributionOverride.model_validate({"result": result, "reason": reason})
        if override != self._bridge.record.distribution_override:
            self._bridge.set_distribution_override(override)

    def _write_impression(self, text: str | None) -> None:
        self.impression.show_refusal(self._bridge.set_impression(text))

    # Export --------------------------------------------------------------------------------------------------------

    def _ask_for_note(self) -> None:
        """Ask for a file; the name offered says the day and not the patient."""
        from exam_app.services.export import new_file

        self.commit()
        file = new_file(Path.home(), self._bridge.record, self._bridge.form, ".txt")
        dialog = QFileDialog(self, _("Export note"), str(file), _("Text (*.txt)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.fileSelected.connect(self.export_note)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export_note(self, file: str) -> None:
        """Write the note to a file."""
        from exam_app.services import export
        from exam_app.services.files import write_whole

        try:
            text = export.note_text(self._context, self._bridge.record, self._bridge.form)
            write_whole(Path(file), text.encode())
        except UserError as error:
            self._tell(sentence(error), failed=True)
            return
        self._tell(_("Written: {file}").format(file=file), failed=False)
        self.wrote.emit(file)

    def _tell(self, text: str, *, failed: bool) -> None:
        self._told.setText(text)
        set_role(self._told, "error" if failed else "muted")
        self._told.show()
        announce(self, text, urgent=failed)


def _named(core: CoreFinding) -> str:
    return f"{core.label} {side_letter(core.side)}" if core.side else core.label


def _empty(layout: QLayout) -> None:
    while (entry := layout.takeAt(0)) is not None:
        widget = entry.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
