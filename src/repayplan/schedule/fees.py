"""Fees that a plan itself charges, with its installments or once on a date."""

from __future__ import annotations

import abc
from bisect import bisect_left
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.checks import check_date, check_instance
from repayplan.errors import TermsError
from repayplan.exact import Number, read_fraction
from repayplan.money import Money
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from repayplan.rounding import Rounding

__all__ = ["FEES_MAX", "Fee", "InstallmentFee", "PaymentShareFee", "SingleFee"]

FEES_MAX = 1_000


@attrs.frozen
class Fee(Value, abc.ABC):
    """A fee of the plan."""

    @property
    def named_amount(self) -> Money | None:
        """The amount that it states, which must be in the currency of the debt."""
        return None

    @abc.abstractmethod
    def parts(self, due: Sequence[datetime.date], payments: Sequence[int], rounding: Rounding) -> list[int]:
        """Give what falls on each installment, in minor units, from due dates and principal plus interest."""


def _check_fee(amount: Money) -> None:
    check_instance(amount, Money, "amount")
    if amount.minor_units <= 0:
        raise TermsError("terms.fee", "amount", f"expected an amount above zero, got {amount}")


@attrs.frozen
class InstallmentFee(Fee):
    """The same fee with every installment.

    Attributes:
        amount: The fee, above zero.
    """

    amount: Money

    def __attrs_post_init__(self) -> None:
        """Check the amount."""
        _check_fee(self.amount)

    @property
    def named_amount(self) -> Money | None:
        """The fee."""
        return self.amount

    def parts(self, due: Sequence[datetime.date], payments: Sequence[int], rounding: Rounding) -> list[int]:
        """Give the fee for each installment."""
        del payments, rounding
        return [self.amount.minor_units] * len(due)


def _to_share(value: Number) -> Fraction:
    share = read_fraction(value, "share", error=TermsError)
    if not 0 < share <= 1:
        raise TermsError("terms.fee", "share", f"expected a share above 0 and up to 1, got {share}")
    return share


@attrs.frozen
class PaymentShareFee(Fee):
    """A share of each installment's principal and interest, rounded once in the terms' mode.

    Attributes:
        share: The share, above 0 and up to 1.
    """

    share: Fraction = attrs.field(converter=_to_share)

    def parts(self, due: Sequence[datetime.date], payments: Sequence[int], rounding: Rounding) -> list[int]:
        """Give the share of each payment."""
        del due
        numerator, denominator = self.share.as_integer_ratio()
        return [rounding.divide(payment * numerator, denominator) for payment in payments]


def _to_on(value: datetime.date) -> pendulum.Date:
    return check_date(value, "on")


@attrs.frozen
class SingleFee(Fee):
    """A fee charged once, asked for with the first installment that is due on its day or later.

    Attributes:
        amount: The fee, above zero.
        on: The day on which it is charged.
    """

    amount: Money
    on: pendulum.Date = attrs.field(converter=_to_on)

    def __attrs_post_init__(self) -> None:
        """Check the amount."""
        _check_fee(self.amount)

    @property
    def named_amount(self) -> Money | None:
        """The fee."""
        return self.amount

    def parts(self, due: Sequence[datetime.date], payments: Sequence[int], rounding: Rounding) -> list[int]:
        """Put the fee on the first installment due on its day or later; there must be one."""
        del payments, rounding
        place = bisect_left(due, self.on)
        return [self.amount.minor_units if row == place else 0 for row in range(len(due))]
