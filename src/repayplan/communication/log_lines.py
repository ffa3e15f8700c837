"""The log as JSON Lines: first whether the bytes hold together, then what the records say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs

from repayplan.checks import check_instance
from repayplan.communication.digests import DIGEST_BYTES
from repayplan.communication.entries import LogEntry, has_keys
from repayplan.communication.fields import iterate
from repayplan.communication.heads import Head, check_origin
from repayplan.communication.log_blame import changed_one
from repayplan.communication.log_checks import check_next, check_sealed
from repayplan.communication.log_store import LogStore, View
from repayplan.communication.merkle import root_of
from repayplan.communication.sealing import Disclosure
from repayplan.errors import CommunicationError, InputTypeError, RepayPlanError, SerializationError, shown
from repayplan.moments import instant
from repayplan.serialization.canonical import bytes_of_parsed, parse_canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Chain", "read_chain", "read_content", "read_line", "read_records"]

_KEYS: Final = ("disclosed", "entry")
_LONG: Final = "log.long"


@attrs.frozen
class _Trouble:
    """What is wrong with the line at a place."""

    place: int
    error: RepayPlanError


@attrs.frozen
class Chain:
    """Entries of which the bytes hold together; what their records say was not read yet.

    Attributes:
        name: The name of the log.
        entries: The entries.
    """

    name: str
    entries: Sequence[LogEntry]


def read_chain(
    lines: Iterable[str | bytes], origin: str | None, head: Head | None, *, may_have_grown: bool = False
) -> Chain:
    """Read the lines of a log by their form, their links, their disclosures and the head.

    Args:
        lines: The lines.
        origin: The name of the log; None takes the first entry's, or the head's.
        head: The head that was kept.
        may_have_grown: Whether there may be more entries than those of the head.

    Raises:
        RepayPlanError: What is wrong with the first bad line.
    """
    found = _read_each(lines)
    name = _name_of(found, origin, head)
    order = _broken_order(found.entries, name)
    troubles = [item for item in (_broken_link(found, head), order, found.trouble) if item is not None]
    if not troubles and head is not None:
        other = _other_than(head, [entry.hash for entry in found.entries])
        has_grown = other is not None and other.error.code == _LONG
        troubles = [] if other is None or (has_grown and may_have_grown) else [other]
    if troubles:
        raise _at_line(min(troubles, key=lambda item: item.place)) from None
    return Chain(name, found.entries)


def read_records(chain: Chain) -> LogStore:
    """Read the records of a log, each as one that may follow those before it.

    Raises:
        RepayPlanError: Why the first that cannot be read here cannot.
    """
    store = LogStore()
    for place, entry in enumerate(chain.entries):
        try:
            view = View(store, place)
            check_next(view, entry.record, entry.at)
            check_sealed(view, entry)
        except RepayPlanError as error:
            raise _at_line(_Trouble(place, error)) from None
        store.add(entry)
    return store


@attrs.frozen
class _Found:
    """What the lines hold: the entries before the first bad one, and what is said after it."""

    entries: list[LogEntry]
    trouble: _Trouble | None
    vouched: frozenset[str]
    """The hashes that entries after the first bad line name as the one before."""


def _read_each(lines: Iterable[str | bytes]) -> _Found:
    entries: list[LogEntry] = []
    trouble: _Trouble | None = None
    vouched: set[str] = set()
    for place, line in enumerate(iterate(lines, "lines")):
        try:
            entry = read_line(line, f"lines[{place}]")
        except RepayPlanError as error:
            trouble = trouble or _Trouble(place, error)
            continue
        trouble = trouble or _wrong_number(entry, place)
        if trouble is None:
            entries.append(entry)
        else:
            vouched.add(entry.previous)
    return _Found(entries, trouble, frozenset(vouched))


def _wrong_number(entry: LogEntry, place: int) -> _Trouble | None:
    if entry.number == place:
        return None
    message = f"expected entry {place}, got {entry.number}: one is missing, added or moved"
    return _Trouble(place, CommunicationError("log.number", f"lines[{place}]", message))


def read_line(line: str | bytes, field: str) -> LogEntry:
    """Read one line by itself.

    Raises:
        RepayPlanError: It is not one that :func:`line_of` wrote.
    """
    if type(line) not in {str, bytes}:
        raise InputTypeError("lines.type", field, f"expected a line of text, got {shown(line)}")
    if not (line.endswith("\n") if isinstance(line, str) else line.endswith(b"\n")):
        message = "expected a line that ends with a line feed; the last line is cut off"
        raise SerializationError("log.truncated", field, message)
    return read_content(parse_canonical(line[:-1], field), field)


def read_content(content: Any, field: str) -> LogEntry:  # noqa: ANN401  # any JSON
    """Read what one line says, as :func:`parse_canonical` gives it.

    Raises:
        RepayPlanError: It is not what :func:`line_of` wrote.
    """
    if not has_keys(content, _KEYS) or type(content["disclosed"]) is not list:
        message = "expected an object of disclosed, a list, and entry"
        raise SerializationError("log.form", field, message)
    data, disclosed = bytes_of_parsed(content["entry"]), _disclosed(content["disclosed"], field)
    return LogEntry.read(data, content["entry"], disclosed, field)


def _disclosed(items: list[Any], field: str) -> dict[str, Disclosure]:
    found: dict[str, Disclosure] = {}
    for place, item in enumerate(items):
        disclosure = Disclosure.read(item, f"{field}.disclosed[{place}]")
        if disclosure.field <= next(reversed(found), ""):
            message = "expected one disclosure for each field, in the order of their names"
            raise SerializationError("log.disclosure", f"{field}.disclosed[{place}]", message)
        found[disclosure.field] = disclosure
    return found


def _name_of(found: _Found, origin: str | None, head: Head | None) -> str:
    if head is not None:
        check_instance(head, Head, "head")
    names = [
        *([] if origin is None else [check_origin(origin)]),
        *([] if head is None else [head.origin]),
    ]
    if len(set(names)) > 1:
        message = f"expected the origin of the head ({shown(names[1])}), got {shown(names[0])}"
        raise CommunicationError("log.origin", "origin", message)
    names += [entry.log for entry in found.entries[:1]]
    if not names and found.trouble is None:
        message = "expected the name of the log, since there is no entry that carries it"
        raise CommunicationError("log.origin", "origin", message)
    return next(iter(names), "")


def _broken_link(found: _Found, head: Head | None) -> _Trouble | None:
    """Find the first entry whose hash is not the one that the next entry names."""
    before = bytes(DIGEST_BYTES)
    for place, entry in enumerate(found.entries):
        if entry.previous != before.hex():
            named_later = found.vouched.union(later.previous for later in found.entries[place + 1 :])
            bad = changed_one(found.entries, place, named_later, head)
            message = "expected the entry whose hash the next one names, got a changed one"
            return _Trouble(bad, CommunicationError("log.link", f"lines[{bad}]", message))
        before = entry.hash
    return None


def _broken_order(entries: Sequence[LogEntry], name: str) -> _Trouble | None:
    """Find the first entry that is of another log, or that was entered before the one before it."""
    latest: int | None = None
    for place, entry in enumerate(entries):
        field, moment = f"lines[{place}]", instant(entry.at)
        if entry.log != name:
            message = f"expected an entry of {shown(name)}, got one of {shown(entry.log)}"
            return _Trouble(place, CommunicationError("log.other", field, message))
        if latest is not None and moment < latest:
            message = "expected the moment of the entry before or a later one, got an earlier one"
            return _Trouble(place, CommunicationError("log.moment", f"{field}.at", message))
        latest = moment
    return None


def _other_than(head: Head, hashes: Sequence[bytes]) -> _Trouble | None:
    """Say from which entry on a log whose entries follow each other is not the one of a head."""
    size = len(hashes)
    if size < head.size:
        message = f"expected {head.size} entries, as the head says, got {size}: the last are missing"
        return _Trouble(size, CommunicationError("log.short", f"lines[{size}]", message))
    if root_of(hashes[: head.size]) != head.root:
        place = max(head.size - 1, 0)
        message = "expected the root of the head: it was changed, or all from an earlier one"
        return _Trouble(place, CommunicationError("log.root", f"lines[{place}]", message))
    if size > head.size:
        message = f"expected {head.size} entries, as the head says, got {size}: some were added since"
        return _Trouble(head.size, CommunicationError(_LONG, f"lines[{head.size}]", message))
    return None


def _at_line(trouble: _Trouble) -> RepayPlanError:
    error, line = trouble.error, f"lines[{trouble.place}]"
    field = error.field if error.field.startswith(line) else f"{line}.{error.field}"
    return type(error)(error.code, field, error.message, {**error.data, "line": trouble.place + 1})
