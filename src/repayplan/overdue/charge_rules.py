"""The rules of late charges: what may be charged, after how many days, and how much."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias, cast

import attrs
import pendulum

from repayplan.checks import check_count, check_date, check_instance, check_text, check_tuple
from repayplan.daycounts import DayCount
from repayplan.errors import DateError, InputTypeError, PolicyError, shown
from repayplan.money import Money, check_currency
from repayplan.overdue.classification import DAYS_PAST_DUE_MAX
from repayplan.overdue.components import Component
from repayplan.rates import Rate, RateUnit
from repayplan.rules import Citation, Limit
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Sequence


__all__ = [
    "LateChargeRule",
    "LateInterestRule",
    "LateRule",
    "ReturnedPaymentRule",
    "check_late_rules",
    "figure_of",
]

_RULES_MAX: Final = 20
_NAME_MAX: Final = 100

_ADDITIVE: Final = frozenset(
    {
        DayCount.ACT_365F,
        DayCount.ACT_360,
        DayCount.ACT_364,
        DayCount.ACT_ACT_ISDA,
        DayCount.ACT_ACT_YEAR_END,
        DayCount.THIRTY_E_360,
    }
)
"""The day counts by which a time is the sum of its days, however it is cut."""


def _to_first_day(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "first_day")


def _to_last_day(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "last_day")


@attrs.frozen(kw_only=True)
class LateChargeRule(Value):
    """A charge for an installment that is late, once for each installment.

    Attributes:
        name: The name of the rule, without a colon; the ids of its charges begin with it. Where its figures
            change, that is another rule with another name and other days.
        component: What the charge is: fees or penalties.
        after_days: The days past due on which it falls, from 1 on; it waits until the grace is over, too.
        fixed: The amount; either this or the share is given.
        share: The share of what was missed, above 0 and at most 1, rounded as the schedule rounds.
        least: The least amount where a share is charged; None is none.
        capped_by_missed: Whether it is never more than what was missed, as 12 CFR 1026.52(b)(2)(i) and the
            Code of Banking Practice of Hong Kong, 31.4, want it; what is missed later plays no part.
        first_day: Nothing is charged that falls before this day; None is no such day.
        last_day: Nothing is charged that falls after this day; None is no such day.

    Raises:
        PolicyError: A figure is out of range, or not exactly one of the amount and the share is given.
    """

    name: str
    component: Component
    after_days: Limit[int]
    fixed: Limit[Money] | None = None
    share: Limit[Fraction] | None = None
    least: Money | None = None
    capped_by_missed: bool = True
    first_day: pendulum.Date | None = attrs.field(default=None, converter=_to_first_day)
    last_day: pendulum.Date | None = attrs.field(default=None, converter=_to_last_day)

    def __attrs_post_init__(self) -> None:
        """Check the figures."""
        _check_rule(self.name, self.component, self.first_day, self.last_day)
        check_instance(self.after_days, Limit, "after_days")
        most = DAYS_PAST_DUE_MAX
        check_count(self.after_days.value, "after_days", minimum=1, maximum=most, error=PolicyError)
        check_instance(self.capped_by_missed, bool, "capped_by_missed")
        if (self.fixed is None) is (self.share is None):
            raise PolicyError("charge.amount", "fixed", "expected either an amount or a share")
        if self.fixed is not None:
            _check_amount(check_instance(self.fixed, Limit, "fixed").value, "fixed")
        if self.share is not None:
            _check_share(self.share)
        if self.least is not None:
            _check_amount(self.least, "least")
            if self.share is None:
                raise PolicyError("charge.least", "least", "expected none, since the amount is fixed")

    @property
    def citation(self) -> Citation:
        """Where the amount comes from."""
        return figure_of(self).citation


@attrs.frozen(kw_only=True)
class ReturnedPaymentRule(Value):
    """A charge for a payment that is returned.

    A payment that failed is returned on the day on which that was recorded. The charge belongs to the
    installment that was due last before that day, is never more than that one asks for (12 CFR
    1026.52(b)(2)(i), comment 2), and is not charged beside a late charge for the same installment (comment
    52(b)(2)(ii)-1). Failed payments of one amount and one day of receipt are one that was tried again.

    Attributes:
        name: The name of the rule, without a colon; the ids of its charges begin with it.
        component: What the charge is: fees or penalties.
        fixed: The amount.
        first_day: Nothing is charged that falls before this day; None is no such day.
        last_day: Nothing is charged that falls after this day; None is no such day.

    Raises:
        PolicyError: A figure is out of range.
    """

    name: str
    component: Component
    fixed: Limit[Money]
    first_day: pendulum.Date | None = attrs.field(default=None, converter=_to_first_day)
    last_day: pendulum.Date | None = attrs.field(default=None, converter=_to_last_day)

    def __attrs_post_init__(self) -> None:
        """Check the figures."""
        _check_rule(self.name, self.component, self.first_day, self.last_day)
        _check_amount(check_instance(self.fixed, Limit, "fixed").value, "fixed")

    @property
    def citation(self) -> Citation:
        """Where the amount comes from."""
        return self.fixed.citation


def _to_base(value: Collection[Component]) -> frozenset[Component]:
    if not isinstance(value, (frozenset, set, tuple, list)):
        message = f"expected a set of Component, got {shown(value)}"
        raise InputTypeError("set.type", "base", message, {"expected": "Component"})
    if not 1 <= len(value) <= len(Component):
        message = f"expected 1 to {len(Component)} components, got {len(value)}; name what bears interest"
        raise PolicyError("charge.base", "base", message, {"maximum": len(Component)})
    return frozenset(check_instance(component, Component, "base") for component in value)


@attrs.frozen(kw_only=True)
class LateInterestRule(Value):
    """Simple interest on what is past due, day by day, from the day after the due day.

    A day costs interest on what is still past due when it ends. What is paid within its grace costs none.
    Neither late charges nor late interest bear any.

    Attributes:
        name: The name of the rule, without a colon; the ids of its charges begin with it.
        rate: The rate.
        day_count: How days become part of a year; one by which a time is the sum of its days. A daily rate
            counts days alone.
        base: The parts of an installment that bear it.
        citation: Where the rule comes from.
        first_day: The first day that counts; None is no such day.
        last_day: The last day that counts; None is no such day.

    Raises:
        PolicyError: The day count depends on how a time is cut, or a figure is out of range.
    """

    name: str
    rate: Rate
    day_count: DayCount
    base: frozenset[Component] = attrs.field(default=frozenset({Component.PRINCIPAL}), converter=_to_base)
    citation: Citation
    first_day: pendulum.Date | None = attrs.field(default=None, converter=_to_first_day)
    last_day: pendulum.Date | None = attrs.field(default=None, converter=_to_last_day)

    def __attrs_post_init__(self) -> None:
        """Check the figures."""
        _check_rule(self.name, Component.PENALTIES, self.first_day, self.last_day)
        check_instance(self.rate, Rate, "rate")
        check_instance(self.citation, Citation, "citation")
        if check_instance(self.day_count, DayCount, "day_count") not in _ADDITIVE:
            names = ", ".join(sorted(day_count.name for day_count in _ADDITIVE))
            message = f"expected one by which a time is the sum of its days ({names})"
            raise PolicyError("charge.day_count", "day_count", message)

    @property
    def component(self) -> Component:
        """What the charge is: interest."""
        return Component.INTEREST

    def factor(self, start: pendulum.Date, end: pendulum.Date) -> Fraction:
        """Give the exact share of the base that is charged from one day to another."""
        if self.rate.unit is RateUnit.DAY:
            return self.rate.value * (end.toordinal() - start.toordinal())
        return self.rate.per_year * self.day_count.fraction(start, end)


LateRule: TypeAlias = LateChargeRule | LateInterestRule | ReturnedPaymentRule


def figure_of(rule: LateChargeRule | ReturnedPaymentRule) -> Limit[Money] | Limit[Fraction]:
    """Give what a rule charges: a fixed amount, or a share of what was missed."""
    share = rule.share if isinstance(rule, LateChargeRule) else None
    return share if share is not None else cast("Limit[Money]", rule.fixed)


def check_late_rules(rules: Sequence[LateRule], zero: Money) -> tuple[LateRule, ...]:
    """Refuse what is no rule, one name twice, and amounts in another currency."""
    every = check_tuple(rules, object, "rules", maximum=_RULES_MAX, error=PolicyError)
    checked: list[LateRule] = []
    for place, rule in enumerate(every):
        field = f"rules[{place}]"
        if not isinstance(rule, (LateChargeRule, LateInterestRule, ReturnedPaymentRule)):
            raise InputTypeError("type.wrong", field, f"expected a rule of late charges, got {shown(rule)}")
        if any(rule.name == other.name for other in checked):
            message = "expected each name once, since the ids of charges begin with it"
            raise PolicyError("charge.duplicate", f"{field}.name", message)
        for amount in _amounts(rule):
            check_currency(amount, zero.currency, field)
        checked.append(rule)
    return tuple(checked)


def _amounts(rule: LateRule) -> list[Money]:
    if isinstance(rule, LateInterestRule):
        return []
    least = rule.least if isinstance(rule, LateChargeRule) else None
    return [amount for amount in (figure_of(rule).value, least) if isinstance(amount, Money)]


def _check_rule(
    name: str, component: Component, first_day: datetime.date | None, last_day: datetime.date | None
) -> None:
    check_text(name, "name", error=PolicyError, maximum=_NAME_MAX)
    if ":" in name:
        raise PolicyError(
            "charge.name", "name", "expected no colon, which ends the name in the ids of charges"
        )
    if check_instance(component, Component, "component") not in {Component.FEES, Component.PENALTIES}:
        raise PolicyError(
            "charge.component", "component", f"expected fees or penalties, got {component.value}"
        )
    if first_day is not None and last_day is not None and last_day < first_day:
        raise DateError(
            "charge.days", "last_day", f"expected {first_day} (first_day) or later, got {last_day}"
        )


def _check_amount(amount: Money, field: str) -> None:
    if check_instance(amount, Money, field).minor_units <= 0:
        raise PolicyError("charge.amount", field, f"expected more than zero, got {amount}")


def _check_share(share: Limit[Fraction]) -> None:
    value = check_instance(share, Limit, "share").value
    if type(value) not in {int, Fraction}:
        raise InputTypeError("charge.share", "share", f"expected a Fraction, got {shown(value)}")
    if not 0 < value <= 1:
        raise PolicyError("charge.share", "share", f"expected more than 0 and at most 1, got {shown(value)}")
