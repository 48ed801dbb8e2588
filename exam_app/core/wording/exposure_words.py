"""The exposure check in words: the same in the report and under the fields of a drug."""

from __future__ import annotations

from collections.abc import Iterable

from exam_app.core.derived.exposure import Exposure, Missing
from exam_app.core.form.drugs import Window, group_text
from exam_app.core.words import _, capitalised

DATES: frozenset[Missing] = frozenset({"start", "stop", "onset", "age"})
"""What the report says is missing; whether a dose was changed is asked in the window alone."""


def missing_text(missing: Missing) -> str:
    """What would have to be recorded, or recorded to the day."""
    return {
        "drug": _("a drug of the list"),
        "start": _("the day of the start"),
        "stop": _("the day of the stop"),
        "onset": _("the day of the onset"),
        "age": _("the birth date"),
        "dose_change": _("the change of dose"),
        "restart": _("the day of the restart"),
        "exposures": _("the drugs"),
    }[missing]


def dates_text(start: str | None, stop: str | None) -> str:
    """From when to when, as told."""
    if start is not None and stop is not None:
        return _("{start} to {stop}").format(start=_plain(start), stop=_plain(stop))
    if start is not None:
        return _("from {start}").format(start=_plain(start))
    return _("until {stop}").format(stop=_plain(stop)) if stop is not None else _("dates not recorded")


def _plain(date: str) -> str:
    return date.replace("T", " ")


def named(exposure: Exposure) -> str:
    """The drug by its generic name; where it was recorded under another one, with that."""
    recorded = " ".join((exposure.recorded or "").split())
    if exposure.known is None or recorded.casefold() == exposure.known.drug.id:
        return recorded or _("drug not recorded")
    return _("{drug} (recorded as {name})").format(drug=exposure.known.drug.id, name=recorded)


def exposure_text(exposure: Exposure) -> str:
    """A drug with its dates and what holds of them: `metoclopramide, 2025-08 to 2026-11-01 (taken for 3 months or
    more)`.

    The windows are said by their criterion: the name of one would read as a diagnosis.
    """
    said = [each.criterion for each in _windows_held(exposure)]
    said += _windows_open(exposure, only=DATES, by_name=False)
    if exposure.after_onset.state == "holds":
        said.append(_("started after the recorded onset"))
    if not said:
        return dated(exposure)
    return _("{exposure} ({windows})").format(exposure=dated(exposure), windows="; ".join(said))


def dated(exposure: Exposure) -> str:
    """A drug with its dates."""
    return _("{drug}, {dates}").format(drug=named(exposure), dates=dates_text(exposure.start, exposure.stop))


def follows_text(exposure: Exposure) -> str:
    """What follows from one entry, for the line under its fields: group, windows, and what is still to be asked."""
    if exposure.recorded is None:
        return ""
    if exposure.known is None:
        return _("Not in the list. It is kept as typed; nothing is said about its group.")
    known = exposure.known
    held = _("within the {window}: {criterion}")
    said = [held.format(window=each.name, criterion=each.criterion) for each in _windows_held(exposure)]
    said += _windows_open(exposure, only=None, by_name=True)
    said = said or [_("within none of the windows")]
    if exposure.after_onset.state == "holds":
        said.append(_("started after the recorded onset"))
    recent = {
        "holds": _("Taken within the {months} months before the examination."),
        "does_not_hold": _("Not taken within the {months} months before the examination."),
        "unknown": _("Not known whether taken within the {months} months before the examination."),
    }[exposure.recent.state].format(months=known.source.exposure_months)
    group = _("{drug}: {groups}.").format(drug=known.drug.id, groups=group_text(known))
    windows = "; ".join(said)
    parts = [group, f"{capitalised(windows)}.", recent, known.source.note]
    if known.source.reviewed is None:
        parts.append(_("Not yet clinically reviewed."))
    return " ".join(parts)


def _windows_held(exposure: Exposure) -> list[Window]:
    """The windows that hold; of those that count alike the first, since a longer one says no more."""
    return _first_of_its_kind(window for window, answer in exposure.windows if answer.state == "holds")


def _windows_open(exposure: Exposure, *, only: frozenset[Missing] | None, by_name: bool) -> list[str]:
    """The windows of which nothing is known, by name or by criterion, in one phrase with what is missing; with `only`,
    where that is one of these."""
    held = {window.counts for window, answer in exposure.windows if answer.state == "holds"}
    unknown = {window: answer for window, answer in exposure.windows if answer.state == "unknown"}
    names: list[str] = []
    missing: dict[Missing, str] = {}
    for window in _first_of_its_kind(unknown):
        wanted = [each for each in unknown[window].missing if only is None or each in only]
        if wanted and window.counts not in held:
            names.append(window.name if by_name else window.criterion)
            missing |= {each: missing_text(each) for each in wanted}
    if not names:
        return []
    return [
        _("not known without {missing}: {windows}").format(
            missing=_joined(list(missing.values())), windows=", ".join(names)
        )
    ]


def _joined(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("{most} and {last}").format(most=", ".join(parts[:-1]), last=parts[-1])


def _first_of_its_kind(windows: Iterable[Window]) -> list[Window]:
    found: dict[str, Window] = {}
    for window in windows:
        found.setdefault(window.counts, window)
    return list(found.values())
