"""The key file: a random data key, wrapped once under the passphrase and once under a recovery key.

    store.key, JSON: format, key_id, slots {passphrase, recovery_key: kdf, memory_kib, iterations, lanes, salt,
    nonce, wrapped}, checksum. Bytes are written in hexadecimal.

Each slot is the 32-byte data key under AES-256-GCM; its key comes from the secret by argon2id (RFC 9106). The
checksum tells a damaged file from a wrong passphrase. `cryptography` is imported where it is used, because this
module is loaded before the unlock dialog's first paint.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import unicodedata
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from exam_app.core.errors import UserError
from exam_app.store import place

FORMAT: Final = 1
SHORTEST_PASSPHRASE: Final = 8
"""Characters, after normalisation and without spaces at the ends."""

_DATA_KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
_TAG_BYTES = 16
_LARGEST_MEMORY_KIB = 1 << 20
_LARGEST_COUNT = 64

# Crockford's base 32: no I, L, O, U. 128 bits of key and 12 bits of check make 28 characters, seven groups of four.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans("OIL", "011")
_RECOVERY_BYTES = 16
_CHECK_BITS = 12
_RECOVERY_LETTERS = 28
_GROUP = 4

Slot = Literal["passphrase", "recovery_key"]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: argon2id memory in KiB, passes over it, and lanes computed side by side."""

    memory_kib: int = 64 * 1024
    iterations: int = 3
    lanes: int = 4


USUAL_COST: Final = Cost()
"""64 MiB, three passes, four lanes: the second recommendation of RFC 9106."""


@dataclass(frozen=True, slots=True)
class NewKeys:
    """A new data key (32 bytes) and the recovery key as it is shown, once. Neither appears in a repr."""

    data_key: bytes = field(repr=False)
    recovery_key: str = field(repr=False)


def create(path: Path, passphrase: str, cost: Cost = USUAL_COST) -> NewKeys:
    """Writes a new key file. UserError for a weak passphrase, an existing key file, or a database left without one."""
    _refuse_weak(passphrase)
    if path.exists():
        raise UserError("key_file_exists", file=path.name)
    if (path.parent / place.DATABASE_FILE).exists():
        raise UserError("key_file_missing", file=path.name)
    data_key = secrets.token_bytes(_DATA_KEY_BYTES)
    recovery_secret = secrets.token_bytes(_RECOVERY_BYTES)
    content = {
        "format": FORMAT,
        "key_id": _key_id(data_key),
        "slots": {
            "passphrase": _wrap("passphrase", data_key, _passphrase_bytes(passphrase), cost),
            "recovery_key": _wrap("recovery_key", data_key, recovery_secret, cost),
        },
    }
    new = path.with_name(f"{path.name}.new")
    try:
        place.write_private(new, _file_bytes(content))
        place.publish(new, path)
    except FileExistsError as error:
        raise UserError("key_file_exists", file=path.name) from error
    except OSError as error:
        raise UserError("file_unwritable", file=path.name) from error
    return NewKeys(data_key, _shown(recovery_secret))


def unlock(path: Path, passphrase: str) -> bytes:
    """The data key (32 bytes) from the passphrase. UserError `passphrase_wrong`, or what is wrong with the file."""
    data_key = _unwrap("passphrase", _read(path), _passphrase_bytes(passphrase))
    if data_key is None:
        raise UserError("passphrase_wrong")
    return data_key


def unlock_with_recovery_key(path: Path, recovery_key: str) -> bytes:
    """The data key (32 bytes), from the recovery key as typed: upper or lower case, with or without dashes and spaces.

    UserError `recovery_key_mistyped` where the key contradicts itself, `recovery_key_wrong` where it is not this
    file's, or what is wrong with the key file.
    """
    content = _read(path)
    data_key = _unwrap("recovery_key", content, _typed(recovery_key))
    if data_key is None:
        raise UserError("recovery_key_wrong")
    return data_key


def change_passphrase(path: Path, data_key: bytes, new_passphrase: str, cost: Cost = USUAL_COST) -> None:
    """Wraps the data key under a new passphrase; the recovery key and the database stay as they are.

    UserError for a weak passphrase or what is wrong with the key file. ValueError if `data_key` is not this file's:
    to write it would lose the records.
    """
    _refuse_weak(new_passphrase)
    content = _read(path)
    if content["key_id"] != _key_id(data_key):
        raise ValueError("the data key does not belong to this key file")
    content["slots"]["passphrase"] = _wrap("passphrase", data_key, _passphrase_bytes(new_passphrase), cost)
    new = path.with_name(f"{path.name}.new")
    try:
        place.write_private(new, _file_bytes(content))
        place.replace(new, path)
    except OSError as error:
        raise UserError("file_unwritable", file=path.name) from error


def _refuse_weak(passphrase: str) -> None:
    if len(_passphrase_bytes(passphrase).decode("utf-8", "surrogatepass").strip()) < SHORTEST_PASSPHRASE:
        raise UserError("passphrase_too_short", count=SHORTEST_PASSPHRASE)


def _passphrase_bytes(passphrase: str) -> bytes:
    # Keyboards send the same letter composed or decomposed; NFKC makes them one passphrase.
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def _wrap(slot: Slot, data_key: bytes, secret: bytes, cost: Cost) -> dict[str, Any]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    wrapped = AESGCM(_derive(secret, salt, cost)).encrypt(nonce, data_key, _purpose(slot))
    return {"kdf": "argon2id", **asdict(cost), "salt": salt.hex(), "nonce": nonce.hex(), "wrapped": wrapped.hex()}


def _unwrap(slot: Slot, content: dict[str, Any], secret: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    entry = content["slots"][slot]
    cost = Cost(entry["memory_kib"], entry["iterations"], entry["lanes"])
    key = _derive(secret, bytes.fromhex(entry["salt"]), cost)
    try:
        return AESGCM(key).decrypt(bytes.fromhex(entry["nonce"]), bytes.fromhex(entry["wrapped"]), _purpose(slot))
    except InvalidTag:
        return None


def _derive(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    argon = Argon2id(salt=salt, length=32, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return argon.derive(secret)


def _purpose(slot: Slot) -> bytes:
    """Bound into the encryption, so that one slot cannot be passed off as the other."""
    return f"exam_app key file {FORMAT} {slot}".encode()


def _key_id(data_key: bytes) -> str:
    """Names a data key without giving it away: it is random, so its hash cannot be searched for."""
    return hashlib.sha256(b"exam_app data key " + data_key).hexdigest()[:32]


def _file_bytes(content: dict[str, Any]) -> bytes:
    return json.dumps({**content, "checksum": _checksum(content)}, indent=1, sort_keys=True).encode() + b"\n"


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _read(path: Path) -> dict[str, Any]:
    """The content of a whole key file, without its checksum."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("key_file_missing", file=path.name) from error
    except OSError as error:
        raise UserError("file_unreadable", file=path.name) from error
    try:
        content = json.loads(raw)
        version, checksum = content["format"], content.pop("checksum")
        whole = checksum == _checksum(content)
        usable = version != FORMAT or all(_usable(content["slots"][slot]) for slot in ("passphrase", "recovery_key"))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UserError("key_file_damaged", file=path.name) from error
    if whole and isinstance(version, int) and version > FORMAT:
        raise UserError("key_file_newer", file=path.name, version=version)
    if not whole or version != FORMAT or not usable:
        raise UserError("key_file_damaged", file=path.name)
    return dict(content)


def _usable(entry: dict[str, Any]) -> bool:
    """Whether a slot is complete and asks for no more work than a computer can do: a file must not stop the computer.

    LookupError, TypeError or ValueError where it is not complete.
    """
    lengths = [len(bytes.fromhex(entry[name])) for name in ("salt", "nonce", "wrapped")]
    memory, iterations, lanes = entry["memory_kib"], entry["iterations"], entry["lanes"]
    return (
        lengths == [_SALT_BYTES, _NONCE_BYTES, _DATA_KEY_BYTES + _TAG_BYTES]
        and 1 <= iterations <= _LARGEST_COUNT
        and 1 <= lanes <= _LARGEST_COUNT
        and 8 * lanes <= memory <= _LARGEST_MEMORY_KIB
    )


def _shown(secret: bytes) -> str:
    """A recovery key as groups of four letters and digits."""
    number = int.from_bytes(secret) << _CHECK_BITS | _check(secret)
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * (_RECOVERY_LETTERS - 1), -1, -5))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _RECOVERY_LETTERS, _GROUP))


def _typed(recovery_key: str) -> bytes:
    """The secret in a recovery key as typed. O is read as 0, I and L as 1; any dash or space is left out."""
    letters = "".join(c for c in recovery_key if not c.isspace() and unicodedata.category(c) != "Pd")
    letters = letters.upper().translate(_LOOK_ALIKES)
    if len(letters) != _RECOVERY_LETTERS or not set(letters) <= set(_ALPHABET):
        raise UserError("recovery_key_mistyped")
    number = 0
    for letter in letters:
        number = number << 5 | _ALPHABET.index(letter)
    secret = (number >> _CHECK_BITS).to_bytes(_RECOVERY_BYTES)
    if number & ((1 << _CHECK_BITS) - 1) != _check(secret):
        raise UserError("recovery_key_mistyped")
    return secret


def _check(secret: bytes) -> int:
    digest = hashlib.sha256(b"exam_app recovery key " + secret).digest()
    return int.from_bytes(digest[:2]) >> (16 - _CHECK_BITS)
