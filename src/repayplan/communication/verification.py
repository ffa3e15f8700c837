"""Verification of a log, and of one record without the rest of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_instance
from repayplan.communication.heads import Head
from repayplan.communication.log import CommunicationLog
from repayplan.errors import RepayPlanError
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from repayplan.communication.entries import LogEntry

__all__ = ["FieldsOf", "LogVerification", "verify_log"]


@attrs.frozen
class FieldsOf(Value):
    """Personal fields of one entry.

    Attributes:
        entry: The number of the entry.
        fields: The names of the fields, in order.
    """

    entry: int
    fields: tuple[str, ...]


@attrs.frozen
class LogVerification(Value):
    """What a verification found; made by :func:`repayplan.verify_log`.

    Attributes:
        head: The head against which it was verified.
        first_bad: The number of the first entry that others or the head contradict; None where none is. Where
            links after a change were written anew, that is where the rewriting ends.
        code: The kind of trouble, for programs; empty where there is none.
        message: What is wrong with it; empty where nothing is.
        redacted: What was erased, with a note in the log.
        lost: What is not there any more, without such a note.
        unerased: What is still there although a note says that it was erased.
    """

    head: Head
    first_bad: int | None = None
    code: str = ""
    message: str = ""
    redacted: tuple[FieldsOf, ...] = ()
    lost: tuple[FieldsOf, ...] = ()
    unerased: tuple[FieldsOf, ...] = ()

    @property
    def is_intact(self) -> bool:
        """Whether no entry was changed, removed, added or moved; erased fields do not bear on that."""
        return self.first_bad is None

    @property
    def is_complete(self) -> bool:
        """Whether it is intact, and nothing is lost or still there that was erased."""
        return self.is_intact and not self.lost and not self.unerased


def verify_log(log: CommunicationLog | Iterable[str | bytes], head: Head) -> LogVerification:
    """Verify a log, or its lines, against a head that was kept elsewhere.

    Every line is read anew from its bytes. Where the links between the entries hold and the root differs, the
    last entry is named, although all from an earlier one on may have been written anew: only a head of an
    earlier size could tell.
    """
    check_instance(head, Head, "head")
    lines = log.to_lines() if isinstance(log, CommunicationLog) else log
    try:
        found = CommunicationLog.from_lines(lines, head=head)
    except RepayPlanError as error:
        line = error.data.get("line")
        if not isinstance(line, int):  # not about a line: the caller's own mistake
            raise
        return LogVerification(head, line - 1, error.code, error.message)
    noted = _noted(found)
    return LogVerification(
        head,
        redacted=_fields(found, lambda entry: entry.missing & noted[entry.number]),
        lost=_fields(found, lambda entry: entry.missing - noted[entry.number]),
        unerased=_fields(found, lambda entry: noted[entry.number] & entry.disclosed.keys()),
    )


def _noted(log: CommunicationLog) -> Mapping[int, set[str]]:
    noted: defaultdict[int, set[str]] = defaultdict(set)
    for note in log.redactions():
        noted[note.entry].update(note.fields)
    return noted


def _fields(log: CommunicationLog, of: Callable[[LogEntry], AbstractSet[str]]) -> tuple[FieldsOf, ...]:
    found = ((entry.number, of(entry)) for entry in log)
    return tuple(FieldsOf(number, tuple(sorted(names))) for number, names in found if names)
