"""The dialog that begins an examination: who is examined, by whom, why, and how much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from exam_app.core.words import _, capitalised
from exam_app.gui.parts.messages import APPLICATION_TITLE, announce
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.widgets import (
    Hairline,
    RoleLabel,
    SectionHeading,
    Segmented,
    button,
    set_look,
    within_screen,
)

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from exam_app.services.context import Context

EXAMINER_SETTING = "examiner"
USUAL_SCOPE = "screening"
PATIENT = ("family_name", "given_name", "birth_date", "sex", "mrn")


class NewExamDialog(QDialog):
    """Asks for patient and examination. `ready` carries a Patient, an Encounter and the id of a scope; `blank_asked`
    the id of the scope whose blank form is wanted.

    Nothing that was typed is lost when something is wrong: every fault is said beside its field, all at once, and who
    hears `ready` closes the dialog when the examination stands.
    """

    ready = Signal(object, object, str)
    blank_asked = Signal(str)

    def __init__(self, context: Context, settings: QSettings, parent: QWidget | None = None) -> None:
        """`settings` keeps the examiner's own name for the next time, and never anything of a patient."""
        super().__init__(parent)
        self.setWindowTitle(APPLICATION_TITLE)
        self.setProperty("role", "sheet")
        self._context, self._settings = context, settings
        self.inputs: dict[str, QLineEdit | Segmented] = {}
        self.errors: dict[str, RoleLabel] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(metrics.gap_large)
        self._grid.setVerticalSpacing(metrics.gap_small)
        self._grid.setColumnStretch(1, 1)
        self.begin_button = button(_("Begin"), "primary")
        self.blank_button = button(_("Blank form\u2026"), "quiet")
        self.blank_button.setAccessibleDescription(_("For paper: the form of this scope, to fill in by hand"))
        self.blank_button.setToolTip(_("For paper: the form of this scope, to fill in by hand"))
        self.blank_button.setAutoDefault(False)
        self.blank_button.clicked.connect(self._ask_for_blank)
        self.cancel_button = button(_("Cancel"))
        self._add_inputs()
        self._build()
        self.begin_button.clicked.connect(self.submit)
        self.cancel_button.clicked.connect(self.reject)
        self.begin_button.setDefault(True)
        self.resize(within_screen(self, 660, 620))
        self.inputs["family_name"].setFocus()

    def _add_inputs(self) -> None:
        self._add_heading(_("Patient"))
        self._add_line("family_name", _("Family name"))
        self._add_line("given_name", _("Given name"))
        self._add_line("birth_date", _("Birth date"), _("year-month-day, such as 1965-03-02"))
        self._add_choice(
            "sex",
            _("Sex"),
            (("female", _("Female")), ("male", _("Male")), ("other", _("Other")), ("unknown", _("Unknown"))),
        )
        self._add_line("mrn", _("MRN"))
        self._add_heading(_("Examination"))
        scopes = [(scope.id, capitalised(scope.title)) for scope in self._context.form.scopes.values()]
        scope = self._add_choice("scope", _("Scope"), scopes, optional=False)
        scope.set_value(USUAL_SCOPE if USUAL_SCOPE in dict(scopes) else scopes[0][0])
        self._add_remark(_("Coma and intensive care are not in this version."))
        self._add_line("reason", _("Reason"))
        examiner = self._add_line("examiner", _("Examiner"))
        examiner.setText(str(self._settings.value(EXAMINER_SETTING, "")))
        self._add_choice(
            "handedness",
            _("Handedness"),
            (("R", _("Right")), ("L", _("Left")), ("mixed", _("Mixed")), ("unknown", _("Unknown"))),
        )
        self._add_choice(
            "medication_state",
            _("Medication state"),
            (("ON", _("ON")), ("OFF", _("OFF")), ("not_applicable", _("Not applicable")), ("unknown", _("Unknown"))),
        )

    def _add_heading(self, text: str) -> None:
        row = self._grid.rowCount()
        if self.inputs:
            self._grid.setRowMinimumHeight(row, metrics.gap)
            row += 1
        self._grid.addWidget(SectionHeading(text), row, 0, 1, 2)

    def _add_remark(self, text: str) -> None:
        """A small line below the field that was placed last."""
        self._grid.addWidget(RoleLabel(text, "small", wraps=True), self._grid.rowCount(), 1)

    def _add_line(self, name: str, label: str, hint: str = "") -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(label)
        line.setPlaceholderText(hint)
        line.setAccessibleDescription(hint)
        line.textEdited.connect(self._edited)
        self._place(name, label, line)
        return line

    def _add_choice(
        self, name: str, label: str, options: Sequence[tuple[str, str]], *, optional: bool = True
    ) -> Segmented:
        choice = Segmented(label, options, optional=optional)
        self._place(name, label, choice)
        return choice

    def _place(self, name: str, label: str, field: QLineEdit | Segmented) -> None:
        row = self._grid.rowCount()
        title = RoleLabel(label)
        title.setBuddy(field)
        error = RoleLabel("", "error", wraps=True)
        error.setVisible(False)
        self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(field, row, 1)
        self._grid.addWidget(error, row + 1, 1)
        self.inputs[name], self.errors[name] = field, error

    def _build(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(metrics.margin, metrics.gap_large, metrics.margin, metrics.gap_large)
        column.addWidget(RoleLabel(_("New examination"), "title"))
        column.addSpacing(metrics.gap)
        column.addLayout(self._grid)
        column.addStretch()
        self._area = QScrollArea()
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidgetResizable(True)
        self._area.setWidget(inner)
        bar = QFrame()
        bar.setProperty("role", "strip")
        row = QHBoxLayout(bar)
        row.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        row.addWidget(RoleLabel(_("Only the family name is needed to begin."), "small", wraps=True), 1)
        row.addWidget(self.blank_button)
        row.addWidget(self.cancel_button)
        row.addWidget(self.begin_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._area, 1)
        outer.addWidget(Hairline())
        outer.addWidget(bar)

    def _ask_for_blank(self) -> None:
        scope = self.inputs["scope"]
        if isinstance(scope, Segmented):
            self.blank_asked.emit(scope.value())

    def typed(self) -> dict[str, Any]:
        """What was given, by field; what was left empty is not there."""
        given = {
            name: (field.text().strip() if isinstance(field, QLineEdit) else field.value())
            for name, field in self.inputs.items()
        }
        return {name: value for name, value in given.items() if value}

    def submit(self) -> None:
        """Say every fault, or hand over."""
        from pydantic import ValidationError

        from exam_app.core.record.record import Encounter, Patient

        typed = self.typed()
        now = self._context.now()
        scope = typed.pop("scope")
        of_patient = {name: typed.pop(name) for name in PATIENT if name in typed}
        faults: dict[str, str] = {}
        patient = encounter = None
        try:
            patient = Patient.model_validate(of_patient)
        except ValidationError as error:
            faults |= _sentences(error.errors(include_url=False, include_input=False))
        try:
            encounter = Encounter.model_validate({"started_at": now} | typed)
        except ValidationError as error:
            faults |= _sentences(error.errors(include_url=False, include_input=False))
        if patient is not None and patient.birth_date is not None:
            faults |= _impossible_age(patient.birth_date.year, is_future=patient.birth_date > now.date(), now=now.year)
        self._show_faults(faults)
        if patient is not None and encounter is not None and not faults:
            self._settings.setValue(EXAMINER_SETTING, encounter.examiner or "")
            self.ready.emit(patient, encounter, scope)

    def _show_faults(self, faults: dict[str, str]) -> None:
        for name, label in self.errors.items():
            text = faults.get(name, "")
            label.setText(text)
            label.setVisible(bool(text))
            set_look(self.inputs[name], "wrong", bool(text))
            self.inputs[name].setAccessibleDescription(text)
        if faults:
            first = next(name for name in self.inputs if name in faults)
            self.inputs[first].setFocus()
            self._area.ensureWidgetVisible(self.errors[first])
            announce(self, " ".join(faults.values()), urgent=True)

    def _edited(self) -> None:
        """A field that is being put right is no longer called wrong."""
        field = self.sender()
        for name, one in self.inputs.items():
            if one is field and self.errors[name].text():
                self.errors[name].setText("")
                self.errors[name].setVisible(False)
                set_look(one, "wrong", False)


def _impossible_age(born: int, *, is_future: bool, now: int) -> dict[str, str]:
    if is_future:
        return {"birth_date": _("This day lies in the future. Check the year.")}
    if now - born > 130:
        return {"birth_date": _("This day lies more than 130 years back. Check the year.")}
    return {}


def _sentences(errors: Sequence[ErrorDetails]) -> dict[str, str]:
    """One sentence a field, from what the model found wrong with it."""
    return {str(error["loc"][0]): _sentence(str(error["loc"][0]), error) for error in reversed(errors)}


def _sentence(name: str, error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "missing" | "string_too_short":
            return _("Enter the family name.") if name == "family_name" else _("Enter a text or leave it empty.")
        case "string_too_long" | "too_long":
            return _("This is too long. At most {count} characters can be kept.").format(count=context["max_length"])
        case "character":
            return _("The character {code} cannot be kept. Remove it.").format(code=context["code"])
    if name == "birth_date" and error["type"] != "date":
        return _("There is no such day. Check month and day.")
    if name == "birth_date":
        return _("Write the birth date as year-month-day, such as 1965-03-02.")
    return _("This cannot be kept as it is. Write it differently.")
