"""Payments by account: what counts of each, in sum, and one by one for the scalar route."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import attrs
import numpy as np

from repayplan.errors import PaymentError, shown
from repayplan.money import Money
from repayplan.overdue.payments import Payment, PaymentStatus
from repayplan.portfolio.accounts import to_date
from repayplan.portfolio.arrow import ArrowArray, arrow, compute
from repayplan.portfolio.columns import Columns, Int32s, Int64s, Mask
from repayplan.portfolio.dividing import NUMBER_MAX
from repayplan.portfolio.reading import read_batch
from repayplan.portfolio.schemas import IN_PAYMENTS
from repayplan.portfolio.streams import ArrowBatch, ArrowStream, as_batch

if TYPE_CHECKING:
    import pyarrow as pa

    from repayplan.currency import Currency
    from repayplan.portfolio.columns import Texts

__all__ = ["OwnedPayments", "Received", "ReceivedBy"]

_STATUSES: Final = {status.value: place for place, status in enumerate(PaymentStatus)}
_CLEARED: Final = PaymentStatus.CLEARED.value
_DAYS_APART_MAX: Final = 3_660
_ID_LENGTH_MAX: Final = 200


class Received:
    """All payments that are given; those of accounts that are not asked about play no part."""

    def __init__(self, payments: object) -> None:
        """Read a batch, or batches.

        Raises:
            InputTypeError: A column is missing, unknown or of a type that could not be read exactly.
            PaymentError: A payment has no account: it could be anyone's.
        """
        batch = _one_batch(payments)
        self._columns = read_batch(batch, IN_PAYMENTS)
        self._accounts = self._columns.texts("account")
        if self._accounts.codes.size and self._accounts.codes.min() < 0:
            row = int(np.argmin(self._accounts.codes))
            message = f"expected the account of every payment, got null in row {row}"
            raise PaymentError("portfolio.null", "payments.account", message, {"row": row})

    def of(self, accounts: Texts, as_of: int) -> ReceivedBy:
        """Give the payments of the accounts of a batch, as far as they count on a day."""
        found = compute.index_in(self._accounts.dictionary, accounts.dictionary).fill_null(-1)
        owners = found.to_numpy().astype(np.int64)[self._accounts.codes]
        owned = OwnedPayments(self._columns, owners, len(accounts.dictionary))
        times = np.bincount(accounts.codes[accounts.codes >= 0], minlength=owned.count)
        first, last = owned.span()
        values: tuple[Any, ...] = (owned.counted(as_of), first, last, owned.is_plain, times > 1)
        by_row = (np.append(value, value.dtype.type(0))[accounts.codes] for value in values)
        return ReceivedBy(owned, accounts.codes, *by_row)


def _one_batch(payments: object) -> pa.RecordBatch:
    if not isinstance(payments, ArrowBatch) and isinstance(payments, ArrowStream):
        table = arrow.RecordBatchReader.from_stream(payments).read_all()
        columns = [column.combine_chunks() for column in table.columns]
        whole = [_whole(column) for column in columns]
        batch: pa.RecordBatch = arrow.RecordBatch.from_arrays(whole, names=table.schema.names)
        return batch
    return as_batch(payments, "payments")


def _whole(column: Any) -> ArrowArray:  # noqa: ANN401  # an array, or one in chunks
    return column.chunk(0) if isinstance(column, arrow.ChunkedArray) and column.num_chunks else column


@attrs.frozen(eq=False)
class ReceivedBy:
    """What was received from the accounts of a batch, row by row.

    Attributes:
        owned: The payments.
        owners: The place of each row's account among the different ones; -1 is none.
        paid: The sum of what counts.
        first: The first day from which a payment of it counts.
        last: The last such day.
        is_plain: Whether the sum is all that matters of its payments.
        is_shared: Whether another row of the batch has the same account.
    """

    owned: OwnedPayments
    owners: Int32s
    paid: Int64s
    first: Int64s
    last: Int64s
    is_plain: Mask
    is_shared: Mask

    def taken(self, rows: slice) -> ReceivedBy:
        """Give some rows."""
        _, *columns = (getattr(self, field.name) for field in attrs.fields(ReceivedBy))
        return ReceivedBy(self.owned, *(column[rows] for column in columns))

    def payments(self, row: int, currency: Currency) -> list[Payment]:
        """Give the payments of one account as the scalar route takes them.

        Raises:
            RepayPlanError: One is none.
        """
        return self.owned.payments(int(self.owners[row]), currency)


@attrs.frozen(eq=False)
class OwnedPayments:
    """Payments of the accounts of a batch.

    Attributes:
        columns: All payments.
        owners: The place of each payment's account; -1 is none of the batch.
        count: How many accounts there are.
    """

    columns: Columns
    owners: Int64s
    count: int

    def counted(self, as_of: int) -> Int64s:
        """Sum what counts on a day, by account."""
        counts = self._is_owned & (self._status == _STATUSES[_CLEARED]) & (self._effective <= as_of)
        sums = np.zeros(self.count, dtype=np.int64)
        np.add.at(sums, self.owners[counts], self._amounts[counts])
        return sums

    @cached_property
    def is_plain(self) -> Mask:
        """Which accounts have none but payments of which the sum is all that matters."""
        odd = np.zeros(self.count, dtype=np.bool_)
        odd[self.owners[self._is_owned & self._is_odd]] = True
        odd |= np.bincount(self.owners[self._is_owned], minlength=self.count) > _FEW
        return ~odd

    def span(self) -> tuple[Int64s, Int64s]:
        """Give the first and the last day from which a payment of each account counts."""
        first = np.full(self.count, np.iinfo(np.int64).max)
        last = np.full(self.count, np.iinfo(np.int64).min)
        owners = self.owners[self._is_owned]
        np.minimum.at(first, owners, self._effective[self._is_owned])
        np.maximum.at(last, owners, self._effective[self._is_owned])
        return first, last

    def payments(self, account: int, currency: Currency) -> list[Payment]:
        """Give the payments of one account as the scalar route takes them.

        Raises:
            RepayPlanError: One is none.
        """
        first, end = np.searchsorted(self._sorted_owners, [account, account + 1])
        return [self._payment(int(row), currency) for row in self._order[first:end]]

    def _payment(self, row: int, currency: Currency) -> Payment:
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

    @property
    def _is_owned(self) -> Mask:
        return self.owners >= 0

    @property
    def _amounts(self) -> Int64s:
        return self.columns.numbers("amount").values

    @cached_property
    def _effective(self) -> Int64s:
        effective = self.columns.numbers("effective_on")
        return np.where(effective.valid, effective.values, self.columns.numbers("received_on").values)

    @cached_property
    def _status(self) -> Int64s:
        return self.columns.texts("status").translated(_STATUSES, _STATUSES[_CLEARED])

    @cached_property
    def _is_odd(self) -> Mask:
        """Which payments the scalar route is to judge."""
        received, amount = self.columns.numbers("received_on"), self.columns.numbers("amount")
        odd = ~received.valid | ~amount.valid | (amount.values <= 0) | (amount.values > _AMOUNT_MAX)
        odd |= (self._status < 0) | (self.columns.texts("reverses").codes >= 0)
        odd |= np.abs(self._effective - received.values) > _DAYS_APART_MAX
        return odd | ~self._has_plain_id | self._is_twice

    @cached_property
    def _has_plain_id(self) -> Mask:
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

    @cached_property
    def _is_twice(self) -> Mask:
        """Which payments have an id that another one of their account has, too."""
        ids = self.columns.texts("id")
        if np.bincount(ids.codes[ids.codes >= 0], minlength=1).max() <= 1:  # as where ids are the bank's own
            return np.zeros(len(ids.codes), dtype=np.bool_)
        pairs = (self.owners + 1) * (len(ids.dictionary) + 1) + ids.codes
        _, places, counts = np.unique(pairs, return_inverse=True, return_counts=True)
        twice: Mask = counts[places] > 1
        return twice

    @cached_property
    def _order(self) -> Int64s:
        return np.argsort(self.owners, kind="stable")

    @cached_property
    def _sorted_owners(self) -> Int64s:
        return self.owners[self._order]


_FEW: Final = 900
_AMOUNT_MAX: Final = NUMBER_MAX
"""So many payments of such amounts stay below the bound of Money, 10**18."""
