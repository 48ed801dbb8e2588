"""The list of drugs: complete against the clinical decisions, without fault, and found by any of its names."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

from exam_app.core.errors import UserError
from exam_app.core.files.loader import load_form
from exam_app.core.form.drugs import DrugList, find, group_text, hit_text, known_drugs, search
from exam_app.core.form.form import Form

FORMS = Path(__file__).resolve().parents[2] / "forms"
FILE = "drugs/dopamine_and_movement.yaml"
GROUPS = {
    "first_generation": "chlorpromazine levomepromazine fluphenazine perphenazine trifluoperazine thioridazine "
    "pericyazine prochlorperazine haloperidol droperidol benperidol flupentixol zuclopenthixol thiothixene loxapine "
    "molindone pimozide sulpiride amisulpride tiapride chlorprothixene melperone pipamperone promazine fluspirilene "
    "penfluridol",
    "second_generation": "risperidone paliperidone olanzapine quetiapine clozapine ziprasidone lurasidone aripiprazole "
    "brexpiprazole cariprazine asenapine iloperidone lumateperone sertindole",
    "antiemetic": "metoclopramide prochlorperazine promethazine thiethylperazine trimethobenzamide domperidone "
    "clebopride cinitapride levosulpiride alizapride bromopride itopride",
    "other_blockers": "amoxapine flunarizine cinnarizine veralipride",
    "vmat2_inhibitors": "tetrabenazine deutetrabenazine valbenazine reserpine",
    "other_provoking": "lithium valproate carbamazepine phenytoin stimulants triptans antihistamines antimalarials "
    "levodopa anaesthetics anticholinergics anxiolytics",
}
FURTHER = ("perphenazine with amitriptyline", "serotonergic opioids", "dopamine agonists", "alcohol withdrawal")


@cache
def form() -> Form:
    return load_form(FORMS)


def hits(text: str) -> list[str]:
    return [hit.known.drug.id for hit in search(form().drugs, text)]


def changed(tmp_path: Path, old: str, new: str) -> list[str]:
    """The faults of the shipped form with one change in its list of drugs, each without its folder."""
    folder = tmp_path / "forms"
    shutil.copytree(FORMS, folder)
    text = (folder / FILE).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / FILE).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(UserError) as raised:
        load_form(folder)
    return [str(fault) for fault in raised.value.faults]


def line_of(words: str) -> int:
    lines = (FORMS / FILE).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


@pytest.mark.parametrize("group", GROUPS)
def test_every_drug_of_a_group_is_there(group: str) -> None:
    for name in GROUPS[group].split():
        known = find(form().drugs, name)
        assert known is not None, name
        assert group in {each.id for each in known.groups}, name
        assert known.is_blocker == (group not in ("vmat2_inhibitors", "other_provoking"))


def test_names_of_several_words_are_there_and_a_drug_that_blocks_nothing_is_not() -> None:
    assert [name for name in FURTHER if find(form().drugs, name) is None] == []
    assert find(form().drugs, "pimavanserin") is None


def test_the_first_group_is_called_as_decided() -> None:
    (drugs,) = form().drugs.values()
    assert drugs.groups[0].label == "first-generation antipsychotics and benzamides"
    assert drugs.note == "Not established as the cause."
    assert drugs.to_confirm


def test_every_name_of_every_drug_finds_it_first() -> None:
    for known in known_drugs(form().drugs):
        for name in known.drug.names:
            assert search(form().drugs, name.upper())[0].known == known, name


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("hal", "haloperidol"),
        ("hald", "haloperidol"),
        ("regl", "metoclopramide"),
        ("haloperidal", "haloperidol"),
        ("metaclopr", "metoclopramide"),
        ("risperdone", "risperidone"),
        ("seroqel", "quetiapine"),
        ("operidol", "droperidol"),
        ("haloperidol decanoate", "haloperidol"),
        ("  Haldol ", "haloperidol"),
    ],
)
def test_a_beginning_an_inside_and_a_small_misspelling_find_a_drug(typed: str, first: str) -> None:
    assert hits(typed)[0] == first


def test_beginnings_stand_before_brands_and_those_before_insides() -> None:
    assert hits("per")[:3] == ["pericyazine", "perphenazine", "perphenazine with amitriptyline"]
    assert hits("ser").index("sertindole") < hits("ser").index("quetiapine")


def test_a_word_unlike_any_name_finds_nothing() -> None:
    assert hits("xyzzy") == hits("") == hits("   ") == []
    assert hits("aspirin") == []


def test_a_hit_says_generic_brand_and_group() -> None:
    (hit,) = search(form().drugs, "haldol")
    assert hit_text(hit) == "haloperidol (Haldol) · first-generation antipsychotics and benzamides"
    (hit,) = search(form().drugs, "serenace")
    assert hit_text(hit).startswith("haloperidol (Serenace) ·")
    assert hit_text(search(form().drugs, "stimulants")[0]) == "stimulants · other drugs reported with movements"


def test_a_drug_of_two_groups_says_both() -> None:
    known = find(form().drugs, "Stemetil")
    assert known is not None
    assert group_text(known) == ("first-generation antipsychotics and benzamides, drugs for sickness and stomach")


@pytest.mark.parametrize(
    ("old", "new", "at", "reason"),
    [
        (
            "{id: tiapride, brands: [Tiapridal]}",
            "{id: sulpiride}",
            "id: tiapride",
            "the drug 'sulpiride' stands here again",
        ),
        (
            "brands: [Tiapridal]",
            "brands: [Haldol]",
            "id: tiapride",
            "the name 'Haldol' leads to 'haloperidol' and to 'tiapride'",
        ),
        ("brands: [Tiapridal]", "brands: [Haloperidol]", "id: tiapride", "'Haloperidol' leads to 'haloperidol' and to"),
        ("brands: [Tiapridal]", "brands: [A, a]", "id: tiapride", "the name 'a' stands twice at 'tiapride'"),
        ("also: antiemetic", "also: stomach", "also: antiemetic", "'stomach' is no other group; the other groups are"),
        ("also: antiemetic", "also: first_generation", "also: antiemetic", "'first_generation' is no other group"),
        ("sources: [S33b, M]", "sources: [S99]", "id: acute", "the source 'S99' is not in the bibliography"),
        ("{id: tiapride,", "{id: Tiapride,", "id: tiapride", "'id': 'Tiapride' is not written as it must be here"),
        ("{id: tiapride,", "{id: tiapride, dose: 5,", "id: tiapride", "the key 'dose' is not known here"),
        ("max: 7 d", "max: a week", "max: 7 d", "'max': 'a week' is not written as it must be here"),
        ("id: vmat2_inhibitors", "id: antiemetic", "id: vmat2_inhibitors", "the group 'antiemetic' stands here again"),
        ("id: tardive_from_60", "id: tardive", "id: tardive_from_60", "the window 'tardive' stands here again"),
        ("min: 1 months", "max: 1 months", "id: tardive_from_60", "counts the exposure; give 'min' and no 'max'"),
    ],
)
def test_a_fault_in_the_list_is_named_with_file_and_line(
    tmp_path: Path, old: str, new: str, at: str, reason: str
) -> None:
    found = changed(tmp_path, old, new)
    wanted = [fault for fault in found if reason in fault]
    assert wanted, found
    assert wanted[0].startswith(f"{FILE}:{line_of(at)}: "), wanted


def test_a_field_that_suggests_drugs_needs_a_list(tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    shutil.copytree(FORMS, folder)
    (folder / FILE).unlink()
    with pytest.raises(UserError) as raised:
        load_form(folder)
    (fault,) = (str(each) for each in raised.value.faults)
    assert fault.startswith("history.yaml:")
    assert "'drug' suggests drugs, but the form has no list of them" in fault


def test_a_list_is_read_as_it_is_written() -> None:
    (drugs,) = form().drugs.values()
    assert isinstance(drugs, DrugList)
    assert [window.id for window in drugs.windows][:1] == ["acute"]
    assert drugs.exposure_months == 12
