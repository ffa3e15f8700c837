"""Verification of a log, and of one record without the rest of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.checks import check_instance
from repayplan.communication.amendments import Redaction
from repayplan.communication.heads import Head
from repayplan.communication.log import CommunicationLog
from repayplan.communication.log_lines import read_chain, read_records
from repayplan.errors import RepayPlanError
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from repayplan.communication.entries import LogEntry

__all__ = ["FieldsOf", "LogVerification", "verify_log"]

_REDACTION: Final = Redaction.__name__


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
        added: How many entries follow those of the head, where the log may have grown. Their links hold, but
            no head vouches for them.
        first_bad: The number of the first entry that others or the head contradict; None where none is. Where
            links after a change were written anew, that is where the rewriting ends.
        code: The kind of trouble with either of the two, for programs; empty where there is none.
        message: What is wrong; empty where nothing is.
        first_unreadable: The number of the first entry whose bytes hold and whose record cannot be read here:
            it was written by a later release or with a later database of time zones, or it is one that this
            library would never have written. None where all can be read, or the bytes do not hold.
        redacted: What was erased, with a note in the log.
        lost: What is not there any more, without such a note.
        unerased: What is still there although a note says that it was erased.
    """

    head: Head
    added: int = 0
    first_bad: int | None = None
    first_unreadable: int | None = None
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
    def is_readable(self) -> bool:
        """Whether it is intact, and every record can be read here."""
        return self.is_intact and self.first_unreadable is None

    @property
    def is_complete(self) -> bool:
        """Whether it is intact and readable, and nothing is lost or still there that was erased."""
        return self.is_readable and not self.lost and not self.unerased


def verify_log(
    log: CommunicationLog | Iterable[str | bytes], head: Head, *, may_have_grown: bool = False
) -> LogVerification:
    """Verify a log, or its lines, against a head that was kept elsewhere.

    Every line is read anew from its bytes, and whether they are what they were is decided by them alone: by
    their form, links, disclosures and the root. Only then are the records read, so that an old release, or an
    old database of time zones, never makes an intact log look changed.

    Where the links between the entries hold and the root differs, the last entry is named, although all from
    an earlier one on may have been written anew: only a head of an earlier size could tell.

    Args:
        log: The log, or its lines as they were stored.
        head: The head.
        may_have_grown: Whether there may be more entries than those of the head, as in a log that is still
            written to. What was erased is then told by the notes of all of them.
    """
    check_instance(head, Head, "head")
    lines = log.to_lines() if isinstance(log, CommunicationLog) else log
    try:
        chain = read_chain(lines, None, head, may_have_grown=may_have_grown)
    except RepayPlanError as error:
        line = error.data.get("line")
        if not isinstance(line, int):  # not about a line: the caller's own mistake
            raise
        return LogVerification(head, first_bad=line - 1, code=error.code, message=error.message)
    noted, entries = _noted(chain.entries), chain.entries
    found = LogVerification(
        head,
        added=len(entries) - head.size,
        redacted=_fields_of(entries, lambda entry: entry.missing & noted[entry.number]),
        lost=_fields_of(entries, lambda entry: entry.missing - noted[entry.number]),
        unerased=_fields_of(entries, lambda entry: noted[entry.number] & entry.disclosed.keys()),
    )
    try:
        read_records(chain)
    except RepayPlanError as error:
        place = int(str(error.data["line"])) - 1
        return attrs.evolve(found, first_unreadable=place, code=error.code, message=error.message)
    return found


def _noted(entries: Sequence[LogEntry]) -> Mapping[int, set[str]]:
    """Collect what notes of erasure name, by the entry; the bytes say it, whether or not all can be read."""
    noted: defaultdict[int, set[str]] = defaultdict(set)
    for entry in (one for one in entries if one.kind == _REDACTION):
        match entry.open_fields:
            case {"entry": number, "fields": [*names]} if type(number) is int and number < entry.number:
                noted[number].update(name for name in names if isinstance(name, str))
            case _:
                pass
    return noted


def _fields_of(
    entries: Sequence[LogEntry], of: Callable[[LogEntry], AbstractSet[str]]
) -> tuple[FieldsOf, ...]:
    found = ((entry.number, of(entry)) for entry in entries)
    return tuple(FieldsOf(number, tuple(sorted(names))) for number, names in found if names)
