"""Corrections and erasures: nothing in the log is edited, so both are records of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import attrs

from repayplan.checks import check_count, check_instance, check_text
from repayplan.communication.fields import (
    PERSONAL,
    check_id,
    check_ids,
    check_optional_text,
    personal_fields,
)
from repayplan.communication.records import Record, check_order
from repayplan.errors import CommunicationError, SerializationError
from repayplan.moments import check_moment
from repayplan.serialization.canonical import INTEGER_MAX, canonical_bytes, parse_canonical
from repayplan.serialization.structure import from_dict, to_dict

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

__all__ = ["ENTRIES_MAX", "Amendment", "Redaction", "amend", "corrected"]

ENTRIES_MAX = INTEGER_MAX
"""The highest number of an entry: the greatest integer that canonical JSON keeps exactly."""


@attrs.frozen(kw_only=True, repr=False)
class Amendment(Record):
    """A correction: it names what it corrects, and why; the record that it corrects stays as it is.

    Made by :func:`repayplan.amend`.

    Attributes:
        corrects: The id of the record.
        reason: Why; never personal, since it is kept in clear.
        changes: The fields that change and are not personal, with their new values, as canonical JSON.
        personal_changes: The personal ones, likewise; None where there are none, or after their erasure.
        personal_names: Which these are, in clear and in order: what they held may be erased, and what they
            replaced was wrong all the same.

    Raises:
        CommunicationError: It corrects itself, the reason is not one visible line, or the names are others
            than those of the changes.
        SerializationError: The changes are not canonical JSON.
    """

    corrects: str
    reason: str
    changes: str
    personal_changes: str | None = attrs.field(default=None, metadata=PERSONAL)
    personal_names: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        Record.__attrs_post_init__(self)
        check_id(self.corrects, "corrects")
        if self.corrects == self.id:
            message = "expected the id of another record, got its own"
            raise CommunicationError("amendment.itself", "corrects", message)
        check_text(self.reason, "reason", error=CommunicationError)
        _changes(self.changes, "changes")
        names = check_ids(self.personal_names, "personal_names")
        if self.personal_changes is not None:
            changed = _changes(self.personal_changes, "personal_changes")
            if names != tuple(sorted(changed)):
                message = "expected the names of the personal changes, in order, got others"
                raise CommunicationError("amendment.names", "personal_names", message)
        object.__setattr__(self, "personal_names", names)


def _changes(text: str, field: str) -> dict[str, Any]:
    changes: Any = parse_canonical(check_instance(text, str, field), field)
    if not isinstance(changes, dict):
        message = "expected an object of the fields that change, got other JSON"
        raise SerializationError("amendment.changes", field, message)
    return cast("dict[str, Any]", changes)


def amend(
    record: Record,
    to: Record,
    *,
    amendment_id: str,
    reason: str,
    recorded_at: datetime.datetime,
) -> Amendment:
    """Make the amendment that turns a record into another.

    Args:
        record: What was recorded.
        to: What should have been recorded: the same kind, id and case.
        amendment_id: The id of the amendment.
        reason: Why.
        recorded_at: When it is recorded.

    Raises:
        CommunicationError: The two are not the same kind, id and case, do not differ, or the correction would
            be recorded before what it corrects.
    """
    check_instance(record, Record, "record")
    check_instance(to, Record, "to")
    before, after = to_dict(record), to_dict(to)
    if type(record) is not type(to) or (record.id, record.case_id) != (to.id, to.case_id):
        message = "expected a record of the same kind, id and case as the one that it corrects"
        raise CommunicationError("amendment.other", "to", message)
    check_order(record.recorded_at, check_moment(recorded_at, "recorded_at"), "the record's", "recorded_at")
    changes = {name: value for name, value in after.items() if before[name] != value}
    if not changes:
        raise CommunicationError("amendment.same", "to", "expected a record that differs, got an equal one")
    personal = {name: changes.pop(name) for name in personal_fields(type(to)) & changes.keys()}
    return Amendment(
        id=amendment_id,
        case_id=record.case_id,
        recorded_at=recorded_at,
        corrects=record.id,
        reason=reason,
        changes=canonical_bytes(changes).decode(),
        personal_changes=canonical_bytes(personal).decode() if personal else None,
        personal_names=tuple(sorted(personal)),
    )


def corrected(record: Record, amendments: Sequence[Amendment]) -> Record:
    """Give a record as its amendments leave it, in their order.

    A field whose correction was erased is absent: what it corrected is known to be wrong.
    """
    data: dict[str, Any] = to_dict(record)
    for amendment in amendments:
        data |= _changes(amendment.changes, "changes")
        for name in amendment.personal_names:
            data.pop(name, None)
        if amendment.personal_changes is not None:
            data |= _changes(amendment.personal_changes, "personal_changes")
    return from_dict(type(record), data)


@attrs.frozen(kw_only=True, repr=False)
class Redaction(Record):
    """An erasure: it says which fields of which entry were removed, and why. The log adds it.

    Attributes:
        entry: The number of the entry.
        fields: The names of the fields that were removed.
        reason: Why; never personal, since it is kept in clear.
        by: Who ordered it.

    Raises:
        CommunicationError: No field is named, or the reason is not one visible line.
    """

    entry: int
    fields: tuple[str, ...]
    reason: str
    by: str | None = attrs.field(default=None, metadata=PERSONAL)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        Record.__attrs_post_init__(self)
        check_count(self.entry, "entry", minimum=0, maximum=ENTRIES_MAX, error=CommunicationError)
        object.__setattr__(self, "fields", check_ids(self.fields, "fields"))
        if not self.fields:
            raise CommunicationError("redaction.fields", "fields", "expected at least one field")
        check_text(self.reason, "reason", error=CommunicationError)
        check_optional_text(self.by, "by")
