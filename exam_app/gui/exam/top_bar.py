"""The bar at the top: whose examination, which scope, its state, quick entry, whether everything is saved, the way
home."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from exam_app.core.form.form import Form
from exam_app.core.messages import sentence
from exam_app.core.record.record import Examination, ExamRecord, Patient, age_in_years
from exam_app.core.words import _, ngettext
from exam_app.gui.parts.elided import ElidedLabel
from exam_app.gui.parts.hints import with_key
from exam_app.gui.parts.icon_button import IconButton
from exam_app.gui.parts.keys import Keys
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import Pill, RoleLabel, button, set_role
from exam_app.gui.quick.line import QuickSlot
from exam_app.services.saving import Saving

_FIRST = 1000
"""The share of what has the room that is left before anything else, up to its widest."""
_LARGE = 1.5
"""Beyond this size of the text the gaps are small: the room is needed."""
_NAME_LEAST = 120
"""In pixels at 100 %; a longer name is cut where there is no room for all of it."""


@dataclass(frozen=True, slots=True)
class Head:
    """Whose examination this is, what is known of them, and its state."""

    name: str
    facts: str
    state: str


def head_of(record: ExamRecord) -> Head:
    """The patient of a record."""
    return Head(patient_name(record.patient), patient_facts(record), _("DRAFT"))


def patient_name(patient: Patient) -> str:
    """`SPECIMEN, Patient`."""
    family = patient.family_name.upper()
    return f"{family}, {patient.given_name}" if patient.given_name else family


def patient_facts(record: ExamRecord) -> str:
    """`F · 61 y · b. 1965-03-02 · MRN 004-1187`, without what is not known."""
    patient, age = record.patient, age_in_years(record)
    sex = {"female": _("F"), "male": _("M"), "other": _("other sex")}.get(patient.sex or "", "")
    facts = [
        sex,
        _("{age} y").format(age=age) if age is not None else "",
        _("b. {date}").format(date=patient.birth_date.isoformat()) if patient.birth_date else "",
        _("MRN {mrn}").format(mrn=patient.mrn) if patient.mrn else "",
    ]
    return " \u00b7 ".join(fact for fact in facts if fact)


def saving_text(saving: Saving) -> str:
    """How far saving is, in few words; why it failed is said by `SavingFailure`."""
    if saving.failed is not None:
        return _("Not saved")
    if saving.pending:
        text = ngettext("Saving {count} edit\u2026", "Saving {count} edits\u2026", saving.pending)
        return text.format(count=saving.pending)
    if saving.saved_at is None:
        return _("Saved")
    return _("Saved {time}").format(time=saving.saved_at.strftime("%H:%M:%S"))


class SavedDot(QWidget):
    """A dot beside the words: full when everything is durable, a ring while it is not, a square when it failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = "saved"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, state: str) -> None:
        """`saved`, `saving` or `failed`."""
        if state != self._state:
            self._state = state
            self.update()

    def sizeHint(self) -> QSize:
        """Qt's own name."""
        return QSize(10, 10)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: paint the state."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme().palette.color({"saved": "normal", "saving": "text_muted", "failed": "error"}[self._state])
        painter.setPen(colour)
        if self._state != "saving":
            painter.setBrush(colour)
        box = self.rect().adjusted(1, 1, -2, -2)
        if self._state == "failed":
            painter.drawRect(box)
        else:
            painter.drawEllipse(box)
        painter.end()


class SavingFailure(QFrame):
    """Says under the bar why the last edits are not saved, what is safe and what to do, until they are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, metrics.gap, 18, metrics.gap)
        self.text = RoleLabel("", "", self, wraps=True)
        row.addWidget(self.text)
        self.hide()

    def show_saving(self, saving: Saving) -> None:
        """Show why saving failed, or nothing."""
        if saving.failed is not None:
            self.text.setText(sentence(saving.failed))
        self.setVisible(saving.failed is not None)


class TopBar(QFrame):
    """The bar. Its signals ask for what its buttons are named after."""

    home_asked = Signal()
    scope_asked = Signal()
    settings_asked = Signal()
    lock_asked = Signal()

    def __init__(self, head: Head, record: Examination, form: Form, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        set_role(self, "bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 18, 0)
        self._name = ElidedLabel("", self, role="large")
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._facts = ElidedLabel("", self)
        row.addWidget(self._name)
        row.addWidget(self._facts, _FIRST)
        self._form = form
        self.scope = button("", "", self)
        self.scope.clicked.connect(self.scope_asked)
        row.addWidget(self.scope, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(Pill(head.state, self))
        self.quick = QuickSlot(self, self._name)
        row.addWidget(self.quick, _FIRST)
        row.addStretch(1)
        self._dot = SavedDot(self)
        row.addWidget(self._dot)
        self.saved = RoleLabel("", "muted", self)
        row.addWidget(self.saved)
        self.lock = IconButton("lock", _("Lock"), keys.cap("lock"), self)
        self.lock.clicked.connect(self.lock_asked)
        row.addWidget(self.lock, 0, Qt.AlignmentFlag.AlignVCenter)
        self.settings = IconButton("settings", _("Settings"), keys.cap("settings"), self)
        self.settings.clicked.connect(self.settings_asked)
        row.addWidget(self.settings, 0, Qt.AlignmentFlag.AlignVCenter)
        self.home = button(_("Home"), "", self)
        self.home.clicked.connect(self.home_asked)
        row.addWidget(self.home, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_scope(record)
        self.show_head(head)
        theme().changed.connect(self._fit)
        keys.changed.connect(self._show_keys)
        self._show_keys()

    def _show_keys(self) -> None:
        """The keys in use, in the tool tips and in the line of quick entry."""
        keys = self._keys
        self.scope.setToolTip(with_key(_("Change the scope; nothing is lost"), keys.cap("scope")))
        self.lock.show_keys(keys.cap("lock"))
        self.settings.show_keys(keys.cap("settings"))
        self.home.setToolTip(with_key(_("Close this examination and go home"), keys.cap("home")))
        self._fit()

    def _fit(self) -> None:
        """Sizes at the present size of the text."""
        self.setFixedHeight(theme().line_px(54))
        self.quick.show_key(self._keys.cap("quick_entry"))
        layout = self.layout()
        if layout is not None:
            layout.setSpacing(metrics.gap if theme().scale > _LARGE else metrics.gap_large)
        self._name.setMinimumWidth(theme().px(_NAME_LEAST))
        self._name.setMaximumWidth(theme().px(360))
        self._facts.setMaximumWidth(QFontMetrics(theme().font()).horizontalAdvance(self._facts.text()) + 4)
        # The words stand always at the same place.
        usual = (_("Saved {time}").format(time="00:00:00"), saving_text(Saving(88, None)))
        metric = QFontMetrics(theme().font())
        self.saved.setMinimumWidth(max(metric.horizontalAdvance(text) for text in usual) + 4)

    def show_head(self, head: Head) -> None:
        """Show whose examination this is."""
        self._name.setText(head.name)
        self._facts.setText(head.facts)
        self._fit()

    def show_scope(self, record: Examination) -> None:
        """Show which scope the examination has."""
        self.scope.setText(_("Scope: {scope}").format(scope=self._form.scopes[record.scope].title))

    def show_saving(self, saving: Saving) -> None:
        """Show how far saving is: as saved only what is durable."""
        text = saving_text(saving)
        if text != self.saved.text():
            self.saved.setText(text)
            set_role(self.saved, "error" if saving.failed is not None else "muted")
        state = "failed" if saving.failed is not None else "saving" if saving.pending else "saved"
        self._dot.show_state(state)
