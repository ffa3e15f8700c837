"""What must hold of a record that is added to a log, by what is in the log already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from repayplan.communication.amendments import Amendment, Redaction, corrected
from repayplan.communication.entries import line_of
from repayplan.communication.fields import personal_fields
from repayplan.communication.records import check_order
from repayplan.errors import CommunicationError, shown
from repayplan.moments import instant, moment_text
from repayplan.serialization.canonical import BYTES_MAX, parse_canonical

if TYPE_CHECKING:
    import pendulum

    from repayplan.communication.entries import LogEntry
    from repayplan.communication.log_store import View
    from repayplan.communication.records import Record

__all__ = ["check_next", "check_sealed"]

_FIXED: Final = frozenset({"case_id", "id", "point_id", "recorded_at"})
"""What no correction changes: by it the record is found, and what is erased stays consistent with it."""

_LINE_MAX: Final = BYTES_MAX - 4_096
"""The most bytes of a line: with the longest proof it is still one document, to be handed over."""


def check_next(view: View, record: Record, at: pendulum.DateTime) -> None:
    """Refuse a record that cannot follow what is in a log.

    Raises:
        CommunicationError: Its id is in use, its moment lies before that of the last entry or before its own
            recording, or it corrects a record that is not there, of another case, or itself a correction.
    """
    if view.number_of(record.id) is not None:
        message = f"expected an id that is not in use, got {shown(record.id)} again"
        raise CommunicationError("log.id", "record.id", message, {"id": record.id})
    _check_moment(view, record, at)
    if isinstance(record, Amendment):
        _check_amendment(view, record)
    elif isinstance(record, Redaction):
        _check_redaction(view, record)


def check_sealed(view: View, entry: LogEntry) -> None:
    """Refuse an entry of which a salt is in use, or whose line is too long to be read again with a proof.

    Raises:
        CommunicationError: As said.
    """
    used: set[str] = set()
    for name, item in entry.disclosed.items():
        if item.salt in used or view.uses(item.salt):
            message = f"expected a new salt for {name}, got one that was used before"
            raise CommunicationError("salts.twice", "salts", message, {"field": name})
        used.add(item.salt)
    if len(line_of(entry).encode()) > _LINE_MAX:
        message = f"expected at most {_LINE_MAX} bytes with all personal fields; keep content by its digest"
        raise CommunicationError("log.size", "record", message, {"maximum": _LINE_MAX})


def _check_moment(view: View, record: Record, at: pendulum.DateTime) -> None:
    if view.size:
        last = view.store.entries[view.size - 1].at
        if instant(at) < instant(last):
            message = f"expected {moment_text(last)} (the last entry) or later, got {moment_text(at)}"
            raise CommunicationError("log.moment", "at", message)
    if instant(at) < instant(record.recorded_at):
        message = f"expected {moment_text(record.recorded_at)} (recorded_at) or later, got {moment_text(at)}"
        raise CommunicationError("log.moment", "at", message)


def _check_amendment(view: View, amendment: Amendment) -> None:
    number = view.number_of(amendment.corrects)
    if number is None:
        message = f"expected the id of an earlier record, got {shown(amendment.corrects)}"
        raise CommunicationError("amendment.target", "record.corrects", message)
    target = view.current(number)
    if isinstance(target, (Amendment, Redaction)):
        message = "expected a record that is no correction itself; amend the record that it corrects"
        raise CommunicationError("amendment.target", "record.corrects", message)
    if target.case_id != amendment.case_id:
        message = "expected a record of the same case, got one of another"
        raise CommunicationError("amendment.case", "record.case_id", message)
    check_order(target.recorded_at, amendment.recorded_at, "the record's", "record.recorded_at")
    _check_fields(target, amendment)
    corrected(target, [amendment])  # refuses what would be no such record


def _check_fields(target: Record, amendment: Amendment) -> None:
    """Keep personal data out of what is in clear, and the rest out of what can be erased."""
    personal = personal_fields(type(target))
    fields = {field.name for field in attrs.fields(type(target))}
    open_changes = set[str](parse_canonical(amendment.changes, "changes"))
    sealed_changes = set(amendment.personal_names)
    if _FIXED & open_changes:
        message = f"expected {', '.join(sorted(_FIXED))} to stay, got a change of them; record it anew"
        raise CommunicationError("amendment.changes", "record.changes", message)
    for field, changed, allowed in (
        ("record.changes", open_changes, fields - personal),
        ("record.personal_changes", sealed_changes, personal),
    ):
        if changed - allowed:
            message = "expected the fields of the record, the personal ones apart, got another"
            raise CommunicationError("amendment.personal", field, message)


def _check_redaction(view: View, redaction: Redaction) -> None:
    if redaction.entry >= view.size:
        message = f"expected the number of an earlier entry, below {view.size}, got {redaction.entry}"
        raise CommunicationError("redaction.entry", "record.entry", message)
    entry = view.store.entries[redaction.entry]
    if entry.record.case_id != redaction.case_id:
        message = "expected an entry of the same case, got one of another"
        raise CommunicationError("redaction.case", "record.case_id", message)
    sealed = entry.sealed
    for name in redaction.fields:
        if name not in sealed:
            message = f"expected personal fields that entry {redaction.entry} has, got {shown(name)}"
            raise CommunicationError("redaction.fields", "record.fields", message)
