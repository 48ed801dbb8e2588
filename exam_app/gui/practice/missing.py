"""What a learner has not said yet when the attempt is handed in: named without a word about what is right."""

from __future__ import annotations

from exam_app.core.practice.attempt import DOMAINS, Attempt, Domain
from exam_app.core.words import _


def domain_asked(domain: Domain) -> tuple[str, str]:
    """A domain by its name, and what the learner is asked about it."""
    return {
        "findings": (_("Findings"), _("I found what is there, and graded it.")),
        "structure": (_("Structure"), _("I kept an order and left nothing out.")),
        "localisation": (_("Localisation"), _("I know where the lesion is.")),
        "safety": (_("Safety"), _("I missed nothing dangerous.")),
    }[domain]


def asked_in_one_line() -> str:
    """What is asked for the line."""
    return _("In one line: what does the patient have?")


def missing(attempt: Attempt, *, has_movements: bool) -> list[str]:
    """The parts that were not said, in the order of the page."""
    own, place = attempt.assessment, attempt.localisation
    marked = own.marks if own is not None else {}
    unmarked = [domain_asked(domain)[0] for domain in DOMAINS if domain not in marked]
    parts = (
        (not attempt.performed, _("nothing was examined")),
        (place is None, _("where the lesion is")),
        (place is not None and place.side == "unsaid", _("its side")),
        (has_movements and attempt.distribution is None, _("the distribution of dystonia")),
        (attempt.summary is None, _("the one line")),
        (not attempt.red_flags, _("a red flag, if there is one")),
        (bool(unmarked), _("your own assessment ({domains})").format(domains=", ".join(unmarked))),
    )
    return [words for is_missing, words in parts if is_missing]
