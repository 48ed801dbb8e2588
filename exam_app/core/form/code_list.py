"""A list of the codes of one code system that the form may use, with label, release, licence and notice."""

from __future__ import annotations

from exam_app.core.form.scale import Sourced
from exam_app.core.model import FrozenMap, Id


class CodeList(Sourced):
    """The codes of one system that were looked up, by code. A code that is not listed is refused.

    `answers`: a code says what was found (HPO), and stands in `answer_codes`; otherwise it names the question (LOINC),
    and stands in `codes`. `exported`: whether records are exported with them. `notice` is printed where they are.
    """

    id: Id
    label: str
    release: str
    url: str | None = None
    licence: str
    notice: str
    answers: bool = False
    exported: bool = True
    codes: FrozenMap[str, str]
