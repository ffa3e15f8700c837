"""England and Wales: breathing space, a moratorium by law while a client takes advice or is in crisis.

Rules as data for engineers, not legal advice: check before use. All figures were read in quotation. Scotland
and Northern Ireland have other laws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_date
from repayplan.errors import DateError
from repayplan.overdue.holds import Hold, HoldEffect, HoldKind
from repayplan.rules import Citation, Comparison, Evidence, Force, Limit, Protects

if TYPE_CHECKING:
    import datetime

__all__ = [
    "CRISIS_DAYS",
    "EFFECTS",
    "STANDARD_DAYS",
    "STANDARD_MONTHS",
    "breathing_space",
    "crisis_breathing_space",
]

_REGULATIONS: Final = Citation(
    title="Debt Respite Scheme (Breathing Space Moratorium and Mental Health Crisis Moratorium) (England and"
    " Wales) Regulations 2020, SI 2020/1311",
    effective_from=pendulum.date(2021, 5, 4),
    evidence=Evidence.SECONDARY,
    force=Force.LAW,
    applies_to="qualifying debts of debtors in England and Wales",
)

STANDARD_DAYS: Final = Limit(60, _REGULATIONS, unit="days", protects=Protects.HIGHER)
"""How long a standard moratorium lasts; the day on which it starts is day 1."""

CRISIS_DAYS: Final = Limit(30, _REGULATIONS, unit="days after the treatment", protects=Protects.HIGHER)
"""How long a moratorium in a mental health crisis lasts after the treatment."""

STANDARD_MONTHS: Final = Limit(12, _REGULATIONS, comparison=Comparison.AT_LEAST, unit="months between two")
"""One standard moratorium in so many months."""

EFFECTS: Final = frozenset(
    {
        HoldEffect.INTEREST_STOPS,
        HoldEffect.FEES_STOP,
        HoldEffect.CONTACT_STOPS,
        HoldEffect.ENFORCEMENT_STOPS,
    }
)
"""What stops. Due dates do not move, and what falls due is still to be paid: it is no payment holiday."""


def breathing_space(id: str, *, registered_on: datetime.date, debtor: str | None = None) -> Hold:  # noqa: A002  # as of Hold
    """Give the hold of a standard moratorium.

    Args:
        id: The id of the hold.
        registered_on: The day of the entry in the register; the moratorium starts on the day after.
        debtor: The id of the debtor whom it protects; None protects all.

    Raises:
        DateError: The day is before the law took effect.
    """
    first = _day_after(registered_on)
    return _hold(id, first, first.add(days=STANDARD_DAYS.value - 1), debtor)


def crisis_breathing_space(
    id: str,  # noqa: A002  # as of Hold
    *,
    registered_on: datetime.date,
    treatment_ended_on: datetime.date | None,
    debtor: str | None = None,
) -> Hold:
    """Give the hold of a moratorium in a mental health crisis.

    Args:
        id: The id of the hold.
        registered_on: The day of the entry in the register; the moratorium starts on the day after.
        treatment_ended_on: The last day of the treatment; None while it goes on, and then no end is known.
        debtor: The id of the debtor whom it protects; None protects all.

    Raises:
        DateError: The day is before the law took effect, or the treatment ended before it.
    """
    first = _day_after(registered_on)
    if treatment_ended_on is None:
        return _hold(id, first, None, debtor)
    ended = check_date(treatment_ended_on, "treatment_ended_on")
    if ended < first:
        message = f"expected {first} (the first day) or later, got {ended}"
        raise DateError("breathing_space.treatment", "treatment_ended_on", message)
    return _hold(id, first, ended.add(days=CRISIS_DAYS.value), debtor)


def _day_after(registered_on: datetime.date) -> pendulum.Date:
    day = check_date(registered_on, "registered_on")
    begins = _REGULATIONS.effective_from
    if begins is not None and day < begins:
        message = f"expected {begins} or later, since there was no breathing space before, got {day}"
        raise DateError("breathing_space.day", "registered_on", message)
    return day.add(days=1)


def _hold(name: str, first: pendulum.Date, last: pendulum.Date | None, debtor: str | None) -> Hold:
    return attrs.evolve(Hold(name, HoldKind.BREATHING_SPACE, EFFECTS, first, last), debtor=debtor)
