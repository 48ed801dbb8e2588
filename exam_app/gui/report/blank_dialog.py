"""A blank form for paper: the scope and the paper, and the form as it will be printed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from exam_app.core.clinic import PageSize
from exam_app.core.errors import UserError
from exam_app.core.words import _, capitalised
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.widgets import RoleLabel, SectionHeading, Segmented, within_screen
from exam_app.gui.report.options import page_of, paper_choice
from exam_app.gui.report.pdf_dialog import PdfDialog
from exam_app.services.context import Context


class BlankDialog(PdfDialog):
    """The blank form of a scope, which holds nothing of a patient."""

    def __init__(self, context: Context, scope: str, jobs: Jobs, parent: QWidget) -> None:
        """`scope` is the id of the one that is shown at first."""
        super().__init__(_("Blank form"), jobs, parent)
        self._context = context
        scopes = [(each.id, capitalised(each.title)) for each in context.form.scopes.values()]
        self.scope = Segmented(_("Scope"), scopes, optional=False)
        self.scope.set_value(scope)
        self.scope.chosen.connect(self.make)
        self.paper = paper_choice()
        self.paper.chosen.connect(self.make)
        for title, choice in ((_("Scope"), self.scope), (_("Paper"), self.paper)):
            self.beside.addWidget(SectionHeading(title))
            self.beside.addWidget(choice)
            self.beside.addSpacing(metrics.gap_large)
        explains = _("To fill in by hand, in the order of the screen. Nothing of a patient is on it.")
        self.beside.addWidget(RoleLabel(explains, "small", wraps=True))
        self.beside.addStretch(1)
        self.resize(within_screen(self, 1100, 720))
        self._show_clinic()
        self.make()

    def _show_clinic(self) -> None:
        from exam_app.services.clinic import clinic

        with suppress(UserError):  # making the PDF says it
            self.paper.set_value(clinic(self._context).page_size)

    def maker(self) -> Callable[[], bytes]:
        """The form for the scope and the paper that are chosen."""
        return partial(_made, self._context, self.scope.value() or "", page_of(self.paper))

    def new_file(self, folder: Path) -> Path:
        """Named for the scope."""
        return folder / f"blank-form_{self.scope.value()}.pdf"


def _made(context: Context, scope: str, page: PageSize) -> bytes:
    from exam_app.services.blank_form import blank_bytes

    return blank_bytes(context, scope, page=page)
