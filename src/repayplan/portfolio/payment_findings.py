"""What is wrong with payments, row by row, and which of them belong to no account that is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from repayplan.currency import Currency
from repayplan.errors import RepayPlanError
from repayplan.overdue.payments import Payment, check_payments
from repayplan.portfolio.arrow import ArrowArray, arrow
from repayplan.portfolio.columns import Texts, places_among
from repayplan.portfolio.found import Found
from repayplan.portfolio.payment_book import PaymentBook, no_account
from repayplan.portfolio.reading import read_accounts, read_batch
from repayplan.portfolio.schemas import IN_ACCOUNTS, IN_PAYMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

    from repayplan.portfolio.columns import Mask

__all__ = ["payment_findings", "stray_findings"]

_CURRENCY: Final = Currency("XXX", 0)
"""What ISO 4217 has for no currency: payments are in minor units of that of their account."""
_TWICE: Final = "expected each payment of an account once, got another row with its id"
_STRAY: Final = "expected one of the accounts given, got another text; spaces and case count"


def payment_findings(payments: pa.RecordBatch) -> Iterator[Found]:
    """Find payments without an account, those that are none, and those that contradict each other.

    A payment has at most one finding. Reversals are looked at where each payment of the account is sound by
    itself, and the first that undoes nothing is found.
    """
    columns = read_batch(payments, IN_PAYMENTS)
    accounts = columns.texts("account")
    for row in np.flatnonzero(accounts.codes < 0).tolist():
        yield Found.by(no_account(row), row, None)
    book = PaymentBook(columns, _with_nobody(accounts))
    are_twice = book.are_twice
    for account in np.flatnonzero(~book.are_plain[: len(accounts.dictionary)]).tolist():
        yield from _refused(book, account, are_twice)


def _with_nobody(accounts: Texts) -> Texts:
    """Give payments without an account a place of their own, after all others."""
    count = len(accounts.dictionary)
    nobody = arrow.nulls(1, accounts.dictionary.type)
    codes = np.where(accounts.codes < 0, count, accounts.codes).astype(np.int32)
    return Texts(codes, arrow.concat_arrays([accounts.dictionary, nobody]))


def _refused(book: PaymentBook, account: int, are_twice: Mask) -> Iterator[Found]:
    """Find what is wrong with the payments of one account."""
    rows, name = book.rows(account), book.accounts.names[account]
    sound: list[Payment] = []
    for row in rows:
        try:
            payment = book.payment(row, _CURRENCY)
        except RepayPlanError as error:
            yield Found.by(error, row, name)
            continue
        if are_twice[row]:
            yield Found(row, name, "id", "payment.duplicate", _TWICE)
        else:
            sound.append(payment)
    if len(sound) == len(rows):
        yield from _contradicting(sound, rows, name)


def _contradicting(payments: list[Payment], rows: list[int], account: str) -> Iterator[Found]:
    try:
        check_payments(payments)
    except RepayPlanError as error:
        by_id = {payment.id: row for payment, row in zip(payments, rows, strict=True)}
        yield Found.by(error, by_id.get(str(error.data.get("id")), rows[0]), account)


def stray_findings(payments: pa.RecordBatch, given: Iterable[pa.RecordBatch]) -> Iterator[Found]:
    """Find payments whose account no row of the batches given has."""
    accounts = read_accounts(payments, IN_PAYMENTS)
    known = arrow.concat_arrays([arrow.array([], arrow.large_string()), *map(_names, given)])
    places = np.append(places_among(accounts.dictionary, known), 0)  # null is another finding
    for row in np.flatnonzero(places[accounts.codes] < 0).tolist():
        yield Found(row, accounts.of(row), "account", "portfolio.stray", _STRAY)


def _names(batch: pa.RecordBatch) -> ArrowArray:
    """Give the accounts that rows of a batch have; its dictionary may hold others."""
    accounts = read_accounts(batch, IN_ACCOUNTS)
    used = np.unique(accounts.codes[accounts.codes >= 0])
    return accounts.dictionary.take(arrow.array(used)).cast(arrow.large_string())
