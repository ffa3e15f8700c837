"""Entries of the log: their bytes, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, cast

import attrs
import pendulum

from repayplan.communication.digests import leaf_hash
from repayplan.communication.fields import check_digest, personal_fields
from repayplan.communication.kinds import RECORD_KINDS, kind_name
from repayplan.communication.sealing import Disclosure, seal
from repayplan.errors import CommunicationError, SerializationError, shown
from repayplan.moments import moment_text, parse_moment
from repayplan.serialization.canonical import canonical_bytes, parse_canonical, parse_own
from repayplan.serialization.structure import from_dict, to_dict
from repayplan.values import Storable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from repayplan.communication.records import Record
    from repayplan.communication.stored import StoredEntry

__all__ = ["ENTRY_VERSION", "EntryPlace", "LogEntry", "has_keys", "line_of"]

ENTRY_VERSION: Final = 1
"""The version of an entry's form; digests never change within it, and a later one only adds keys."""

_KEYS: Final = ("at", "kind", "log", "number", "previous", "record", "sealed", "version")
_TYPES: Final = {
    "at": str,
    "kind": str,
    "log": str,
    "number": int,
    "previous": str,
    "record": dict,
    "sealed": dict,
}


def has_keys(content: Any, keys: tuple[str, ...]) -> bool:  # noqa: ANN401  # any JSON
    """Tell whether parsed canonical JSON is an object of these keys, which are in order there."""
    return isinstance(content, dict) and tuple(cast("dict[str, Any]", content)) == keys


def _members_of(content: Any) -> dict[str, Any]:  # noqa: ANN401  # any JSON
    return cast("dict[str, Any]", content) if isinstance(content, dict) else {}


@attrs.frozen
class EntryPlace:
    """Where and when a record is entered.

    Attributes:
        log: The origin of the log.
        number: The number of the entry.
        previous: The hash of the entry before; 32 zero bytes for the first.
        at: The moment.
    """

    log: str
    number: int
    previous: bytes
    at: pendulum.DateTime


def _to_read_only(value: Mapping[str, Disclosure]) -> Mapping[str, Disclosure]:
    return MappingProxyType(dict(value))


@attrs.frozen(repr=False, eq=False)
class LogEntry(Storable):
    """One record in the log.

    Two entries are equal where their bytes and what is still disclosed of them are.

    Attributes:
        data: The canonical bytes, which are hashed and never change.
        disclosed: The personal fields that are still there, by name.
    """

    data: bytes
    disclosed: Mapping[str, Disclosure] = attrs.field(converter=_to_read_only)

    @staticmethod
    def __stored_as__() -> type[StoredEntry]:
        """Name the class that stands for it in plain data (:func:`repayplan.to_dict`)."""
        from repayplan.communication import stored  # noqa: PLC0415  # it imports this module

        return stored.StoredEntry

    @classmethod
    def of(cls, record: Record, place: EntryPlace, salts: Iterable[bytes]) -> LogEntry:
        """Make the entry of a record.

        Args:
            record: The record.
            place: Where and when it is entered.
            salts: A salt for each personal field.
        """
        sealed = seal(record, salts)
        content = {
            "at": moment_text(place.at),
            "kind": kind_name(record),
            "log": place.log,
            "number": place.number,
            "previous": place.previous.hex(),
            "record": sealed.open,
            "sealed": {name: item.digest for name, item in sealed.disclosures.items()},
            "version": ENTRY_VERSION,
        }
        entry = cls(canonical_bytes(content), sealed.disclosures)
        entry._keep(content, record)
        return entry

    @classmethod
    def read(cls, data: bytes, content: Any, disclosed: Mapping[str, Disclosure], field: str) -> LogEntry:  # noqa: ANN401  # any JSON
        """Read an entry, and check all but its record, which is read when it is asked for.

        An entry of a later version is read too, since its place and its digests stand where they always do:
        whether it is what it was can be told, and its record cannot be read.

        Args:
            data: Its canonical bytes.
            content: What they say.
            disclosed: The personal fields that are still there, by name.
            field: What errors call it.

        Raises:
            SerializationError: It is of another form or version.
            CommunicationError: A disclosure is not one that the entry commits to.
            DateError: Its moment is not written as this library writes it.
        """
        entry = cls(data, disclosed)
        entry._check_form(content, field)
        entry._keep(content)
        parse_moment(content["at"], f"{field}.at")
        check_digest(content["previous"], f"{field}.previous")
        for name, digest in entry.sealed.items():
            check_digest(digest, f"{field}.sealed.{name}")
        for name, item in disclosed.items():
            if entry.sealed.get(name) != item.digest:
                message = "expected what the entry commits to, got another value or another field"
                raise CommunicationError("log.disclosure", f"{field}.disclosed.{name}", message)
        return entry

    def _keep(self, content: dict[str, Any], record: Record | None = None) -> None:
        """Keep what is known of the bytes already, so that they need not be read again."""
        object.__setattr__(self, "_content", content)
        if record is not None:
            object.__setattr__(self, "record", record)

    def _check_form(self, content: Any, field: str) -> None:  # noqa: ANN401  # any JSON
        found = _members_of(content)
        version = found.get("version", ENTRY_VERSION)
        if type(version) is not int or version < ENTRY_VERSION:
            message = f"expected {ENTRY_VERSION} or, by a later release, more, got {shown(version)}"
            raise SerializationError("log.version", f"{field}.version", message)
        if not has_keys(content, _KEYS) and (version == ENTRY_VERSION or not found.keys() >= set(_KEYS)):
            raise SerializationError("log.form", field, f"expected an object of {', '.join(_KEYS)}")
        for name, kind in _TYPES.items():
            if type(content[name]) is not kind:
                message = f"expected {kind.__name__}, got {shown(content[name])}"
                raise SerializationError("log.form", f"{field}.{name}", message)

    def __eq__(self, other: object) -> bool:
        """Compare the bytes and what is still disclosed."""
        if not isinstance(other, LogEntry):
            return NotImplemented
        return (self.data, self.disclosed) == (other.data, other.disclosed)

    def __hash__(self) -> int:
        """Go by the bytes."""
        return hash(self.data)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as bytes, which are checked again when they are read."""
        return _read_again, (self.data, tuple(item.data for item in self.disclosed.values()))

    def __repr__(self) -> str:
        """Give the number and the kind: the rest may be personal."""
        return f"<LogEntry {self.number}: {self.kind}>"

    @cached_property
    def _content(self) -> dict[str, Any]:
        content: dict[str, Any] = parse_canonical(self.data, "entry")
        return content

    @cached_property
    def hash(self) -> bytes:
        """The hash of its bytes as a leaf (RFC 9162, section 2.1.1), which the next entry names."""
        return leaf_hash(self.data)

    def linked_to(self, previous: bytes) -> bytes:
        """Give the hash that it would have if it named another entry before it."""
        return leaf_hash(canonical_bytes({**self._content, "previous": previous.hex()}))

    @property
    def log(self) -> str:
        """The origin of its log."""
        log: str = self._content["log"]
        return log

    @property
    def number(self) -> int:
        """Its number, from 0."""
        number: int = self._content["number"]
        return number

    @property
    def previous(self) -> str:
        """The hash of the entry before, in hexadecimal digits."""
        previous: str = self._content["previous"]
        return previous

    @property
    def kind(self) -> str:
        """The kind of its record."""
        kind: str = self._content["kind"]
        return kind

    @cached_property
    def at(self) -> pendulum.DateTime:
        """When it was entered."""
        return parse_moment(self._content["at"], "at")

    @property
    def sealed(self) -> Mapping[str, str]:
        """The digests of the personal fields, by name."""
        return MappingProxyType(self._content["sealed"])

    @property
    def open_fields(self) -> Mapping[str, Any]:
        """The fields of the record that are in clear, as plain data, read anew from the bytes each time."""
        return MappingProxyType(parse_own(self.data)["record"])

    @property
    def missing(self) -> frozenset[str]:
        """The personal fields that it commits to and that are no more there: erased, or lost."""
        return frozenset(self.sealed.keys() - self.disclosed.keys())

    @cached_property
    def record(self) -> Record:
        """The record; a field that is no more there is absent from it.

        One that is not in the entry has its default: the entry was written before there was such a field.

        Raises:
            SerializationError: It is of a kind that is not known, written otherwise than this library writes
                it, or not one that could have been made here.
        """
        kind = self._known_kind()
        stored = self._content["record"]
        values = {name: item.value for name, item in self.disclosed.items()}
        record = from_dict(kind, stored | values)
        open_names = stored.keys() - personal_fields(kind)
        written = {name: value for name, value in to_dict(record).items() if name in open_names}
        if written != stored:
            message = "expected the fields of the record as this library writes them, got others"
            raise SerializationError("log.record", "record", message)
        return record

    def _known_kind(self) -> type[Record]:
        version = self._content["version"]
        if version != ENTRY_VERSION:
            message = f"expected {ENTRY_VERSION}, got {version}; it was written by a later release"
            raise SerializationError("log.version", "version", message)
        kind = RECORD_KINDS.get(self.kind)
        if kind is None:
            message = f"expected one of {', '.join(sorted(RECORD_KINDS))}, got {shown(self.kind)}"
            raise SerializationError("log.kind", "kind", message)
        for name in self.sealed:
            if name not in personal_fields(kind):
                message = f"expected a personal field of {kind.__name__}, got {shown(name)}"
                raise SerializationError("log.sealed", "sealed", message)
        return kind


def _read_again(data: bytes, disclosed: tuple[bytes, ...]) -> LogEntry:
    items = [Disclosure.read(parse_canonical(item, "disclosed"), "disclosed") for item in disclosed]
    return LogEntry.read(data, parse_canonical(data, "entry"), {item.field: item for item in items}, "entry")


def line_of(entry: LogEntry) -> str:
    """Write an entry and what is still disclosed of it as one line, canonical JSON too, and a line feed."""
    disclosed = ",".join(item.data.decode() for _, item in sorted(entry.disclosed.items()))
    return f'{{"disclosed":[{disclosed}],"entry":{entry.data.decode()}}}\n'
