"""The rules by which lateness is counted and named."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.calendars import CalendarLike, check_calendar
from repayplan.checks import check_count, check_date, check_instance, check_tuple
from repayplan.errors import InputTypeError, PolicyError, shown
from repayplan.money import Money
from repayplan.overdue.allocation import PaymentOrder, check_order
from repayplan.overdue.classification import DAYS_PAST_DUE_MAX, DelinquencyScale
from repayplan.overdue.orders import PENALTIES_FEES_INTEREST_PRINCIPAL
from repayplan.rules import Limit
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

__all__ = ["Ageing", "BreachRules", "CureRules", "OverdueRuleVersions", "OverdueRules", "Tolerance"]

_COUNT_MAX: Final = 10_000
_VERSIONS_MAX: Final = 100


class Ageing(Enumeration):
    """From which day lateness is counted."""

    OLDEST_UNPAID = "oldest unpaid"
    """The due day of the oldest installment that is unpaid now."""
    FIRST_ARREARS = "first arrears"
    """The due day from which something was past due on every day until now, whatever was paid of it since."""


@attrs.frozen
class Tolerance(Value):
    """A shortfall that is not held against the client: at most the floor, or at most the share.

    Both are stated, so that neither a high installment nor a low one is judged by a figure meant for others;
    zero tolerates nothing.

    Attributes:
        floor: An absolute amount, at least zero.
        share: A share of what the installment asks for, from 0 to 1.

    Raises:
        PolicyError: The floor is negative, or the share is not from 0 to 1.
    """

    floor: Money
    share: Fraction

    def __attrs_post_init__(self) -> None:
        """Check both."""
        check_instance(self.floor, Money, "floor")
        if self.floor.minor_units < 0:
            raise PolicyError("tolerance.floor", "floor", f"expected zero or more, got {self.floor}")
        if type(self.share) not in {int, Fraction}:
            message = f"expected a Fraction, got {shown(self.share)}"
            raise InputTypeError("tolerance.share", "share", message)
        if not 0 <= self.share <= 1:
            raise PolicyError("tolerance.share", "share", f"expected 0 to 1, got {shown(self.share)}")

    def most(self, asked: int) -> int:
        """Give the greatest shortfall that is tolerated of an amount, both in minor units."""
        return max(self.floor.minor_units, int(self.share * asked))


@attrs.frozen(kw_only=True)
class BreachRules(Value):
    """When an arrangement is in breach; each of the rules by itself makes it so.

    A breach is a finding. What follows from it is for the bank to decide, after notice and a chance to pay.

    Attributes:
        missed: How many installments were missed since the last cure; None is no such rule.
        in_a_row: How many of them one after the other.
        behind_days: For how many days past due what was paid is less than what should have been: more than so
            many (the expected balance is below the actual one after so many tolerance days).
    """

    missed: Limit[int] | None = None
    in_a_row: Limit[int] | None = None
    behind_days: Limit[int] | None = None

    def __attrs_post_init__(self) -> None:
        """Check the figures."""
        for field, least in (("missed", 1), ("in_a_row", 1), ("behind_days", 0)):
            _check_limit(getattr(self, field), field, least, _COUNT_MAX)


@attrs.frozen(kw_only=True)
class CureRules(Value):
    """When an arrangement is in order again after installments were missed.

    Attributes:
        payments: How many installments in a row must be paid in time after the last that was missed, once
            nothing is past due.
        probation_days: For how many days from then on the cure is watched; None is none.
    """

    payments: Limit[int]
    probation_days: Limit[int] | None = None

    def __attrs_post_init__(self) -> None:
        """Check the figures."""
        check_instance(self.payments, Limit, "payments")
        _check_limit(self.payments, "payments", 0, _COUNT_MAX)
        _check_limit(self.probation_days, "probation_days", 1, DAYS_PAST_DUE_MAX)


@attrs.frozen(kw_only=True)
class OverdueRules(Value):
    """How lateness is counted, judged and named.

    Attributes:
        buckets: The buckets, such as M0 to M6+ or the bank's own, by days past due of the plan.
        classes: The regulator's asset classes; None where the library ships none for the day, and the caller
            gives one with ``attrs.evolve(rules, classes=…)``.
        order: In which order a payment pays.
        grace_days: The days after the due day within which lateness has no consequence; None is none. They
            bear on the state and on charges, never on days past due.
        grace_calendar: The days that count as grace days, where those are business days; None counts all.
        counted_days: The days that count as days past due of the plan, where those are business days; None
            counts all. The contract's own days past due are all days.
        tolerance: A shortfall that is not held against the client; None is none.
        ageing: From which day lateness is counted.
        materiality: What must be past due, more than the floor and more than the share of all that is still
            to be paid, before the regulator's clock runs; None is anything.
        breach: When the arrangement is in breach; None is never.
        cure: When it is in order again; None is as soon as nothing is past due, without probation.
        reminder_days: How many days before a due day a reminder is to go out; None is none.

    Raises:
        PolicyError: A figure is out of range.
    """

    buckets: DelinquencyScale
    classes: DelinquencyScale | None = None
    order: PaymentOrder = PENALTIES_FEES_INTEREST_PRINCIPAL
    grace_days: Limit[int] | None = None
    grace_calendar: CalendarLike | None = None
    counted_days: CalendarLike | None = None
    tolerance: Tolerance | None = None
    ageing: Ageing = Ageing.OLDEST_UNPAID
    materiality: Tolerance | None = None
    breach: BreachRules | None = None
    cure: CureRules | None = None
    reminder_days: Limit[int] | None = None

    def __attrs_post_init__(self) -> None:
        """Check the types and figures."""
        check_instance(self.buckets, DelinquencyScale, "buckets")
        check_order(self.order)
        check_instance(self.ageing, Ageing, "ageing")
        _check_limit(self.grace_days, "grace_days", 0, DAYS_PAST_DUE_MAX)
        _check_limit(self.reminder_days, "reminder_days", 1, _COUNT_MAX)
        for field, kind in _KINDS.items():
            if getattr(self, field) is not None:
                check_instance(getattr(self, field), kind, field)
        for calendar in (self.grace_calendar, self.counted_days):
            if calendar is not None:
                check_calendar(calendar)

    @property
    def grace(self) -> int:
        """The number of grace days."""
        return 0 if self.grace_days is None else self.grace_days.value

    def bucket_of(self, days_past_due: int) -> str | None:
        """Name the bucket of a number of days past due; None where the table has no name for it."""
        return self.buckets.classify(days_past_due)

    def class_of(self, days_past_due: int) -> str | None:
        """Name the regulator's class of a number of days past due; None where the table has no name for it.

        Raises:
            PolicyError: No classes are given.
        """
        if self.classes is None:
            message = "no classes are shipped for this day; give them with attrs.evolve(rules, classes=...)"
            raise PolicyError("rules.classes", "classes", message)
        return self.classes.classify(days_past_due)


def _to_versions(
    value: Sequence[tuple[datetime.date, OverdueRules]],
) -> tuple[tuple[pendulum.Date, OverdueRules], ...]:
    pairs = check_tuple(value, tuple, "versions", maximum=_VERSIONS_MAX, error=PolicyError)
    for place, pair in enumerate(pairs):
        if len(pair) != len(("day", "rules")):
            raise PolicyError("rules.versions", f"versions[{place}]", "expected a pair of a day and rules")
    return tuple(
        (
            check_date(day, f"versions[{place}]"),
            check_instance(rules, OverdueRules, f"versions[{place}]"),
        )
        for place, (day, rules) in enumerate(pairs)
    )


@attrs.frozen
class OverdueRuleVersions(Value):
    """Rules in versions, each from a day on; a question about a day is answered by the rules then in force.

    Attributes:
        versions: Pairs of the first day and the rules, by rising days.

    Raises:
        PolicyError: There is no version, or the days do not rise.
    """

    versions: tuple[tuple[pendulum.Date, OverdueRules], ...] = attrs.field(converter=_to_versions)

    def __attrs_post_init__(self) -> None:
        """Check the order."""
        days = [day for day, _ in self.versions]
        if not days or any(later <= earlier for earlier, later in pairwise(days)):
            raise PolicyError("rules.versions", "versions", "expected at least one version, by rising days")

    def in_force(self, on: datetime.date) -> OverdueRules:
        """Give the rules in force on a day.

        Raises:
            PolicyError: The day is before the first version.
        """
        day = check_date(on, "on")
        for first, rules in reversed(self.versions):
            if first <= day:
                return rules
        message = f"expected {self.versions[0][0]} or later, got {day}; no earlier rules are known here"
        raise PolicyError("rules.not_in_force", "on", message)


_KINDS: Final[dict[str, type]] = {
    "classes": DelinquencyScale,
    "tolerance": Tolerance,
    "materiality": Tolerance,
    "breach": BreachRules,
    "cure": CureRules,
}


def _check_limit(limit: Limit[int] | None, field: str, minimum: int, maximum: int) -> None:
    if limit is not None:
        check_instance(limit, Limit, field)
        check_count(limit.value, field, minimum=minimum, maximum=maximum, error=PolicyError)
