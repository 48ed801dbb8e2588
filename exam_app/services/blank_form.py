"""The form on paper, to fill in by hand."""

from __future__ import annotations

from exam_app.core.clinic import PageSize
from exam_app.core.errors import UserError
from exam_app.services.clinic import clinic as clinic_settings
from exam_app.services.context import Context


def blank_bytes(context: Context, scope: str, *, page: PageSize | None = None) -> bytes:
    """The blank form of a scope as a PDF; None for `page` is what the clinic sets. UserError `scope_unknown`,
    `glyph_missing`, `clinic_unreadable`."""
    from exam_app.report import blank, blank_pdf

    form, resources = context.form, context.installation.resources
    if scope not in form.scopes:
        raise UserError("scope_unknown", scope=scope, known=", ".join(form.scopes))
    paper = page or clinic_settings(context).page_size
    made = blank(form, scope, app_version=context.app_version, drawings=resources / "drawings")
    return blank_pdf(made, resources, paper, context.now())
