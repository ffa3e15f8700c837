"""Early warnings: what to say or ask, kindly, before a plan is in trouble."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pendulum

from repayplan.money import Money, money_of
from repayplan.overdue.standing import Standing, standing_on
from repayplan.overdue.upcoming import upcoming
from repayplan.rules import Citation, Comparison, Finding, Force

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from repayplan.overdue.adjustments import Charge, Waiver
    from repayplan.overdue.holds import Hold
    from repayplan.overdue.payments import Payment
    from repayplan.overdue.rules import OverdueRules, OverdueRuleVersions
    from repayplan.schedule.schedule import Schedule

__all__ = ["early_warnings", "warnings_of"]

_LAST: Final = 3
"""How many of the last settled installments show a habit."""
_LATE_MAX: Final = 1
"""How many of them may have been late before another due day is worth a question."""
_HOUSE: Final = Citation(title="repayplan: early warnings", force=Force.HOUSE)


def early_warnings(  # noqa: PLR0913  # keyword-only options, each a kind of fact
    schedule: Schedule,
    payments: Sequence[Payment],
    as_of: datetime.date,
    rules: OverdueRules | OverdueRuleVersions,
    holds: Sequence[Hold] = (),
    *,
    known_on: datetime.date | None = None,
    waivers: Sequence[Waiver] = (),
    charges: Sequence[Charge] = (),
    contract_due_on: datetime.date | None = None,
    debtor: str | None = None,
) -> tuple[Finding, ...]:
    """Look for what can still be helped: an amount due soon, a part payment, a habit of paying later.

    Nothing here is held against the client: each finding that did not pass says what to ask. Whether the
    client may be contacted now is another question.

    Args:
        schedule: What falls due when.
        payments: Money received and reversals, as for :func:`repayplan.standing_on`.
        as_of: The day.
        rules: The rules, or their versions; ``reminder_days`` say how long before its day an amount is due
            soon.
        holds: What stops for a time; one that moves due dates moves what is due soon.
        known_on: Leave out what was recorded after this day; None leaves out nothing.
        waivers: What the bank let go of.
        charges: Late charges that the bank decided on, which play no part here.
        contract_due_on: The oldest unpaid due date of the contract, for an order that reads it.
        debtor: The debtor for whom is asked; holds for others do not protect them.

    Returns:
        ``nothing_due_soon`` (observed: what falls due within the reminder days, today's among them, judged
        as :attr:`repayplan.Standing.next_due` is; left out where the rules have no such days),
        ``no_part_payment`` (how many installments that are due or past due are paid in part),
        ``not_paying_later`` (the days from due day to settlement of the last three settled installments,
        each more than the one before being a habit; before the due day they are negative) and
        ``not_repeatedly_late`` (how many of these three were settled after their due day).

    Raises:
        PaymentError: The facts contradict each other or the schedule.
        MoneyError: One is in another currency than the schedule.
        DateError: A payment has nothing to do with the schedule's time.
        PolicyError: No rules are in force on the day.
    """
    standing = standing_on(
        schedule,
        payments,
        as_of,
        rules,
        holds,
        known_on=known_on,
        waivers=waivers,
        charges=charges,
        contract_due_on=contract_due_on,
        debtor=debtor,
    )
    return warnings_of(standing)


def warnings_of(standing: Standing) -> tuple[Finding, ...]:
    """Look at a standing that has been made, as :func:`early_warnings` does."""
    days = _days_from_due(standing)
    return (*_due_soon(standing), _part_payment(standing), _paying_later(days), _repeatedly_late(days))


def _due_soon(standing: Standing) -> list[Finding]:
    reminder = standing.rules.reminder_days
    if reminder is None:
        return []
    today = standing.as_of.toordinal()
    soon = [due for due in upcoming(standing.lateness) if due.due <= today + reminder.value]
    ask = ""
    if soon:
        day = pendulum.Date.fromordinal(soon[0].due)
        ask = f"Remind kindly of what is due on {day}, and ask whether it can be paid by then."
    return [
        Finding(
            "nothing_due_soon",
            not soon,
            _money(standing, sum(due.units for due in soon)),
            _money(standing, 0),
            reminder.citation,
            Comparison.AT_MOST,
            ask,
        )
    ]


def _part_payment(standing: Standing) -> Finding:
    lateness, today = standing.lateness, standing.as_of.toordinal()
    first = standing.ledger.asked.first_number
    partly = [
        first + item
        for item, (due, settled) in enumerate(zip(lateness.due, lateness.settled, strict=True))
        if due <= today and settled is None and lateness.missing[item] < lateness.asked[item]
    ]
    ask = (
        f"Thank the client for the part of installment {_listed(partly)} that was paid, and ask when the rest"
        " can follow, or whether the amount has become too high."
    )
    return Finding(
        "no_part_payment",
        not partly,
        len(partly),
        0,
        comparison=Comparison.AT_MOST,
        ask=ask if partly else "",
    )


def _days_from_due(standing: Standing) -> tuple[int, ...]:
    """Give the days from due day to settlement of the last settled installments, by due day.

    What was never asked for, or is tolerated whole, was not settled by anybody.
    """
    lateness = standing.lateness
    days = [
        settled - due
        for due, settled, asked in zip(lateness.due, lateness.settled, lateness.asked, strict=True)
        if settled is not None and asked > lateness.most(asked)
    ]
    return tuple(days[-_LAST:])


def _paying_later(days: tuple[int, ...]) -> Finding:
    later = len(days) == _LAST and all(before < after for before, after in pairwise(days))
    ask = (
        "Payments come later each time. Ask whether anything has changed, whether another due day would suit"
        " better, and whether the installment still can be paid."
    )
    return Finding("not_paying_later", not later, days, citation=_HOUSE, ask=ask if later else "")


def _repeatedly_late(days: tuple[int, ...]) -> Finding:
    late = sum(1 for after_due in days if after_due > 0)
    repeated = late > _LATE_MAX
    ask = (
        "Ask on which day of the month money comes in, and whether a due day soon after it would suit better."
    )
    return Finding(
        "not_repeatedly_late",
        not repeated,
        late,
        _LATE_MAX,
        _HOUSE,
        Comparison.AT_MOST,
        ask if repeated else "",
    )


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _money(standing: Standing, units: int) -> Money:
    return money_of(units, standing.ledger.facts.schedule.terms.principal.currency)
