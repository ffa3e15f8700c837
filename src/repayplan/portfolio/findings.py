"""Findings: everything that is wrong with a batch, row by row, before anything is worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from repayplan.errors import RepayPlanError
from repayplan.portfolio.accounts import Account
from repayplan.portfolio.reading import read_accounts
from repayplan.portfolio.schedules import Planner
from repayplan.portfolio.schemas import IN_ACCOUNTS, OUT_FINDINGS
from repayplan.portfolio.sizes import installments_asked_for
from repayplan.portfolio.streams import ArrowBatch, as_batch, pieces
from repayplan.schedule.build import build_schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.portfolio.columns import Texts
    from repayplan.portfolio.names import Calendars

__all__ = ["validate"]


class _Found(NamedTuple):
    row: int
    account: str | None
    field: str
    code: str
    message: str


def validate(batch: ArrowBatch, *, calendars: Calendars | None = None) -> pa.RecordBatch:
    """Say what is wrong with the accounts of a batch, each with the column or the field at fault.

    An account has at most one finding about its terms, the first that comes up, and one if another row has
    the same text: schedules are worked out for both, but payments could belong to either.

    Args:
        batch: Accounts by ``IN_ACCOUNTS``.
        calendars: The calendars that the accounts name.

    Returns:
        Rows by ``OUT_FINDINGS``, by row; none where all is well.

    Raises:
        InputTypeError: A column is missing, unknown or of a type that could not be read exactly.
    """
    whole, planner = as_batch(batch, "batch"), Planner(calendars)
    found = [*_shared(read_accounts(whole, IN_ACCOUNTS)), *_refused(whole, planner)]
    return pa.RecordBatch.from_pylist([item._asdict() for item in sorted(found)], OUT_FINDINGS)


def _shared(accounts: Texts) -> Iterator[_Found]:
    """Find texts that several rows have."""
    times = np.bincount(accounts.codes[accounts.codes >= 0], minlength=1)
    for row in np.flatnonzero((accounts.codes >= 0) & (times[accounts.codes] > 1)).tolist():
        message = "expected each account once, got another row of it"
        yield _Found(row, accounts.of(row), "account", "portfolio.duplicate", message)


def _refused(batch: pa.RecordBatch, planner: Planner) -> Iterator[_Found]:
    """Find accounts without a schedule; the scalar path says once more what is wrong, part by part."""
    done = 0
    for columns in pieces(batch, IN_ACCOUNTS, installments_asked_for):
        for row in planner.rows(columns).errors:
            try:
                build_schedule(Account(columns, row, planner.calendars).terms())
            except RepayPlanError as error:
                account = columns.texts("account").of(row)
                yield _Found(done + row, account, error.field, error.code, error.message)
        done += len(columns)
