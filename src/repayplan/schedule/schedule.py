"""The result: dated installments that add up, to the minor unit, to the debt that they repay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, overload

import attrs
import pendulum

from repayplan.checks import check_instance
from repayplan.errors import MoneyError, TermsError
from repayplan.exact import MINOR_UNITS_MAX
from repayplan.money import Money, money_of
from repayplan.schedule.amortization import Amortization, balances, interests_of
from repayplan.schedule.carried import CARRIED, CarriedTreatment
from repayplan.schedule.columns import check_order, to_days, to_units
from repayplan.schedule.deferring import DeferringPayments
from repayplan.schedule.fees import SingleFee
from repayplan.schedule.installment import Installment, plain_row
from repayplan.schedule.periods import period_factors
from repayplan.schedule.stated import FixedPayment
from repayplan.schedule.terms import Terms
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime

__all__ = ["Schedule"]


def _to_scheduled(value: Sequence[datetime.date]) -> tuple[pendulum.Date, ...]:
    return to_days(value, "scheduled")


def _to_due(value: Sequence[datetime.date]) -> tuple[pendulum.Date, ...]:
    return to_days(value, "due")


def _to_principals(value: Sequence[int]) -> tuple[int, ...]:
    return to_units(value, "principals")


def _to_interests(value: Sequence[int]) -> tuple[int, ...]:
    return to_units(value, "interests")


@attrs.frozen(repr=False)
class Schedule(Value, Sequence[Installment]):
    """A sequence of :class:`Installment`, with its totals; made by :func:`repayplan.build_schedule`.

    Amounts are kept in minor units and become rows when they are first read.

    Attributes:
        terms: What it was built from.
        scheduled: The dates before any business-day move.
        due: The dates on which the installments are to be paid.
        principals: The principal of each installment, in minor units.
        interests: The interest charged for each installment's own period, in minor units.

    Raises:
        TermsError: The parts do not make up a schedule: they differ in length, an amount is zero or negative,
            the dates go back, or the principal does not add up.
    """

    terms: Terms
    scheduled: tuple[pendulum.Date, ...] = attrs.field(converter=_to_scheduled)
    due: tuple[pendulum.Date, ...] = attrs.field(converter=_to_due)
    principals: tuple[int, ...] = attrs.field(converter=_to_principals)
    interests: tuple[int, ...] = attrs.field(converter=_to_interests)

    def __attrs_post_init__(self) -> None:
        """Check that the parts make up a schedule, wherever they came from."""
        check_instance(self.terms, Terms, "terms")
        self._check_lengths()
        if not self.principals or not self._repays_in_every_row():
            message = "expected principal in every row but those of interest alone, and no negative amount"
            raise TermsError("schedule.amount", "principals", message)
        if min(self.interests) < 0:
            raise TermsError("schedule.amount", "interests", "expected no negative interest")
        check_order("scheduled", self.terms.starts_on, self.scheduled, apart=True)
        check_order("due", self.terms.starts_on, self.due, apart=False)
        difference = self.terms.amortized.minor_units - self.terms.left - sum(self.principals)
        if difference < 0 or (difference and not self.terms.ends_open):
            message = f"the installments miss the principal by {difference} minor units"
            raise TermsError("schedule.sum", "principals", message, {"difference": difference})
        self._check_count()
        self._check_interests()
        _check_amounts(self)

    def _check_lengths(self) -> None:
        """Refuse columns of unlike length; the first that differs from the scheduled dates is named."""
        count = len(self.scheduled)
        for field in ("due", "principals", "interests"):
            found = len(getattr(self, field))
            if found != count:
                message = f"expected {count} items, one for each of the scheduled dates, got {found}"
                raise TermsError("schedule.length", field, message, {"expected": count, "length": found})

    def _check_count(self) -> None:
        """Refuse another number of rows than the pattern states, if it states one."""
        core, terms = self.terms.repayment.core, self.terms
        if isinstance(core, FixedPayment):
            return
        stated = core.row_count(terms.amortized.minor_units, terms.left, (), terms.rounding)
        if stated != len(self.principals) - terms.interest_only:
            message = f"expected as many rows as the terms state, got {len(self.principals)}"
            raise TermsError("schedule.length", "principals", message)

    def _repays_in_every_row(self) -> bool:
        before = self.terms.interest_only
        if any(self.principals[:before]) or min(self.principals) < 0:
            return False
        pattern = self.terms.repayment
        return all(self.principals[before:]) or pattern.may_leave_all or pattern.core.defers_interest

    @classmethod
    def of_engine(
        cls,
        terms: Terms,
        days: tuple[Sequence[pendulum.Date], Sequence[pendulum.Date]],
        rows: Amortization,
    ) -> Schedule:
        """Make a schedule from the engine's own columns, which only their total can make unfit.

        A second look at them would cost as much as building them; the laws hold them against the constructor.
        """
        schedule = cls.__new__(cls)
        scheduled, due = days
        columns = (terms, tuple(scheduled), tuple(due), rows.principals, rows.interests)
        for field, column in zip(attrs.fields(cls), columns, strict=True):
            object.__setattr__(schedule, field.name, column)
        _check_amounts(schedule)
        return schedule

    def _check_interests(self) -> None:
        """Hold the dates against the terms, and each interest against the exact product, rounded once."""
        terms = self.terms
        if tuple(day for _, day in self._places) != self.scheduled:
            raise TermsError("schedule.dates", "scheduled", "expected the dates that the terms give")
        if terms.calendar is None and self.due != self.scheduled:
            message = "expected the scheduled dates, since the terms have no calendar by which one moves"
            raise TermsError("schedule.dates", "due", message)
        exact = interests_of(
            terms.amortized.minor_units,
            self.principals,
            period_factors(terms, self.periods, self.periods[-1][1]),
            terms.rounding.divide,
            flat=terms.repayment.flat,
        )
        for number, (given, due) in enumerate(zip(self.interests, exact, strict=True), start=1):
            if given != due:
                message = f"expected interest of {due} minor units in row {number}, got {given}"
                raise TermsError("schedule.interest", f"interests[{number - 1}]", message, {"number": number})

    @cached_property
    def _places(self) -> list[tuple[int, pendulum.Date]]:
        return list(islice(self.terms.places(), len(self)))

    @property
    def periods(self) -> list[tuple[int, pendulum.Date]]:
        """The place of each row in the grid of dates, and the date to which its interest runs."""
        ends = self.due if self.terms.accrues_to_due else self.scheduled
        return [(place, end) for (place, _), end in zip(self._places, ends, strict=True)]

    @cached_property
    def asked_interests(self) -> tuple[int, ...]:
        """The interest that each installment asks for, in minor units."""
        core, grace = self.terms.repayment.core, self.terms.grace
        if isinstance(core, DeferringPayments):
            return self._paid_interests(core.payments)
        if not grace.interest:
            return self.interests
        free = sum(1 for place, _ in self._places if place < grace.interest)
        if free == len(self):
            message = f"no installment is left to ask for the interest of the first {grace.interest} periods"
            raise TermsError("terms.grace", "grace.interest", message, {"installments": len(self)})
        put_off = sum(self.interests[: free + 1])
        return (*(0,) * free, put_off, *self.interests[free + 1 :])

    def _paid_interests(self, payments: Sequence[int]) -> tuple[int, ...]:
        """Give what payments leave after principal; the last row asks for all interest that is left."""
        before, owed = self.terms.interest_only, 0
        asked = list(self.interests[:before])
        rows = zip(self.interests[before:-1], self.principals[before:-1], payments, strict=False)
        for number, (interest, principal, payment) in enumerate(rows, start=before + 1):
            owed += interest
            if principal != max(payment - owed, 0):
                message = f"expected {max(payment - owed, 0)} minor units of principal in row {number}"
                raise TermsError("schedule.principal", f"principals[{number - 1}]", message, {"row": number})
            asked.append(payment - principal)
            owed -= payment - principal
        return (*asked, owed + self.interests[-1])

    @cached_property
    def fees(self) -> tuple[int, ...]:
        """The fees of the plan that each installment asks for, in minor units."""
        if not self.terms.fees:
            return (0,) * len(self)
        for index, fee in enumerate(self.terms.fees):
            if isinstance(fee, SingleFee) and fee.on > self.last_due:
                message = f"expected {self.last_due} (the last due date) or earlier, got {fee.on}"
                raise TermsError("terms.fee", f"fees[{index}].on", message, {"last_due": self.last_due})
        payments = tuple(map(int.__add__, self.principals, self.asked_interests))
        parts = [fee.parts(self.due, payments, self.terms.rounding) for fee in self.terms.fees]
        return tuple(map(sum, zip(*parts, strict=True)))

    @cached_property
    def amounts(self) -> tuple[int, ...]:
        """What each installment asks for, in minor units, fees and carried parts included."""
        own = map(int.__add__, self.principals, self.asked_interests)
        if not self.terms.fees and not self.terms.carried.asked_for:
            return tuple(own)
        carried = (self.terms.carried.parts(name, len(self.principals)) for name in CARRIED)
        return tuple(map(sum, zip(own, self.fees, *carried, strict=True)))

    @cached_property
    def rows(self) -> tuple[Installment, ...]:
        """All installments, in order."""
        currency = self.terms.principal.currency
        count = len(self.principals)
        zero = money_of(0, currency)

        def monies(units: Iterable[int]) -> list[Money]:
            return [money_of(unit, currency) if unit else zero for unit in units]

        openings = monies(balances(self.terms.amortized.minor_units, self.principals)[:-1])
        principals, accrued = monies(self.principals), monies(self.interests)
        interests = accrued if self.asked_interests is self.interests else monies(self.asked_interests)
        carried = [monies(self.terms.carried.parts(component, count)) for component in CARRIED]
        amounts = (openings, principals, interests, accrued, monies(self.fees), *carried)
        return tuple(map(Installment, range(1, count + 1), self.scheduled, self.due, *amounts))

    @overload
    def __getitem__(self, index: int) -> Installment: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Installment, ...]: ...
    def __getitem__(self, index: int | slice) -> Installment | tuple[Installment, ...]:
        """Give an installment by its place from 0, or a tuple of them."""
        return self.rows[index]

    def __len__(self) -> int:
        """Count the installments."""
        return len(self.principals)

    def __iter__(self) -> Iterator[Installment]:
        """Give the installments in order."""
        return iter(self.rows)

    def __repr__(self) -> str:
        """Give the extent, not the rows."""
        return f"<Schedule of {len(self)} installments to {self.last_due}, {self.total} in all>"

    @property
    def total_principal(self) -> Money:
        """Principal that the installments repay, with what was capitalized."""
        return self._money(sum(self.principals))

    @property
    def residual(self) -> Money:
        """Principal that temporary terms leave for their review; otherwise zero."""
        return self.terms.amortized - self.total_principal

    @property
    def total_fees(self) -> Money:
        """Fees of the plan; fees owed at the start are not in it."""
        return self._money(sum(self.fees))

    @property
    def upfront(self) -> Money:
        """What is paid of the principal on the first day, before any installment."""
        return self._money(0) if self.terms.upfront is None else self.terms.upfront

    @property
    def total_interest(self) -> Money:
        """Interest of the installments' own periods; interest owed at the start is not in it."""
        return self._money(sum(self.interests))

    @property
    def total_carried(self) -> Money:
        """Interest, fees and penalties owed at the start that the installments ask for."""
        return self._money(self.terms.carried.asked_for)

    @property
    def waived(self) -> Money:
        """What was owed at the start and is not asked for."""
        return self.terms.carried.treated(CarriedTreatment.WAIVE, self.terms.principal.currency)

    @property
    def capitalized(self) -> Money:
        """What was owed at the start and became principal."""
        return self.terms.carried.treated(CarriedTreatment.CAPITALIZE, self.terms.principal.currency)

    @property
    def total(self) -> Money:
        """All that is to be paid, up front and by installment; a residual is not in it."""
        return self._money(sum(self.amounts)) + self.upfront

    @property
    def highest(self) -> Money:
        """The highest installment."""
        return self._money(max(self.amounts))

    @property
    def last_due(self) -> pendulum.Date:
        """The day on which the last installment is due."""
        return self.due[-1]

    def to_rows(self) -> list[dict[str, object]]:
        """Give plain rows for a table: numbers, dates, exact Decimals and the currency code."""
        return [plain_row(row) for row in self.rows]

    def _repr_html_(self) -> str:
        """Show the rows, the balance and the split of the installments in a notebook."""
        from repayplan.schedule.showing import schedule_html  # noqa: PLC0415  # only notebooks need it

        return schedule_html(self)

    def _money(self, minor_units: int) -> Money:
        return Money.from_minor_units(minor_units, self.terms.principal.currency)


def _check_amounts(schedule: Schedule) -> None:
    """Refuse a row that asks for nothing, and a total beyond the bounds of Money."""
    terms = schedule.terms
    fees = sum(schedule.fees) if terms.fees else 0
    if terms.grace.interest or terms.repayment.core.defers_interest or min(schedule.principals) == 0:
        _check_rows(schedule.amounts)
    upfront = 0 if terms.upfront is None else terms.upfront.minor_units
    own = sum(schedule.principals) + sum(schedule.interests)
    units = own + fees + terms.carried.asked_for + upfront
    if units > MINOR_UNITS_MAX:
        message = f"the installments would add up to more than {MINOR_UNITS_MAX} minor units"
        raise MoneyError("money.range", "principal", message, {"maximum": MINOR_UNITS_MAX})


def _check_rows(amounts: Sequence[int]) -> None:
    if min(amounts) <= 0:
        number = amounts.index(min(amounts)) + 1
        message = f"row {number} would ask for nothing; let a grace on principal and interest skip its period"
        raise TermsError("terms.zero_row", "repayment", message, {"number": number})
