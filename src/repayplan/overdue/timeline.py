"""A timeline: the days on which something changed, and what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.checks import check_date
from repayplan.errors import DateError
from repayplan.overdue.changes import Change, Timeline
from repayplan.overdue.facts import Facts
from repayplan.overdue.fields import to_known_on
from repayplan.overdue.stops import compared
from repayplan.overdue.timeline_walk import Walk, happening_of, versions_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    import pendulum

    from repayplan.overdue.adjustments import Charge, Waiver
    from repayplan.overdue.holds import Hold
    from repayplan.overdue.payments import Payment
    from repayplan.overdue.rules import OverdueRules, OverdueRuleVersions
    from repayplan.schedule.schedule import Schedule

__all__ = ["timeline"]

_DAYS_MAX: Final = 36_525
"""The most days of a timeline: a hundred years."""


def timeline(  # noqa: PLR0913  # keyword-only options, each a kind of fact
    schedule: Schedule,
    payments: Sequence[Payment],
    start: datetime.date,
    end: datetime.date,
    rules: OverdueRules | OverdueRuleVersions,
    holds: Sequence[Hold] = (),
    *,
    known_on: datetime.date | None = None,
    waivers: Sequence[Waiver] = (),
    charges: Sequence[Charge] = (),
    contract_due_on: datetime.date | None = None,
    debtor: str | None = None,
) -> Timeline:
    """Give the days from one to another, both included, on which something changed, and what.

    Only days are visited on which something can change: those of the facts, and those on which a count of
    days reaches a figure of the rules. Whatever :func:`repayplan.standing_on` says of the state, the bucket
    and the classes of a day between them is what it says of the last of them. A reversal that is known has
    no day of its own: its payment never counts.

    Args:
        schedule: What falls due when.
        payments: Money received and reversals, as for :func:`repayplan.standing_on`.
        start: The first day.
        end: The last day, at most a hundred years later.
        rules: The rules, or their versions, each day being judged by that in force on it.
        holds: What stops for a time.
        known_on: Leave out what was recorded after this day; None leaves out nothing.
        waivers: What the bank let go of.
        charges: Late charges that the bank decided on.
        contract_due_on: The oldest unpaid due date of the contract; None where nothing of it is past due.
        debtor: The debtor for whom is asked; holds for others do not protect them.

    Raises:
        PaymentError: The facts contradict each other or the schedule.
        MoneyError: One is in another currency than the schedule.
        DateError: The end is before the start or too far from it, more happens between them than can be told
            at once, or a payment has nothing to do with the schedule's time.
        PolicyError: No rules are in force on the first day.
    """
    facts = Facts(schedule, payments, holds, waivers, charges, contract_due_on, debtor)
    first, last = _checked_window(start, end)
    known = to_known_on(known_on)
    versions = versions_of(rules, first)
    happening = happening_of(facts, known, last)
    days = sorted({*happening, *(day for day, _ in versions)})
    walk = Walk(facts, known, versions, days, last.toordinal() + 1)
    stop = walk.visit(max(1, first.toordinal() - 1))
    opening, changes = stop.position, list[Change]()
    for following in walk.after(stop):
        reasons = (*happening.get(following.day, ()), *compared(stop, following))
        if reasons:
            before = stop.position_on(following.day - 1)
            changes.append(Change(following.standing.as_of, reasons, before, following.position))
        stop = following
    return Timeline(first, last, opening, tuple(changes), stop.position_on(last.toordinal()))


def _checked_window(start: datetime.date, end: datetime.date) -> tuple[pendulum.Date, pendulum.Date]:
    first, last = check_date(start, "start"), check_date(end, "end")
    if not 0 <= last.toordinal() - first.toordinal() <= _DAYS_MAX:
        message = f"expected a day from {first} (start) to {_DAYS_MAX} days later, got {last}"
        raise DateError("timeline.window", "end", message, {"maximum": _DAYS_MAX})
    return first, last
