"""How long a record is kept, why, and whether it may be erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_date, check_instance
from repayplan.communication.contact import Contact
from repayplan.communication.record_rules import RecordRules, RetentionRule, RetentionScope, RetentionStart
from repayplan.communication.records import Record
from repayplan.rules import Citation, Comparison, Finding
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

__all__ = ["KeptUntil", "retention_findings", "retention_of"]


@attrs.frozen(kw_only=True)
class KeptUntil(Value):
    """Until when one rule has a record kept.

    Attributes:
        comparison: ``AT_LEAST`` or ``AT_MOST``.
        until: The last day; None while the day from which the period runs has not come.
        start: From which day the period runs.
        citation: The rule.
    """

    comparison: Comparison
    until: pendulum.Date | None
    start: RetentionStart
    citation: Citation


def retention_of(
    record: Record,
    rules: RecordRules,
    *,
    last_activity_on: datetime.date | None = None,
    cleared_on: datetime.date | None = None,
) -> tuple[KeptUntil, ...]:
    """Say until when a record is kept, least and most, rule by rule.

    Args:
        record: The record.
        rules: The rules for records.
        last_activity_on: The day of the last activity of collection; None while there may be more.
        cleared_on: The day on which the debt was cleared; None while it is not.
    """
    check_instance(record, Record, "record")
    check_instance(rules, RecordRules, "rules")
    began = record.local_day() if isinstance(record, Contact) else record.recorded_at.date()
    starts = {
        RetentionStart.RECORD: began,
        RetentionStart.LAST_ACTIVITY: _day(last_activity_on, "last_activity_on"),
        RetentionStart.DEBT_CLEARED: _day(cleared_on, "cleared_on"),
    }
    return tuple(_kept(rule, starts[rule.start]) for rule in rules.retention if _SCOPES[rule.scope](record))


def _day(value: datetime.date | None, field: str) -> pendulum.Date | None:
    return None if value is None else check_date(value, field)


def _kept(rule: RetentionRule, start: pendulum.Date | None) -> KeptUntil:
    return KeptUntil(
        comparison=rule.period.comparison,
        until=None if start is None else rule.period.value.after(start),
        start=rule.start,
        citation=rule.period.citation,
    )


def _is_recording(record: Record) -> bool:
    return isinstance(record, Contact) and record.is_recorded


def _is_oral_agreement(record: Record) -> bool:
    return isinstance(record, Contact) and record.is_oral_agreement


_SCOPES: Final[dict[RetentionScope, Callable[[Record], bool]]] = {
    RetentionScope.EVERY_RECORD: lambda _: True,
    RetentionScope.RECORDINGS: _is_recording,
    RetentionScope.ORAL_AGREEMENTS: _is_oral_agreement,
}


def retention_findings(
    record: Record,
    rules: RecordRules,
    as_of: datetime.date,
    *,
    legal_hold: bool = False,
    last_activity_on: datetime.date | None = None,
    cleared_on: datetime.date | None = None,
) -> tuple[Finding, ...]:
    """Say whether a record may be erased on a day, and whether it should be gone.

    ``retention_least`` passes where a least period is over, ``retention_most`` where a greatest is not, and
    ``legal_hold`` where none is on it.

    Args:
        record: The record.
        rules: The rules for records.
        as_of: The day.
        legal_hold: Whether it is needed for a case in court or another duty.
        last_activity_on: As for :func:`repayplan.retention_of`.
        cleared_on: As for :func:`repayplan.retention_of`.
    """
    day = check_date(as_of, "as_of")
    check_instance(legal_hold, bool, "legal_hold")
    kept = retention_of(record, rules, last_activity_on=last_activity_on, cleared_on=cleared_on)
    return (
        Finding("legal_hold", not legal_hold, legal_hold, limit=False),
        *(_finding(item, day) for item in kept),
    )


def _finding(kept: KeptUntil, day: pendulum.Date) -> Finding:
    if kept.comparison is Comparison.AT_LEAST:
        over = kept.until is not None and day > kept.until
        return Finding("retention_least", over, day, kept.until, kept.citation, Comparison.MORE_THAN)
    in_time = kept.until is None or day <= kept.until
    return Finding("retention_most", in_time, day, kept.until, kept.citation, Comparison.AT_MOST)
