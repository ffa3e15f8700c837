"""The fields of records: how each is read, and which of them are personal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from repayplan.checks import check_date, check_instance, check_text, check_tuple
from repayplan.errors import CommunicationError, InputTypeError, shown, type_shown
from repayplan.moments import check_moment

if TYPE_CHECKING:
    import datetime
    import enum
    from collections.abc import Callable, Collection, Iterator, Sequence

    import pendulum

__all__ = [
    "ITEMS_MAX",
    "KEY_MAX",
    "PERSONAL",
    "check_digest",
    "check_id",
    "check_ids",
    "check_items",
    "check_key",
    "check_keys",
    "check_members",
    "check_optional",
    "check_optional_text",
    "iterate",
    "personal_fields",
    "to_at",
    "to_ended_at",
    "to_given_at",
    "to_kept_until",
    "to_recorded_at",
    "to_review_on",
    "to_since",
    "to_started_at",
    "to_starts_at",
    "to_until",
    "to_valid_from",
    "to_valid_until",
    "to_verified_on",
]

T = TypeVar("T")
E = TypeVar("E", bound="enum.Enum")

PERSONAL: Final = {"personal": True}
"""Metadata of a field that holds personal data: the log commits to it by a salted digest.

Such a field may always be absent, so that a record can still be read after its erasure.
"""

ITEMS_MAX: Final = 100
"""The most debts, parties or documents of one record."""

KEY_MAX: Final = 500
"""The most characters of the key of an action, which may name two ids beside what is to be done."""

_DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


def to_recorded_at(value: datetime.datetime) -> pendulum.DateTime:
    """Read the moment of recording."""
    return check_moment(value, "recorded_at")


def to_started_at(value: datetime.datetime) -> pendulum.DateTime:
    """Read the moment of beginning."""
    return check_moment(value, "started_at")


def to_ended_at(value: datetime.datetime | None) -> pendulum.DateTime | None:
    """Read the moment of ending."""
    return None if value is None else check_moment(value, "ended_at")


def to_at(value: datetime.datetime) -> pendulum.DateTime:
    """Read a moment."""
    return check_moment(value, "at")


def to_given_at(value: datetime.datetime) -> pendulum.DateTime:
    """Read the moment of a consent."""
    return check_moment(value, "given_at")


def to_starts_at(value: datetime.datetime | None) -> pendulum.DateTime | None:
    """Read the moment from which something holds."""
    return None if value is None else check_moment(value, "starts_at")


def to_until(value: datetime.datetime | None) -> pendulum.DateTime | None:
    """Read the moment until which something holds."""
    return None if value is None else check_moment(value, "until")


def to_valid_from(value: datetime.date | None) -> pendulum.Date | None:
    """Read the first day of validity."""
    return None if value is None else check_date(value, "valid_from")


def to_valid_until(value: datetime.date | None) -> pendulum.Date | None:
    """Read the last day of validity."""
    return None if value is None else check_date(value, "valid_until")


def to_verified_on(value: datetime.date | None) -> pendulum.Date | None:
    """Read the day of a verification."""
    return None if value is None else check_date(value, "verified_on")


def to_kept_until(value: datetime.date | None) -> pendulum.Date | None:
    """Read the day until which an original is kept."""
    return None if value is None else check_date(value, "kept_until")


def to_since(value: datetime.date | None) -> pendulum.Date | None:
    """Read the day since which something is so."""
    return None if value is None else check_date(value, "since")


def to_review_on(value: datetime.date | None) -> pendulum.Date | None:
    """Read the day of a review."""
    return None if value is None else check_date(value, "review_on")


def check_id(value: object, field: str) -> str:
    """Return an identifier: one line of text, never personal, since it is kept in clear."""
    return check_text(value, field, error=CommunicationError)


def check_key(value: object, field: str) -> str:
    """Return the key of an action, which is made of ids."""
    return check_text(value, field, error=CommunicationError, maximum=KEY_MAX)


def check_ids(value: Sequence[str], field: str) -> tuple[str, ...]:
    """Return identifiers, each given once."""
    return _each_once(value, field, check_id)


def check_keys(value: Sequence[str], field: str) -> tuple[str, ...]:
    """Return keys of actions, each given once."""
    return _each_once(value, field, check_key)


def _each_once(value: Sequence[str], field: str, check: Callable[[object, str], str]) -> tuple[str, ...]:
    found = check_tuple(value, str, field, maximum=ITEMS_MAX, error=CommunicationError)
    for place, item in enumerate(found):
        check(item, f"{field}[{place}]")
        if item in found[:place]:
            message = f"expected each once, got {shown(item)} twice"
            raise CommunicationError("record.twice", f"{field}[{place}]", message)
    return found


def check_items(value: Sequence[T], kind: type[T], field: str) -> tuple[T, ...]:
    """Return a list or tuple of at most 100 items as a tuple."""
    return check_tuple(value, kind, field, maximum=ITEMS_MAX, error=CommunicationError)


def check_members(value: Collection[E], kind: type[E], field: str) -> frozenset[E]:
    """Return members of an enumeration as a set."""
    if not isinstance(value, (frozenset, set, tuple, list)):
        message = f"expected a set of {kind.__name__}, got {type_shown(value)}"
        raise InputTypeError("set.type", field, message, {"expected": kind.__name__})
    if len(value) > ITEMS_MAX:
        message = f"expected at most {ITEMS_MAX} members, got {len(value)}"
        raise CommunicationError("set.length", field, message, {"maximum": ITEMS_MAX})
    return frozenset(check_instance(member, kind, field) for member in value)


def check_optional(value: Any, kind: type, field: str) -> None:  # noqa: ANN401  # any field
    """Refuse what is neither absent nor of the type."""
    if value is not None:
        check_instance(value, kind, field)


def check_optional_text(value: object, field: str) -> None:
    """Refuse what is neither absent nor one line of text."""
    if value is not None:
        check_text(value, field, error=CommunicationError)


def personal_fields(kind: type) -> frozenset[str]:
    """Give the names of the fields that hold personal data."""
    return frozenset(field.name for field in attrs.fields(kind) if field.metadata.get("personal"))


def iterate(value: Any, field: str) -> Iterator[Any]:  # noqa: ANN401  # whatever was given
    """Begin to go through what was given one by one.

    Raises:
        InputTypeError: It cannot be gone through, or is one text or bytes.
    """
    if not isinstance(value, (str, bytes)):
        try:
            return iter(value)
        except TypeError:  # it cannot be gone through: refused below
            pass
    message = f"expected items one by one, got {type_shown(value)}"
    raise InputTypeError(f"{field}.type", field, message, {"expected": "iterable"})


def check_digest(value: object, field: str) -> str:
    """Return a SHA-256 digest in 64 lower-case hexadecimal digits.

    Raises:
        CommunicationError: It is written otherwise.
    """
    if type(value) is not str:
        raise InputTypeError(
            "text.type", field, f"expected text, got {type_shown(value)}", {"expected": "str"}
        )
    if not _DIGEST.fullmatch(value):
        message = f"expected a SHA-256 digest in 64 lower-case hexadecimal digits, got {shown(value)}"
        raise CommunicationError("record.digest", field, message)
    return value
