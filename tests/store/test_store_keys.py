"""The key file: passphrase, recovery key, and a file that is damaged, missing or in the way."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from exam_app.core.errors import UserError
from exam_app.core.messages import sentence
from exam_app.store import keys
from exam_app.store.keys import Cost, NewKeys

PASSPHRASE = "grüne Tür am Fluß"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.key"


@pytest.fixture
def new(path: Path, cost: Cost) -> NewKeys:
    return keys.create(path, PASSPHRASE, cost)


def refusal(code: str) -> pytest.RaisesExc[UserError]:
    """Expects a UserError with this code that has a sentence."""
    return pytest.RaisesExc(UserError, check=lambda error: error.code == code and bool(sentence(error)))


def test_the_passphrase_gives_back_the_data_key(path: Path, new: NewKeys) -> None:
    assert len(new.data_key) == 32
    assert keys.unlock(path, PASSPHRASE) == new.data_key


def test_a_passphrase_may_be_typed_composed_or_decomposed(path: Path, new: NewKeys) -> None:
    assert keys.unlock(path, unicodedata.normalize("NFD", PASSPHRASE)) == new.data_key


def test_a_wrong_passphrase_is_a_sentence(path: Path, new: NewKeys) -> None:
    with refusal("passphrase_wrong"):
        keys.unlock(path, "another passphrase")


@pytest.mark.parametrize("passphrase", ["", "short", "1234567", "          ", "   seven   "])
def test_an_empty_or_short_passphrase_is_refused_and_nothing_is_written(
    path: Path, cost: Cost, passphrase: str
) -> None:
    with refusal("passphrase_too_short"):
        keys.create(path, passphrase, cost)
    assert not list(path.parent.iterdir())


def test_the_recovery_key_gives_back_the_data_key_however_it_is_typed(path: Path, new: NewKeys) -> None:
    shown = new.recovery_key
    assert [len(group) for group in shown.split("-")] == [4] * 7
    assert not set(shown) & set("ILOU")
    typed = [shown, shown.lower(), shown.replace("-", ""), shown.replace("-", " "), shown.replace("-", " – ") + "\n"]
    typed.append(shown.replace("0", "o").replace("1", "l"))
    assert {keys.unlock_with_recovery_key(path, text) for text in typed} == {new.data_key}


def test_a_typing_error_in_the_recovery_key_is_told_from_a_wrong_key(path: Path, cost: Cost, tmp_path: Path) -> None:
    keys.create(path, PASSPHRASE, cost)
    (tmp_path / "other").mkdir()
    other = keys.create(tmp_path / "other" / "store.key", PASSPHRASE, cost).recovery_key
    with refusal("recovery_key_wrong"):
        keys.unlock_with_recovery_key(path, other)
    mistyped = ("0" if other[0] != "0" else "2") + other[1:]
    for text in ("", other[:-1], other + "0", "U" + other[1:], "é" + other[1:], mistyped):
        with refusal("recovery_key_mistyped"):
            keys.unlock_with_recovery_key(path, text)


def test_a_changed_passphrase_replaces_the_old_one_and_leaves_the_recovery_key(
    path: Path, new: NewKeys, cost: Cost
) -> None:
    keys.change_passphrase(path, new.data_key, "a new passphrase", cost)
    assert keys.unlock(path, "a new passphrase") == new.data_key
    assert keys.unlock_with_recovery_key(path, new.recovery_key) == new.data_key
    with refusal("passphrase_wrong"):
        keys.unlock(path, PASSPHRASE)
    assert [file.name for file in path.parent.iterdir()] == ["store.key"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_passphrase_is_not_changed_with_the_key_of_other_records(path: Path, new: NewKeys, cost: Cost) -> None:
    before = path.read_bytes()
    with pytest.raises(ValueError, match="does not belong"):
        keys.change_passphrase(path, bytes(32), "a new passphrase", cost)
    with refusal("passphrase_too_short"):
        keys.change_passphrase(path, new.data_key, "short", cost)
    assert path.read_bytes() == before


def test_an_existing_key_file_is_never_overwritten(path: Path, new: NewKeys, cost: Cost) -> None:
    before = path.read_bytes()
    with refusal("key_file_exists"):
        keys.create(path, PASSPHRASE, cost)
    assert path.read_bytes() == before


def test_no_new_keys_are_made_beside_a_database_that_lost_its_key_file(path: Path, cost: Cost) -> None:
    (path.parent / "store.db").write_bytes(b"records")
    with refusal("key_file_missing"):
        keys.create(path, PASSPHRASE, cost)
    with refusal("key_file_missing"):
        keys.unlock(path, PASSPHRASE)
    assert [file.name for file in path.parent.iterdir()] == ["store.db"]


def test_a_truncated_key_file_is_told_from_a_wrong_passphrase(path: Path, new: NewKeys) -> None:
    whole = path.read_bytes()
    for length in (0, 1, len(whole) // 2, len(whole) - 3):
        path.write_bytes(whole[:length])
        with refusal("key_file_damaged"):
            keys.unlock(path, PASSPHRASE)


def test_a_flipped_bit_anywhere_in_the_key_file_is_damage_or_without_effect(path: Path, new: NewKeys) -> None:
    whole = path.read_bytes()
    for position in range(0, len(whole), 7):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        try:
            assert keys.unlock(path, PASSPHRASE) == new.data_key
        except UserError as error:
            assert error.code == "key_file_damaged"


@pytest.mark.parametrize("content", ["[]", "3", '"text"', "{}", '{"format":1,"checksum":"x","slots":{}}', "[" * 5000])
def test_a_file_that_is_no_key_file_is_damage(path: Path, content: str) -> None:
    path.write_text(content)
    with refusal("key_file_damaged"):
        keys.unlock(path, PASSPHRASE)


def with_changes(path: Path, **changes: object) -> None:
    """Changes the passphrase slot or the format and makes the checksum fit again."""
    content = json.loads(path.read_text())
    del content["checksum"]
    for name, value in changes.items():
        (content if name == "format" else content["slots"]["passphrase"])[name] = value
    path.write_bytes(keys._file_bytes(content))


@pytest.mark.parametrize(
    ("name", "value"), [("memory_kib", 1 << 40), ("memory_kib", 1), ("lanes", 10**9), ("iterations", 0), ("salt", "zz")]
)
def test_a_key_file_that_asks_for_impossible_work_is_refused(
    path: Path, new: NewKeys, name: str, value: object
) -> None:
    with_changes(path, **{name: value})
    with refusal("key_file_damaged"):
        keys.unlock(path, PASSPHRASE)


def test_a_key_file_of_a_newer_format_is_refused_unchanged(path: Path, new: NewKeys) -> None:
    with_changes(path, format=2)
    before = path.read_bytes()
    with refusal("key_file_newer"):
        keys.unlock(path, PASSPHRASE)
    assert path.read_bytes() == before


def test_neither_key_shows_in_a_repr(new: NewKeys) -> None:
    assert new.recovery_key not in repr(new)
    assert repr(new.data_key) not in repr(new)


def test_the_cost_in_use_is_the_recommended_one(path: Path) -> None:
    keys.create(path, PASSPHRASE)
    for slot in json.loads(path.read_text())["slots"].values():
        assert (slot["memory_kib"], slot["iterations"], slot["lanes"]) == (65536, 3, 4)


def test_loading_the_keys_module_loads_neither_the_cipher_nor_the_database() -> None:
    code = "import sys, exam_app.store.keys; print({'cryptography', 'sqlcipher3', 'pydantic', 'yaml'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
