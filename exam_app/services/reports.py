"""Reports that come back as files: the data in them, and what can be said about whether they are what was exported.

Two things can be said. These records know by its SHA-256 a file that was exported from them: then not a byte was
changed. Without them the same release can make the report again from the attached data: then the pages say what the
data say, which does not show who made the file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from exam_app.core.checks.record_checks import check_record
from exam_app.core.clinic import Clinic, PageSize
from exam_app.core.errors import Fault, UserError
from exam_app.core.files.json_text import json_path
from exam_app.core.files.reported import MOST_BYTES, Issuer, Reported, record_of, reported_from_json
from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord
from exam_app.core.words import _
from exam_app.services.clinic import clinic
from exam_app.services.context import Context
from exam_app.services.exams import Exams, KeptExport
from exam_app.services.export import pdf_by

if TYPE_CHECKING:
    from exam_app.report.listed import Listed as Listed
    from exam_app.report.listed import ListedRow as ListedRow
    from exam_app.report.listed import ListedSection as ListedSection

Agreement = Literal["agree", "differ", "no_data", "locked", "other_release", "other_form", "other_logo"]
"""Whether the pages say what the data say, or why that cannot be checked."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report's file that could be opened. `said` is None where no data go along."""

    name: str
    pdf: bytes = field(repr=False)
    password: str | None = field(repr=False)
    said: Reported | None
    page: PageSize


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known about a file: the exports that these records keep of it, None where they were not asked; and
    whether its pages and data agree, which is asked where the records do not know it. `release` made it, if known."""

    exports: tuple[KeptExport, ...] | None
    agreement: Agreement | None = None
    release: str | None = None

    @property
    def holds(self) -> bool:
        """Whether the file is the one that was exported; without the records, whether pages and data agree."""
        return bool(self.exports) or (self.exports is None and self.agreement == "agree")


def read_report(pdf: bytes, name: str, password: str | None = None) -> Report:
    """The report in a file. UserError `report_foreign`, `report_unreadable`, `report_locked`, `report_password_wrong`,
    and as `reported_from_json`."""
    from exam_app.report import read_pdf

    found = read_pdf(pdf, name, password, MOST_BYTES)
    said = reported_from_json(found.data, name) if found.data is not None else None
    return Report(name, pdf, password, said, found.page)


def record_in(context: Context, report: Report, exams: Exams | None = None) -> tuple[ExamRecord, Form]:
    """What a report says as a record, with a form that fits it: the very one if this installation or the records hold
    it, else the one in use. UserError `report_without_data`, `report_data_damaged`, `report_form_unknown`."""
    if report.said is None:
        raise UserError("report_without_data", file=report.name)
    record = record_of(report.said, report.name)
    form = form_of(context, report.said, exams) or context.form
    faults = [Fault(json_path(at), what) for at, what in check_record(record, form)]
    if faults:
        version = report.said.form_of_pages.version
        raise UserError("report_form_unknown", faults=faults, file=report.name, version=version, count=len(faults))
    return record, form


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as a window shows it: the record that it makes with its form, and words of the pages. `missing_form` is
    the version of the form of the pages where that is not here and the one in use fits."""

    record: ExamRecord
    form: Form
    missing_form: str | None
    when: str
    scope: str
    status: str
    facts: tuple[tuple[str, str], ...]
    note: str


def shown(context: Context, report: Report, exams: Exams | None = None) -> Shown:
    """What a window shows of a report. UserError as `record_in`."""
    from exam_app.report import build, note

    record, form = record_in(context, report, exams)
    document = build(record, form, app_version=report.said.app_version if report.said is not None else "")
    named = report.said.form_of_pages if report.said is not None else None
    return Shown(
        record=record,
        form=form,
        missing_form=named.version if named is not None and named.hash != form.hash else None,
        when=document.when,
        scope=document.scope,
        status=document.status,
        facts=tuple((fact.label, fact.value) for fact in document.facts),
        note=note(document, "bullets"),
    )


def listed(shown: Shown) -> tuple[ListedSection, ...]:
    """Every finding of a report, by section."""
    from exam_app.report.listed import listed

    return listed(shown.record, shown.form)


def form_of(context: Context, said: Reported, exams: Exams | None) -> Form | None:
    """The very form of a report's pages, from this installation or from the records; None where neither holds it."""
    if context.form.hash == said.form_of_pages.hash:
        return context.form
    if exams is None:
        return None
    try:
        return exams.form_of(said.form_of_pages.hash)
    except UserError:
        return None


def verify(
    context: Context, pdf: bytes, name: str, *, password: str | None = None, exams: Exams | None = None
) -> Verdict:
    """What can be said about a file. `exams` are the records, if they are open. UserError as `read_report`, but a
    password that is missing is no fault: then pages and data are not compared."""
    exports = exams.exports(pdf) if exams is not None else None
    if exports:
        return Verdict(exports)
    try:
        report = read_report(pdf, name, password)
    except UserError as error:
        if error.code != "report_locked":
            raise
        return Verdict(exports, "locked")
    release = report.said.app_version if report.said is not None else None
    form = form_of(context, report.said, exams) if report.said is not None else None
    return Verdict(exports, agreement(context, report, form), release)


def agreement(context: Context, report: Report, form: Form | None) -> Agreement:
    """Whether this release makes the same pages from the data; it takes about half a second. `form` is the report's
    own; without it the form in use may still make the same pages, and other pages say nothing.

    UserError `report_data_damaged`, `clinic_unreadable`.
    """
    from exam_app.report import pdf_content

    said = report.said
    if said is None:
        return "no_data"
    if said.app_version != context.app_version:
        return "other_release"
    issuer = _as_clinic(context, said.issuer, report.page)
    if issuer is None:
        return "other_logo"
    named_so = context.form.model_copy(update=said.form_of_pages.model_dump())
    again = _made_again(context, report, form or named_so, issuer)
    if again is not None:
        contents = (pdf_content(each, report.name, report.password) for each in (report.pdf, again))
        if next(contents) == next(contents):
            return "agree"
    return "differ" if form is not None else "other_form"


def _made_again(context: Context, report: Report, form: Form, issuer: Clinic) -> bytes | None:
    """The PDF that follows from the data; None where none does: then the pages did not come from them."""
    if report.said is None:
        return None
    record = record_of(report.said, report.name)
    if list(check_record(record, form)):
        return None
    try:
        return pdf_by(context, record, form, issuer, attach=True, password=report.password)
    except UserError:
        return None


def _as_clinic(context: Context, issuer: Issuer | None, page: PageSize) -> Clinic | None:
    """The clinic whose letterhead the report has; None where its logo is not here."""
    if issuer is None:
        return Clinic(page_size=page)
    logo = clinic(context).logo if issuer.logo_sha256 is not None else None
    if issuer.logo_sha256 != (hashlib.sha256(logo).hexdigest() if logo is not None else None):
        return None
    return Clinic(name=issuer.name, address=issuer.address, logo=logo, page_size=page)


def sentences(context: Context, verdict: Verdict) -> list[str]:
    """What is known about a file, and plainly what is not."""
    told = [_kept_sentence(verdict.exports)]
    if verdict.agreement is not None:
        told.append(_agreement_sentence(verdict.agreement, context.app_version, verdict.release or "?"))
    if verdict.exports is None and verdict.agreement == "agree":
        told.append(_("That pages and data agree does not show who made the file."))
    return told


def _kept_sentence(exports: tuple[KeptExport, ...] | None) -> str:
    if exports is None:
        return _("Whether this file was changed after its export cannot be said: no records were opened to ask.")
    if not exports:
        return _(
            "These records know no export of this very file: it was changed afterwards, comes from elsewhere, or was "
            "exported on the command line, where nothing is kept."
        )
    return _("This is the file that was exported from these records on {when}; not a byte of it was changed.").format(
        when=exports[-1].at.replace("T", " ")
    )


def _agreement_sentence(found: Agreement, own: str, other: str) -> str:
    return {
        "agree": _("The pages say what the data say: the same pages follow from them."),
        "differ": _(
            "Other pages follow from the data than those in the file: pages or data were changed, or another build of "
            "release {own} made them. Do not rely on either."
        ).format(own=own),
        "no_data": _("The report carries no data, so there is nothing to compare its pages with."),
        "locked": _("Pages and data were not compared: that takes the report\u2019s password."),
        "other_release": _(
            "Whether pages and data agree cannot be checked: the report was made by release {other}, this is {own}."
        ).format(other=other, own=own),
        "other_form": _("Whether pages and data agree cannot be checked: the form of the report is not here."),
        "other_logo": _("Whether pages and data agree cannot be checked: the logo on the pages is not here."),
    }[found]
