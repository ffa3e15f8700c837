"""All payments that are given, account by account: what counts of them, and one by one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from repayplan.errors import PaymentError, shown
from repayplan.exact import MINOR_UNITS_MAX
from repayplan.money import Money
from repayplan.overdue.payments import Payment, PaymentStatus
from repayplan.portfolio.accounts import to_date
from repayplan.portfolio.arrow import arrow, compute
from repayplan.portfolio.columns import Columns, Int64s, Mask, Texts

if TYPE_CHECKING:
    from repayplan.currency import Currency

__all__ = ["PaymentBook", "no_account"]

_STATUSES: Final = {status.value: place for place, status in enumerate(PaymentStatus)}
_CLEARED: Final = PaymentStatus.CLEARED.value
_DAYS_APART_MAX: Final = 3_660
_ID_LENGTH_MAX: Final = 200
_FEW: Final = 900
_AMOUNT_MAX: Final = MINOR_UNITS_MAX // _FEW
"""So few payments of such amounts stay within the bound of Money, beyond which the scalar path refuses."""


def no_account(row: int) -> PaymentError:
    """Give the refusal of a payment without an account: it could be anyone's."""
    message = f"expected the account of every payment, got null in row {row}"
    return PaymentError("portfolio.null", "payments.account", message, {"row": row})


@attrs.frozen(eq=False)
class PaymentBook:
    """Payments by the place of their account among the different ones.

    Attributes:
        columns: The payments.
        accounts: The account of each.
    """

    columns: Columns
    accounts: Texts

    @property
    def count(self) -> int:
        """How many accounts there are."""
        return len(self.accounts.dictionary)

    def counted(self, as_of: int) -> Int64s:
        """Sum what counts on a day, by account."""
        counts = (self._status == _STATUSES[_CLEARED]) & (self._effective <= as_of)
        sums = np.zeros(self.count, dtype=np.int64)
        np.add.at(sums, self.accounts.codes[counts], self.columns.numbers("amount").values[counts])
        return sums

    def span(self) -> tuple[Int64s, Int64s]:
        """Give the first and the last day from which a payment of each account counts."""
        first = np.full(self.count, np.iinfo(np.int64).max)
        last = np.full(self.count, np.iinfo(np.int64).min)
        np.minimum.at(first, self.accounts.codes, self._effective)
        np.maximum.at(last, self.accounts.codes, self._effective)
        return first, last

    @property
    def are_plain(self) -> Mask:
        """Which accounts have none but payments of which the sum is all that matters."""
        plain = self._ends - self._starts <= _FEW
        plain[self.accounts.codes[self._are_odd]] = False
        return plain

    def payments(self, account: int, currency: Currency) -> list[Payment]:
        """Give the payments of one account as the scalar route takes them.

        Raises:
            RepayPlanError: One is none.
        """
        return [] if account < 0 else [self.payment(row, currency) for row in self.rows(account)]

    def rows(self, account: int) -> list[int]:
        """Give the rows of the payments of one account."""
        rows: list[int] = self._order[self._starts[account] : self._ends[account]].tolist()
        return rows

    def payment(self, row: int, currency: Currency) -> Payment:
        """Give the payment of a row as the scalar route takes it.

        Raises:
            RepayPlanError: It is none.
        """
        given = {
            name: self.columns.numbers(name).of(row) for name in ("amount", "received_on", "effective_on")
        }
        status, number = self.columns.texts("status").of(row), self.columns.texts("id").of(row)
        for name, value in (
            ("id", number),
            ("amount", given["amount"]),
            ("received_on", given["received_on"]),
        ):
            if value is None:
                raise PaymentError("portfolio.null", f"payments.{name}", "expected a value, got null")
        if status is not None and status not in _STATUSES:
            message = f"expected one of {', '.join(_STATUSES)}, got {shown(status)}"
            raise PaymentError("portfolio.choice", "payments.status", message)
        effective = given["effective_on"]
        return Payment(
            number or "",
            Money.from_minor_units(given["amount"] or 0, currency),
            to_date(given["received_on"] or 0, "received_on"),
            None if effective is None else to_date(effective, "effective_on"),
            status=PaymentStatus(_CLEARED if status is None else status),
            reverses=self.columns.texts("reverses").of(row),
        )

    @cached_property
    def _effective(self) -> Int64s:
        effective = self.columns.numbers("effective_on")
        return np.where(effective.valid, effective.values, self.columns.numbers("received_on").values)

    @cached_property
    def _status(self) -> Int64s:
        return self.columns.texts("status").translated(_STATUSES, _STATUSES[_CLEARED])

    @property
    def _are_odd(self) -> Mask:
        """Which payments the scalar route is to judge."""
        received, amount = self.columns.numbers("received_on"), self.columns.numbers("amount")
        odd = ~received.valid | ~amount.valid | (amount.values <= 0) | (amount.values > _AMOUNT_MAX)
        odd |= (self._status < 0) | (self.columns.texts("reverses").codes >= 0)
        odd |= np.abs(self._effective - received.values) > _DAYS_APART_MAX
        return odd | ~self._have_plain_ids | self.are_twice

    @property
    def _have_plain_ids(self) -> Mask:
        """Which payments have an id of printable ASCII with something to see, and of no great length."""
        ids = self.columns.texts("id")
        texts = ids.dictionary
        plain = compute.and_(
            compute.ascii_is_printable(texts), compute.less_equal(compute.utf8_length(texts), _ID_LENGTH_MAX)
        )
        plain = compute.and_(
            plain, compute.greater(compute.utf8_length(compute.ascii_trim_whitespace(texts)), 0)
        )
        found = compute.coalesce(plain, arrow.scalar(value=False)).to_numpy(zero_copy_only=False)
        known = np.append(found, np.bool_(0))  # no id at all
        has: Mask = known[ids.codes].astype(np.bool_)
        return has

    @property
    def are_twice(self) -> Mask:
        """Which payments have an id that another one of their account has, too."""
        ids = self.columns.texts("id")
        if np.bincount(ids.codes[ids.codes >= 0], minlength=1).max() <= 1:  # as where ids are the bank's own
            return np.zeros(len(ids.codes), dtype=np.bool_)
        pairs = self.accounts.codes.astype(np.int64) * (len(ids.dictionary) + 1) + ids.codes + 1
        _, places, counts = np.unique(pairs, return_inverse=True, return_counts=True)
        twice: Mask = counts[places] > 1
        return twice

    @cached_property
    def _order(self) -> Int64s:
        """The rows of the payments, account by account, each with its rows in their order."""
        return np.argsort(self.accounts.codes, kind="stable")

    @cached_property
    def _ends(self) -> Int64s:
        """Where the rows of each account end in this order."""
        return np.cumsum(np.bincount(self.accounts.codes, minlength=self.count))

    @cached_property
    def _starts(self) -> Int64s:
        return np.concatenate([[0], self._ends[:-1]])
