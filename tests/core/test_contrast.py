"""The contrast table: names of features, no ranking, no total; unknown and not asked count for nothing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.core.derived.contrasting import contrast, contrasts_json
from exam_app.core.derived.derived import derived
from exam_app.core.derived.distribution import ENTRIES
from exam_app.core.editing.editing import entries
from exam_app.core.files.findings_file import read_findings
from exam_app.core.form.contrast import Contrast, Feature, faults
from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord
from exam_app.core.record.values import FlagsValue, GroupValue
from tests.strategies import records

ENVELOPE = "patient: {family_name: Specimen}\nencounter: {started_at: 2026-11-22T09:00:00+01:00}\n"
TABLE = """
sustained      | +  ±  –  +  ±  –  –
intermittent   | +  +  +  ±  +  +  +
patterned      | ++ ±  +  –  ++ –  ±
twisting       | ++ ±  –  ±  –  –  –
sensory_trick  | +  –  –  –  –  –  –
overflow       | +  ±  –  –  ±  –  –
mirror         | +  –  –  –  –  –  –
null_point     | +  –  –  –  –  –  –
task_specific  | ++ ±  –  ±  –  –  +
urge           | –  –  ++ –  ±  –  –
suppressible   | ±  –  ++ ±  –  –  –
distractible   | –  –  ±  ++ –  –  –
entrains       | –  –  –  ++ –  –  –
rest           | ±  +  +  ±  +  +  ±
variable       | –  +  ±  ++ –  ++ ±
sudden_onset   | ±  ±  ±  +  +  ±  –
march          | –  –  –  –  ++ –  –
awareness      | +  +  +  +  ±  +  +
post_event     | –  –  –  ±  +  –  –
sleep          | –  –  ±  –  ±  ±  ±
continuous     | ±  ±  ±  ±  ±  +  ±
pain           | +  ±  –  +  –  –  –
alcohol        | ±  –  –  –  –  –  ±
"""
"""Clinical content §2.2, where a cell is in words by their nearest mark: what is only possible or qualified says ±."""
CANDIDATES = ("dystonia", "dyskinesia", "tic", "functional", "focal_seizure", "chorea", "myoclonus")


@pytest.fixture
def table(form: Form) -> Contrast:
    """The shipped table."""
    return form.contrasts["dystonia_and_others"]


def record_of(form: Form, entry: str, more: str = "") -> ExamRecord:
    """A record with one movement."""
    text = f"movements: [{{phenomenology: dystonia, sites: [neck], source: observed, {entry}}}]\n{more}"
    return read_findings((ENVELOPE + text).encode(), "findings.yaml", form)


def told(form: Form, entry: str, more: str = "") -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Typical and against for each candidate."""
    record = record_of(form, entry, more)
    (one,) = entries(record, ENTRIES)
    found = contrast(form.contrasts["dystonia_and_others"], one, record)
    return {each.candidate.id: (each.typical, each.against) for each in found.told}


def test_the_table_is_that_of_the_clinical_content(table: Contrast) -> None:
    rows = [line.split("|") for line in TABLE.strip().splitlines()]
    assert [feature.id for feature in table.features] == [name.strip() for name, _marks in rows]
    assert tuple(candidate.id for candidate in table.candidates) == CANDIDATES
    for feature, (_name, marks) in zip(table.features, rows, strict=True):
        assert [feature.cells[candidate].mark for candidate in CANDIDATES] == marks.split(), feature.id


def test_every_cell_has_its_source_and_only_what_was_read_is_without_an_m(table: Contrast) -> None:
    for feature in table.features:
        for cell in feature.cells.values():
            assert cell.sources
            assert cell.to_confirm or "S30a" in cell.sources
    assert table.reviewed is None


def test_a_recorded_feature_is_typical_where_common_and_against_where_unusual(form: Form) -> None:
    found = told(form, "features: {sustained: yes}")
    assert found["dystonia"] == (("sustained posture",), ())
    assert found["tic"] == ((), ("sustained posture",))
    assert found["focal_seizure"] == ((), ())


def test_what_is_unknown_or_was_not_asked_counts_for_nothing(form: Form) -> None:
    nothing: dict[str, object] = dict.fromkeys(CANDIDATES, ((), ()))
    assert told(form, "context: none") == nothing
    unknown = "features: {sustained: unknown, patterned: unknown, entrains: unknown, premonitory_urge: unknown}"
    assert told(form, f"{unknown}, alcohol: unknown, episode: {{awareness: [unsure]}}") == nothing


def test_an_absence_speaks_only_against_what_the_feature_characterises(form: Form) -> None:
    found = told(form, "features: {patterned: no, sustained: no}")
    assert found["dystonia"] == ((), ("not the same direction each time",))
    assert found["tic"] == ((), ())


def test_an_absent_trick_and_overflow_are_positive_signs_of_a_functional_movement(form: Form) -> None:
    found = told(form, "features: {overflow: no}, sensory_trick: {effect: none}")
    assert found["functional"] == (("no sensory trick", "no overflow"), ())
    assert found["dystonia"] == ((), ())


def test_altered_awareness_in_one_episode_is_altered_awareness(form: Form) -> None:
    found = told(form, "episode: {awareness: [kept, kept, altered]}")
    assert found["focal_seizure"] == ((), ())
    assert found["dystonia"] == ((), ("awareness altered",))
    assert told(form, "episode: {awareness: [kept, kept]}")["dystonia"] == (("awareness kept",), ())


def test_what_the_history_says_of_sleep_and_awareness_counts_too(form: Form) -> None:
    found = told(form, "context: none", "history: {sleep: persists, awareness_during: altered}")
    assert found["dystonia"] == ((), ("awareness altered", "persists in sleep"))


def test_a_null_point_a_trick_and_rest_are_read_from_where_they_are_recorded(form: Form) -> None:
    trick = "sensory_trick: {what: a touch, effect: partial}"
    found = told(form, f"null_point: {{turn: {{to: R, degrees: 20}}}}, {trick}, states: [rest_lying]")
    assert found["dystonia"] == (("sensory trick", "null point"), ())
    assert "present at complete rest" in found["chorea"][0]


def test_candidates_stand_in_the_order_of_the_file_whatever_is_recorded(form: Form) -> None:
    @given(records(form, always=(ENTRIES,)))
    def holds(record: ExamRecord) -> None:
        for one in contrasts_json(record, form):
            assert tuple(each["id"] for each in one["candidates"]) == CANDIDATES

    holds()


def test_nothing_is_counted_ranked_or_named_as_a_diagnosis(form: Form) -> None:
    record = record_of(form, "features: {sustained: yes, patterned: yes}")
    (one,) = derived(record, form)["contrast"]
    assert set(one) == {"entry", "phenomenology", "table", "version", "reviewed", "candidates"}
    assert all(set(each) == {"id", "typical", "against"} for each in one["candidates"])
    said = json.dumps(one).lower()
    assert not [word for word in ("score", "total", "rank", "likel", "diagnos", "count") if word in said]


def test_more_unknown_features_change_nothing(form: Form) -> None:
    table = form.contrasts["dystonia_and_others"]
    known = record_of(form, "features: {sustained: yes, twisting: no}")
    (entry,) = entries(known, ENTRIES)
    flags = entry.fields["features"]
    assert isinstance(flags, FlagsValue)

    @given(st.sets(st.sampled_from(["patterned", "entrains", "premonitory_urge", "march", "variable"])))
    def holds(unknown: set[str]) -> None:
        wider = FlagsValue.model_validate({"flags": {**flags.flags, **dict.fromkeys(unknown, "unknown")}})
        more = GroupValue(fields={**entry.fields, "features": wider})
        assert contrast(table, more, known).told == contrast(table, entry, known).told

    holds()


def test_a_missing_cell_and_a_home_that_is_not_there_are_faults(form: Form, table: Contrast) -> None:
    assert list(faults(table, form.items, ENTRIES)) == []
    first = table.features[0]
    cells = {name: cell for name, cell in first.cells.items() if name != "tic"}
    homes = tuple(home.model_copy(update={"at": "features.nowhere"}) for home in first.homes)
    spoiled = Feature(id="own", label="own", label_no="not own", homes=homes, cells=cells)
    wrong = table.model_copy(update={"features": (spoiled,)})
    found = [what for _path, what in faults(wrong, form.items, ENTRIES)]
    assert found == ["'tic' has no cell in 'own'", "there is no 'features.nowhere' to read 'own' from"]
