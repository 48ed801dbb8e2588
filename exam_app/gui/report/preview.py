"""The preview of a PDF that is in memory: its pages or its words, which page it is, and the zoom."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from exam_app.core.words import _
from exam_app.gui.parts.flow import Flow
from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.widgets import CheckBox, Hairline, RoleLabel, button, set_role
from exam_app.gui.report.keys import shortcut, tool_tip
from exam_app.gui.report.pages_view import PagesView
from exam_app.gui.report.pdf_pages import PdfPages


class Preview(QWidget):
    """Shows a PDF, or a sentence in its place. What is shown belongs to the preview, which closes it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf: PdfPages | None = None
        self.pages = PagesView(title, self)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("The words of the pages"))
        self._problem = RoleLabel("", "", self, wraps=True)
        self._problem.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._problem.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.margin)
        self.page = RoleLabel("", "muted", self)
        self.as_text = CheckBox(_("As text"))
        self.as_text.setAccessibleDescription(_("The words in the order in which a program reads them in the PDF."))
        self.as_text.toggled.connect(self._show)
        self._stack = QStackedWidget(self)
        for each in (self.pages, self.text, self._problem):
            self._stack.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(title))
        column.addWidget(Hairline(self))
        column.addWidget(self._stack, 1)
        self.pages.page_changed.connect(self._page_changed)
        self.pages.zoomed.connect(self._show_zoom)

    def _head(self, title: str) -> QFrame:
        head = QFrame(self)
        set_role(head, "strip")
        row = QHBoxLayout(head)
        row.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        row.setSpacing(metrics.gap_large)
        row.addWidget(RoleLabel(title, "title"))
        self.fit_width = self._zoom_button("fit_width", _("Fit width"), _("Fit the width"), self._fit_width)
        smaller = self._zoom_button("smaller", "\u2212", _("Smaller"), self.pages.zoom_out)
        self.zoom = self._zoom_button("paper_size", _("{zoom} %").format(zoom=100), "", self._paper_size)
        larger = self._zoom_button("larger", "+", _("Larger"), self.pages.zoom_in)
        self._zoom_buttons = (self.fit_width, smaller, self.zoom, larger)
        together = QWidget(head)
        beside = QHBoxLayout(together)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(metrics.gap_small)
        for each in (smaller, self.zoom, larger):
            beside.addWidget(each)
        row.addStretch(1)
        self.page.setMinimumHeight(larger.sizeHint().height())
        self.page.setContentsMargins(0, 0, metrics.gap, 0)
        row.addWidget(Flow([self.page, self.as_text, self.fit_width, together], head))
        return head

    def _zoom_button(self, name: str, words: str, says: str, does: Callable[[], None]) -> QPushButton:
        made = button(words)
        made.setAutoDefault(False)
        made.setAccessibleName(says)
        made.setToolTip(tool_tip(says, name))
        made.clicked.connect(does)
        shortcut(name, self).activated.connect(does)
        return made

    def _paper_size(self) -> None:
        self.pages.set_zoom(100)

    def _fit_width(self) -> None:
        self.pages.set_zoom(None)

    def _show_zoom(self) -> None:
        zoom = round(self.pages.zoom)
        says = _("Size on paper; now it is {zoom} %").format(zoom=zoom)
        self.zoom.setText(_("{zoom} %").format(zoom=zoom))
        self.zoom.setAccessibleName(says)
        self.zoom.setToolTip(tool_tip(says, "paper_size"))

    # What is shown -------------------------------------------------------------------------------------------------

    def show_pdf(self, pdf: PdfPages) -> None:
        """Show other pages at the place and zoom of those before."""
        before, self._pdf = self._pdf, pdf
        self.pages.show_pages(pdf)
        if before is not None:
            before.close()
        self._show()

    def show_problem(self, says: str) -> None:
        """A sentence in place of the pages."""
        self._problem.setText(says)
        self.close_pdf()
        announce(self, says, urgent=True)

    def close_pdf(self) -> None:
        """Let go of the pages."""
        self.pages.show_pages(None)
        if self._pdf is not None:
            self._pdf.close()
            self._pdf = None
        self._show()

    def _show(self) -> None:
        """The pages or their words, or what stands in their place."""
        there = self._pdf is not None
        shown: QWidget = self.pages if there and not self.as_text.isChecked() else self.text if there else self._problem
        if shown is self.text:
            self.text.setPlainText(self._words())
        if shown is not self._stack.currentWidget():
            self._stack.setCurrentWidget(shown)
        for each in self._zoom_buttons:
            each.setEnabled(shown is self.pages)
        self.page.setVisible(shown is self.pages)

    def _words(self) -> str:
        pdf = self._pdf
        if pdf is None:
            return ""
        heads = [_("Page {page} of {count}").format(page=number + 1, count=len(pdf)) for number in range(len(pdf))]
        return "\n\n".join(f"{head}\n\n{pdf.text(number).strip()}" for number, head in enumerate(heads))

    def _page_changed(self, number: int) -> None:
        if self.pages.count:
            text = _("Page {page} of {count}").format(page=number, count=self.pages.count)
            self.page.setText(text)
            if self.pages.hasFocus():
                announce(self.pages, text)
