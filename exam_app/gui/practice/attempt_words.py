"""How an attempt is called in a list: by its case, and by when."""

from __future__ import annotations

from exam_app.core.words import _
from exam_app.services.practice_content import Content


def case_words(content: Content, case_id: str | None) -> str:
    """The title of a case, also of one that is gone; None is a volunteer."""
    if case_id is None:
        return _("A volunteer")
    case = content.case_by_id.get(case_id)
    return case.head.title if case is not None else _("{case}, no longer here").format(case=case_id)


def when_words(stamp: str) -> str:
    """Day and time of a stamp as it is stored."""
    return stamp[:16].replace("T", " ")
