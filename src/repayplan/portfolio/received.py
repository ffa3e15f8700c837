"""What was received from the accounts of a batch, of all payments that are given."""

from __future__ import annotations

from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final

import attrs
import numpy as np

from repayplan.portfolio.columns import Int64s, Mask, places_among
from repayplan.portfolio.joining import joined
from repayplan.portfolio.payment_book import PaymentBook, no_account
from repayplan.portfolio.reading import read_batch
from repayplan.portfolio.schemas import IN_PAYMENTS

if TYPE_CHECKING:
    from repayplan.currency import Currency
    from repayplan.overdue.payments import Payment
    from repayplan.portfolio.columns import Texts
    from repayplan.portfolio.streams import ArrowBatch, ArrowBatches

__all__ = ["Received", "ReceivedBy"]


class Received:
    """All payments that are given; those of accounts that are not asked about play no part.

    They are summed once, and each batch looks up its own accounts alone: many batches cost no more than one.
    """

    def __init__(self, payments: ArrowBatch | ArrowBatches, as_of: int) -> None:
        """Read a batch, or batches, and sum what counts on a day.

        Raises:
            InputTypeError: A column is missing, unknown or of a type that could not be read exactly.
            PaymentError: A payment has no account: it could be anyone's.
        """
        columns = read_batch(joined(payments, "payments", IN_PAYMENTS), IN_PAYMENTS)
        accounts = columns.texts("account")
        if accounts.codes.size and accounts.codes.min() < 0:
            raise no_account(int(np.argmin(accounts.codes)))
        self._book = book = PaymentBook(columns, accounts)
        first, last = book.span()
        values = (book.counted(as_of), first, last, book.are_plain)
        self._values: list[Any] = [
            np.append(value, nothing) for value, nothing in zip(values, _NOTHING, strict=True)
        ]

    def of(self, accounts: Texts) -> ReceivedBy:
        """Give what was received from the accounts of a batch."""
        owners = np.append(self._looked_up(accounts), -1)[accounts.codes]
        times = np.bincount(accounts.codes[accounts.codes >= 0], minlength=len(accounts.dictionary))
        is_shared = np.append(times > 1, np.bool_(0))[accounts.codes]
        paid, first, last, is_plain = (value[owners] for value in self._values)
        return ReceivedBy(self._book, owners, paid, first, last, is_plain, is_shared)

    def _looked_up(self, accounts: Texts) -> Int64s:
        """Find the different accounts of a batch among those of the payments, in time that grows with it.

        Arrow goes through all of the payments, quickly: for batches with a good part of their accounts.
        """
        wanted, known = accounts.dictionary, self._book.accounts.dictionary
        if len(known) <= _MANY_TIMES * len(wanted):
            return places_among(wanted, known)
        return np.fromiter(map(self._places.get, accounts.names, repeat(-1)), np.int64, len(wanted))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self._book.accounts.names)}


_MANY_TIMES: Final = 4
"""How many times more accounts of payments Arrow goes through than a batch has."""
_NOTHING: Final = (np.int64(0), np.int64(2**63 - 1), np.int64(-(2**63)), np.bool_(1))
"""The sum, the first and the last day of no payment at all, of which the sum is all that matters."""


@attrs.frozen(eq=False)
class ReceivedBy:
    """What was received from the accounts of a batch, row by row.

    Attributes:
        book: All payments.
        owners: The place of each row's account in it; -1 is none.
        paid: The sum of what counts.
        first: The first day from which a payment of it counts.
        last: The last such day.
        is_plain: Whether the sum is all that matters of its payments.
        is_shared: Whether another row of the batch has the same account.
    """

    book: PaymentBook
    owners: Int64s
    paid: Int64s
    first: Int64s
    last: Int64s
    is_plain: Mask
    is_shared: Mask

    def taken(self, rows: slice) -> ReceivedBy:
        """Give some rows."""
        _, *columns = (getattr(self, field.name) for field in attrs.fields(ReceivedBy))
        return ReceivedBy(self.book, *(column[rows] for column in columns))

    def payments(self, row: int, currency: Currency) -> list[Payment]:
        """Give the payments of one account as the scalar route takes them.

        Raises:
            RepayPlanError: One is none.
        """
        return self.book.payments(int(self.owners[row]), currency)
