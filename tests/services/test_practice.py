"""Practice as a window uses it: learners, attempts that go on where they stopped, progress as one file."""

from __future__ import annotations

import datetime
import itertools
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from exam_app.core.editing.editing import Edit
from exam_app.core.errors import UserError
from exam_app.core.form.form import Form
from exam_app.core.practice.attempt import Assessment, Attempt
from exam_app.core.practice.case import Case, Place
from exam_app.core.practice.debrief import Debrief, debriefed
from exam_app.core.practice.library import Library
from exam_app.core.practice.scores import NotScored, Scored
from exam_app.core.record.record import Examined
from exam_app.core.record.values import GradeValue
from exam_app.services import practice
from exam_app.services.context import Context
from exam_app.services.practice import AttemptHead, OpenAttempt, Practice
from exam_app.services.practice_content import own_cases
from exam_app.store.practice import open_practice
from tests.specimen_case import DROPPED_FOOT, NOW, findings_of

ROOT = Path(__file__).resolve().parents[2]
FOOT = "strength.tibialis_anterior.L"


def context_at(folder: Path) -> Context:
    """A context whose clock goes on by a minute at every look."""
    minutes = itertools.count()
    return Context(data_folder=folder, now=lambda: NOW + datetime.timedelta(minutes=next(minutes)))


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Practice]:
    """Practice in an empty data folder."""
    store = practice.open_store(context_at(tmp_path / "data"))
    yield store
    store.close()


def graded(token: str) -> Examined:
    """A grade as a learner types it."""
    return Examined(value=GradeValue(token=token, scale="mrc/1"), entered="typed")


def begun(store: Practice, case: str = "C08B") -> OpenAttempt:
    """An attempt at a case, by the first learner."""
    learner = next(iter(store.learners()), None) or store.add_learner("Specimen")
    return store.begin(learner, store.content.case(case), "free")


def test_performing_shows_words_and_what_was_not_performed_stays_unknown(opened: Practice) -> None:
    attempt = begun(opened)
    assert attempt.words(FOOT) is None
    shown = attempt.perform([FOOT])
    assert shown[FOOT] == attempt.words(FOOT)
    assert attempt.words("strength.tibialis_anterior.R") is None
    assert FOOT not in attempt.attempt.record.findings


def test_an_interrupted_attempt_goes_on_where_it_stopped(opened: Practice) -> None:
    attempt = begun(opened)
    attempt.perform([FOOT])
    attempt.session.edit(Edit(findings={FOOT: graded("2")}))
    attempt.spend("strength", 90.0)
    attempt.localise(Place(level="nerve", side="L"))
    attempt.sum_up("A weak foot.")
    attempt.flag(["falls"])
    attempt.close()
    (head,) = opened.unfinished(opened.learners()[0])
    again = opened.open(head.id)
    assert again.attempt == attempt.attempt
    assert again.session.record.findings[FOOT] == graded("2")
    again.session.edit(Edit(findings={FOOT: graded("3")}))
    assert again.wait_until_saved().failed is None
    assert opened.open(head.id).session.record.findings[FOOT] == graded("3")


@pytest.mark.parametrize("looks", [1, 25])
def test_nothing_that_was_shown_as_saved_is_lost_when_the_process_is_killed(tmp_path: Path, looks: int) -> None:
    folder = tmp_path / "data"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.services.keep_practising", str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    with process.stdout as lines:
        saved, attempt_id = next((int(n), name) for n, name in map(str.split, lines) if int(n) >= looks)
        process.kill()
        process.wait()
    assert process.stdin is not None
    process.stdin.close()
    store = practice.open_store(Context(data_folder=folder))
    try:
        (head,) = store.unfinished(store.learners()[0])
        assert head.id == attempt_id
        attempt = store.open(head.id).attempt
        assert len(attempt.performed) >= saved
        assert len(attempt.record.findings) >= saved
    finally:
        store.close()


def test_a_finished_attempt_is_heard_and_no_longer_changed(opened: Practice) -> None:
    attempt = begun(opened)
    case = attempt.case
    assert case is not None
    attempt.perform(findings_of(case))
    attempt.session.edit(Edit(findings=findings_of(case)))
    attempt.localise(case.key.localisation)
    attempt.assess(Assessment(marks={"findings": 4}))
    attempt.finish()
    heard = attempt.debrief()
    assert heard is not None
    assert heard.scores["findings"] == Scored(heard.scores["findings"].of, heard.scores["findings"].of)  # type: ignore[union-attr]
    with pytest.raises(ValueError, match="finished"):
        attempt.sum_up("Too late.")
    attempt.close()
    assert opened.unfinished(opened.learners()[0]) == ()
    assert opened.standing(opened.learners()[0])().attempts == {"C08B": 1}


def test_a_finished_attempt_is_debriefed_once_however_often_progress_is_asked_for(
    opened: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    debriefs: list[str] = []

    def counted(case: Case, attempt: Attempt, form: Form, library: Library) -> Debrief:
        debriefs.append(case.id)
        return debriefed(case, attempt, form, library)

    monkeypatch.setattr("exam_app.services.practice.debriefed", counted)
    learner = opened.add_learner("Specimen")
    for case in ("C08B", "C06"):
        attempt = begun(opened, case)
        attempt.finish()
        attempt.close()
        for _look in range(2):
            stands = opened.standing(learner)()
    assert stands.attempts == {"C08B": 1, "C06": 1}
    assert debriefs == ["C08B", "C06"]


def test_nothing_examined_is_no_score_and_no_point_of_the_plot(opened: Practice) -> None:
    attempt = begun(opened)
    attempt.finish()
    heard = attempt.debrief()
    assert heard is not None
    assert heard.scores["findings"] == NotScored("nothing_examined")
    attempt.close()
    assert opened.standing(opened.learners()[0])().series["findings"] == ()


def test_a_volunteer_is_examined_without_a_case(opened: Practice) -> None:
    attempt = opened.begin(opened.add_learner("Specimen"), None, "guided")
    step = attempt.next_step
    assert step is not None
    assert attempt.perform([step[1]]) == {}
    assert attempt.next_step != step
    assert attempt.debrief() is None
    attempt.finish()
    attempt.close()
    assert opened.standing(opened.learners()[0])().attempts == {}


def test_the_attempt_at_a_volunteer_goes_on_where_it_stopped_and_moves_with_the_others(
    opened: Practice, tmp_path: Path
) -> None:
    learner = opened.add_learner("Specimen")
    attempt = opened.begin(learner, None, "guided")
    attempt.perform([FOOT])
    attempt.close()
    again = opened.open(attempt.id)
    assert again.attempt == attempt.attempt and again.case is None
    opened.export_progress(learner, tmp_path / "progress.json")
    assert opened.import_progress(tmp_path / "progress.json").attempts == 0


def test_an_attempt_with_time_in_a_section_that_is_gone_is_of_another_form(opened: Practice) -> None:
    attempt = begun(opened)
    attempt.perform([FOOT])
    attempt.spend("no_longer_asked", 30.0)
    attempt.finish()
    attempt.close()
    with pytest.raises(UserError) as refused:
        opened.open(attempt.id)
    assert refused.value.code == "attempt_of_another_form"
    assert opened.standing(opened.learners()[0])().attempts == {}, "it is passed over"


def test_several_learners_are_kept_apart_by_name(opened: Practice) -> None:
    one, other = opened.add_learner("Specimen One"), opened.add_learner(" Specimen Two ")
    begun(opened).close()
    assert [learner.name for learner in opened.learners()] == ["Specimen One", "Specimen Two"]
    assert len(opened.attempts(one)) == 1
    assert opened.attempts(other) == ()
    with pytest.raises(UserError) as refused:
        opened.add_learner("specimen one")
    assert refused.value.code == "learner_name_taken"
    for name in ("  ", "Specimen\nFour", "S" * 201):
        with pytest.raises(UserError) as refused:
            opened.add_learner(name)
        assert refused.value.code == "learner_name_unusable"
    opened.rename_learner(other, "Specimen Three")
    opened.remove_learner(one)
    assert [learner.name for learner in opened.learners()] == ["Specimen Three"]


def test_progress_moves_to_another_computer_as_one_file(opened: Practice, tmp_path: Path) -> None:
    attempt = begun(opened)
    attempt.perform([FOOT])
    attempt.close()
    learner, file = opened.learners()[0], tmp_path / "progress.json"
    opened.export_progress(learner, file)
    elsewhere = practice.open_store(context_at(tmp_path / "elsewhere"))
    try:
        imported = elsewhere.import_progress(file)
        assert (imported.learner, imported.attempts) == (learner, 1)
        assert elsewhere.open(attempt.id).attempt == attempt.attempt
        assert elsewhere.import_progress(file).attempts == 0
        again = elsewhere.open(attempt.id)
        for _minute in range(60):
            elsewhere._context.now()
        again.perform(["strength.ehl.L"])
        again.close()
        elsewhere.export_progress(learner, file)
    finally:
        elsewhere.close()
    assert opened.import_progress(file).attempts == 1
    assert "strength.ehl.L" in opened.open(attempt.id).attempt.performed


def test_a_file_that_is_no_progress_is_refused_and_nothing_is_taken_over(opened: Practice, tmp_path: Path) -> None:
    begun(opened).close()
    file = tmp_path / "progress.json"
    opened.export_progress(opened.learners()[0], file)
    other = opened.add_learner("Specimen Two")
    file.write_bytes(b"\xff\xfe")
    for path, code in ((file, "progress_damaged"), (tmp_path / "gone.json", "file_missing")):
        with pytest.raises(UserError) as refused:
            opened.import_progress(path)
        assert refused.value.code == code
    assert opened.attempts(other) == ()


def test_an_attempt_of_another_learner_is_not_taken_over_under_its_id(opened: Practice) -> None:
    attempt = begun(opened)
    attempt.close()
    (head,) = opened.attempts(opened.learners()[0])
    other = opened.add_learner("Specimen Two")
    stolen = AttemptHead(head.id, other.id, None, head.started_at, head.changed_at, head.changed_at)
    opened._store.writer.submit(lambda writer: writer.put([(stolen, "{}")])).result()
    assert opened.attempts(other) == ()
    assert opened.open(head.id).attempt == attempt.attempt


def test_an_imported_learner_does_not_take_the_name_of_another(opened: Practice, tmp_path: Path) -> None:
    begun(opened).close()
    file = tmp_path / "progress.json"
    opened.export_progress(opened.learners()[0], file)
    elsewhere = practice.open_store(context_at(tmp_path / "elsewhere"))
    try:
        elsewhere.add_learner("Specimen")
        with pytest.raises(UserError) as refused:
            elsewhere.import_progress(file)
        assert refused.value.code == "learner_name_taken"
        assert len(elsewhere.learners()) == 1
    finally:
        elsewhere.close()


def test_a_teachers_own_case_is_there_and_one_at_fault_is_named(tmp_path: Path) -> None:
    context = context_at(tmp_path / "data")
    folder = own_cases(context)
    folder.mkdir(parents=True)
    (folder / "X01_mine.yaml").write_text(DROPPED_FOOT, encoding="utf-8")
    (folder / "X02_broken.yaml").write_text(DROPPED_FOOT.replace("id: falls", "id: fall"), encoding="utf-8")
    shutil.copy(ROOT / "forms" / "cases" / "C16_normal.yaml", folder)
    content = practice.open_store(context).content
    assert "X01" in content.case_by_id
    assert "X02" not in content.case_by_id
    assert content.fault is not None
    assert {fault.where.partition(":")[0] for fault in content.fault.faults} == {"X02_broken.yaml", "C16_normal.yaml"}


def test_an_attempt_at_a_case_that_is_gone_says_so(tmp_path: Path) -> None:
    context = context_at(tmp_path / "data")
    own_cases(context).mkdir(parents=True)
    file = own_cases(context) / "X01_mine.yaml"
    file.write_text(DROPPED_FOOT, encoding="utf-8")
    store = practice.open_store(context)
    attempt = begun(store, "X01")
    attempt.close()
    store.close()
    file.unlink()
    store = practice.open_store(context)
    with pytest.raises(UserError) as refused:
        store.open(attempt.id)
    assert refused.value.code == "case_unknown"
    store.close()


def test_a_store_that_is_newer_damaged_or_open_elsewhere_says_so(tmp_path: Path) -> None:
    store = open_practice(tmp_path)
    with pytest.raises(UserError) as refused:
        open_practice(tmp_path)
    assert refused.value.code == "practice_in_use"
    store.close()
    database = tmp_path / "practice" / "practice.db"
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(UserError) as refused:
        open_practice(tmp_path)
    assert refused.value.code == "practice_newer"
    database.write_bytes(b"no database at all, and long enough to be read as one" * 100)
    with pytest.raises(UserError) as refused:
        open_practice(tmp_path)
    assert refused.value.code == "practice_damaged"
