"""The lines of a budget: what comes in and goes out, how often, and from when to when."""

from __future__ import annotations

import abc
from collections import Counter
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, TypeAlias

import attrs
import pendulum

from repayplan.affordability.categories import Category, CommitmentKind, LineEvidence
from repayplan.checks import check_date, check_instance, check_text
from repayplan.errors import BudgetError, shown
from repayplan.exact import Number, read_fraction
from repayplan.explanation import ExplanationInput
from repayplan.frequencies import Frequency, ListedDates, check_frequency
from repayplan.money import Money
from repayplan.months import month_index
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

__all__ = [
    "BudgetLine",
    "Commitment",
    "Expense",
    "Income",
    "MonthSpan",
    "RegularLine",
]

MonthSpan: TypeAlias = tuple[int | None, int | None]
"""The first and the last month in which a line counts, by ``month_index``; None is no bound."""

TEXT_MAX = 1_000
DATES_MAX = 1_200
"""The most listed dates of one line: each month of a century."""


def _to_share(value: Number) -> Fraction:
    share = read_fraction(value, "share", error=BudgetError)
    if not 0 < share <= 1:
        message = f"expected a share above 0 and up to 1, got {shown(share)}; write half as '0.5'"
        raise BudgetError("budget.share", "share", message)
    return share


def _to_starts_on(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "starts_on")


def _to_ends_on(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "ends_on")


def _to_verified_on(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "verified_on")


@attrs.frozen(repr=False)
class BudgetLine(Value, abc.ABC):
    """What all lines of a budget have in common.

    Attributes:
        name: What it is, in the client's words.
        share: The part of it that is this household's, above 0 and up to 1, where costs are joint.
        starts_on: The first day on which it comes in or goes out; None if it does already.
        ends_on: The last such day; None if no end is known.
        note: Anything else about it.
        evidence: What it rests on.
        verified_on: The day on which it was verified, with that evidence only.
    """

    counts_part_months: ClassVar[bool] = True
    """Whether a month counts that the line's dates cover only in part."""

    name: str
    share: Fraction = attrs.field(default=Fraction(1), converter=_to_share, kw_only=True)
    starts_on: pendulum.Date | None = attrs.field(default=None, converter=_to_starts_on, kw_only=True)
    ends_on: pendulum.Date | None = attrs.field(default=None, converter=_to_ends_on, kw_only=True)
    note: str = attrs.field(default="", kw_only=True)
    evidence: LineEvidence = attrs.field(default=LineEvidence.DECLARED, kw_only=True)
    verified_on: pendulum.Date | None = attrs.field(default=None, converter=_to_verified_on, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_text(self.name, "name", error=BudgetError)
        if check_instance(self.note, str, "note"):
            check_text(self.note, "note", error=BudgetError, maximum=TEXT_MAX)
        check_instance(self.evidence, LineEvidence, "evidence")
        if self.starts_on is not None and self.ends_on is not None and self.ends_on < self.starts_on:
            message = f"expected {self.starts_on} (starts_on) or later, got {self.ends_on}"
            raise BudgetError("budget.dates", "ends_on", message)
        if (self.verified_on is not None) is not (self.evidence is LineEvidence.VERIFIED):
            message = "expected the day with the evidence VERIFIED, and with no other"
            raise BudgetError("budget.evidence", "verified_on", message)

    def __repr__(self) -> str:
        """Give the type alone: names and amounts are personal."""
        return f"<{type(self).__name__}>"

    @property
    @abc.abstractmethod
    def named_amount(self) -> Money:
        """An amount that it states; all of them are in one currency."""

    def is_verified_or_documented(self, as_of: pendulum.Date) -> bool:
        """Whether more than the client's word was there for it on a day."""
        if self.verified_on is None:
            return self.evidence is not LineEvidence.DECLARED
        return self.verified_on <= as_of

    @property
    def spans(self) -> Sequence[MonthSpan]:
        """The spans of months in which it counts, in each of them with the same amount."""
        first = None if self.starts_on is None else month_index(self.starts_on)
        last = None if self.ends_on is None else month_index(self.ends_on)
        if not self.counts_part_months:
            if self.starts_on is not None and self.starts_on.day > 1:
                first = month_index(self.starts_on) + 1
            if self.ends_on is not None and self.ends_on.day < self.ends_on.days_in_month:
                last = month_index(self.ends_on) - 1
        is_empty = first is not None and last is not None and last < first
        return () if is_empty else ((first, last),)

    @abc.abstractmethod
    def inputs(self, month: int) -> Sequence[ExplanationInput]:
        """Give the amounts of which it consists in a month in which it counts."""

    @property
    @abc.abstractmethod
    def factor(self) -> Fraction:
        """What the sum of the inputs is multiplied by to give the household's amount in a month."""

    def counts_in(self, month: int) -> bool:
        """Tell whether it counts in a month, by ``month_index``."""
        return any(_covers(span, month) for span in self.spans)

    def in_month(self, month: int) -> Fraction:
        """Give the exact amount in a month, in units of the currency; zero where it does not count."""
        if not self.counts_in(month):
            return Fraction(0)
        return self.factor * sum((entry.value for entry in self.inputs(month)), Fraction(0))


def _covers(span: MonthSpan, month: int) -> bool:
    first, last = span
    return (first is None or first <= month) and (last is None or month <= last)


@attrs.frozen(repr=False)
class RegularLine(BudgetLine):
    """A line of one amount, which comes again or falls on stated dates.

    Attributes:
        amount: How much each time, zero or more.
        frequency: How often; ``Frequency.once(date)`` for a single time and ``Frequency.on_dates(dates)`` for
            several, up to 1,200, count in the month of each date.
    """

    amount: Money
    frequency: Frequency = Frequency.MONTHLY

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        super().__attrs_post_init__()
        check_instance(self.amount, Money, "amount")
        check_frequency(self.frequency)
        if self.amount.minor_units < 0:
            message = f"expected zero or more, got {self.amount}; an income is not a negative expense"
            raise BudgetError("budget.negative", "amount", message)
        if (self.frequency.date_count or 0) > DATES_MAX:
            message = f"expected at most {DATES_MAX} dates, got {self.frequency.date_count}"
            raise BudgetError("budget.dates_listed", "frequency", message, {"maximum": DATES_MAX})

    @property
    def named_amount(self) -> Money:
        """The amount."""
        return self.amount

    @property
    def monthly(self) -> Fraction:
        """The household's amount in a month, exactly: weekly x 52/12 and so on.

        Raises:
            DateError: The line falls on listed dates, which no factor brings to a month.
        """
        return self.amount.exact * self.share * self.frequency.periods_per_month

    @property
    def spans(self) -> Sequence[MonthSpan]:
        """The months between its first and its last day, or those of its listed dates."""
        return super().spans if self._times is None else [(month, month) for month in self._times]

    def counts_in(self, month: int) -> bool:
        """Tell whether it counts in a month, by ``month_index``."""
        return super().counts_in(month) if self._times is None else month in self._times

    def inputs(self, month: int) -> Sequence[ExplanationInput]:
        """Give the amount, once for each listed date of the month."""
        times = 1 if self._times is None else self._times[month]
        return [ExplanationInput(self.name, self.amount.exact)] * times

    @property
    def factor(self) -> Fraction:
        """The share, times 52/12 for a weekly amount and so on."""
        return self.share * (1 if self._times is not None else self.frequency.periods_per_month)

    @cached_property
    def _times(self) -> Counter[int] | None:
        """How many listed dates fall in each month; None where the amount comes again."""
        if not isinstance(self.frequency, ListedDates):
            return None
        first, last = self.starts_on or pendulum.Date.min, self.ends_on or pendulum.Date.max
        return Counter(month_index(day) for day in self.frequency.dates if first <= day <= last)


@attrs.frozen(repr=False)
class Income(RegularLine):
    """Money that comes in.

    A month counts if the income runs through all of it, so that a job that begins on 15 March counts from
    April on: no plan asks for a wage that is not there yet.

    Attributes:
        available: Whether it may be asked for. A disability or child benefit is shown and never counted.

    Raises:
        BudgetError: The name is not one line of plain text, the amount is negative, the share is not above 0
            and up to 1, or the end is before the start.
    """

    counts_part_months: ClassVar[bool] = False

    available: bool = attrs.field(default=True, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the choice too."""
        super().__attrs_post_init__()
        check_instance(self.available, bool, "available")


@attrs.frozen(repr=False)
class Expense(RegularLine):
    """Money that goes out; every month counts that it touches.

    Attributes:
        category: What it is for.
        essential: Whether the household cannot do without; None is what the category says.

    Raises:
        BudgetError: As for :class:`Income`.
    """

    category: Category = Category.OTHER_ESSENTIAL
    essential: bool | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the category too."""
        super().__attrs_post_init__()
        check_instance(self.category, Category, "category")
        if self.essential is not None:
            check_instance(self.essential, bool, "essential")

    @property
    def is_essential(self) -> bool:
        """Whether the household cannot do without."""
        return self.category.is_essential if self.essential is None else self.essential


@attrs.frozen(repr=False)
class Commitment(RegularLine):
    """A payment already agreed or ordered, on a debt and not for living; it comes before any offer.

    Attributes:
        kind: What it is for; all but other credit are priority debts.

    Raises:
        BudgetError: As for :class:`Income`.
    """

    kind: CommitmentKind = CommitmentKind.OTHER_CREDIT

    def __attrs_post_init__(self) -> None:
        """Check the kind too."""
        super().__attrs_post_init__()
        check_instance(self.kind, CommitmentKind, "kind")
