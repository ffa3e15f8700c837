"""Personal fields as salted commitments, which stay when what they commit to is erased.

The form is that of selective disclosure for JWTs (RFC 9901): a disclosure is an array of a salt, the name of
the field and its value; the entry holds its digest alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs

from repayplan.communication.fields import iterate, personal_fields
from repayplan.errors import CommunicationError, InputTypeError, shown
from repayplan.serialization.canonical import bytes_of_parsed, canonical_bytes, parse_own
from repayplan.serialization.structure import to_dict

if TYPE_CHECKING:
    from repayplan.communication.records import Record

__all__ = ["SALT_BYTES", "Disclosure", "Sealed", "digest_of", "salts_needed", "seal"]

SALT_BYTES: Final = 16
"""The least length of a salt: what nobody can guess."""

_SALT_BYTES_MAX: Final = 64


@attrs.frozen(repr=False)
class Disclosure:
    """What an entry commits to by one digest.

    Attributes:
        data: Its canonical bytes, whose SHA-256 is the digest.
        salt: The salt in hexadecimal digits.
        field: The name of the field.
    """

    data: bytes
    salt: str
    field: str

    @classmethod
    def of(cls, salt: bytes, field: str, value: Any) -> Disclosure:  # noqa: ANN401  # any plain data
        """Make a disclosure."""
        return cls(canonical_bytes([salt.hex(), field, value]), salt.hex(), field)

    @classmethod
    def read(cls, item: Any, field: str) -> Disclosure:  # noqa: ANN401  # any plain data
        """Read a disclosure from a part of canonical data.

        Raises:
            CommunicationError: They are no array of a salt, a name and a value.
        """
        match item:
            case [str() as salt, str() as name, _] if _is_salt(salt):
                return cls(bytes_of_parsed(item), salt, name)
            case _:
                message = "expected an array of a salt in hexadecimal digits, a field's name and its value"
                raise CommunicationError("log.disclosure", field, message)

    @property
    def value(self) -> Any:  # noqa: ANN401  # any plain data
        """The field's value as plain data, read anew from the bytes, so that nothing can change it."""
        return parse_own(self.data)[2]

    @property
    def digest(self) -> str:
        """What the entry holds."""
        return digest_of(self.data)


def _is_salt(text: str) -> bool:
    try:
        salt = bytes.fromhex(text)
    except ValueError:
        return False
    return salt.hex() == text and SALT_BYTES <= len(salt) <= _SALT_BYTES_MAX


def digest_of(data: bytes) -> str:
    """Give the SHA-256 digest in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


@attrs.frozen(repr=False)
class Sealed:
    """A record, its personal fields apart.

    Attributes:
        open: The fields in clear, as plain data.
        disclosures: The personal fields that the record has, by name.
    """

    open: Mapping[str, Any]
    disclosures: Mapping[str, Disclosure]


def seal(record: Record, salts: Iterable[bytes]) -> Sealed:
    """Set the personal fields of a record apart; those that it has not are left out.

    Args:
        record: The record.
        salts: A salt of 16 to 64 unpredictable bytes for each of them, in the order of their names; no more
            are taken than are needed.

    Raises:
        CommunicationError: There are too few salts, or one is too short, too long or used twice.
    """
    data = to_dict(record)
    personal = personal_fields(type(record))
    # None, and no items: what a field that has nothing holds
    values = {name: data.pop(name) for name in sorted(personal) if data[name] not in (None, [])}
    given = {name: value for name, value in data.items() if name not in personal}
    used: set[bytes] = set()
    source = iterate(salts, "salts")
    disclosures = {
        name: Disclosure.of(_next_salt(source, used, len(values)), name, value)
        for name, value in values.items()
    }
    return Sealed(given, disclosures)


def salts_needed(record: Record) -> int:
    """Say how many salts it takes to append a record: one for each personal field that it has."""
    data = to_dict(record)
    return sum(data[name] not in (None, []) for name in personal_fields(type(record)))


def _next_salt(source: Iterator[bytes], used: set[bytes], needed: int) -> bytes:
    field = f"salts[{len(used)}]"
    salt = next(source, None)
    if salt is None:
        message = f"expected {needed} salts, one for each personal field, got {len(used)}"
        raise CommunicationError("salts.few", "salts", message, {"needed": needed, "given": len(used)})
    kind: type = type(salt)
    if kind is not bytes:
        raise InputTypeError("salts.type", field, f"expected bytes, got {shown(salt)}", {"expected": "bytes"})
    if not SALT_BYTES <= len(salt) <= _SALT_BYTES_MAX:
        message = (
            f"expected {SALT_BYTES} to {_SALT_BYTES_MAX} bytes, got {len(salt)}; use secrets.token_bytes"
        )
        raise CommunicationError("salts.length", field, message, {"minimum": SALT_BYTES})
    if salt in used:
        raise CommunicationError("salts.twice", field, "expected a new salt, got one that was used before")
    used.add(salt)
    return salt
