"""What is wrong with accounts, and with the budgets of their households, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from repayplan.errors import RepayPlanError
from repayplan.portfolio.accounts import Account
from repayplan.portfolio.capacities import have_sound_budgets, household_of
from repayplan.portfolio.columns import Numbers
from repayplan.portfolio.found import Found
from repayplan.portfolio.reading import read_accounts
from repayplan.portfolio.schemas import IN_ACCOUNTS, IN_BUDGETS
from repayplan.portfolio.sizes import installments_asked_for
from repayplan.portfolio.streams import pieces
from repayplan.schedule.build import build_schedule
from repayplan.schedule.level import LevelPayment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pyarrow as pa

    from repayplan.portfolio.columns import Columns, Texts
    from repayplan.portfolio.schedules import Planner

__all__ = ["account_findings", "budget_findings"]


def account_findings(planner: Planner, batch: pa.RecordBatch) -> Iterator[Found]:
    """Find accounts without a schedule, and texts that several rows have."""
    yield from _shared(read_accounts(batch, IN_ACCOUNTS))
    yield from _refused(planner, batch, IN_ACCOUNTS, _without_schedule, _check_terms)


def budget_findings(planner: Planner, batch: pa.RecordBatch) -> Iterator[Found]:
    """Find accounts that no rules could screen."""
    yield from _refused(planner, batch, IN_BUDGETS, _doubtful_budgets, _check_budget)


def _shared(accounts: Texts) -> Iterator[Found]:
    times = np.bincount(accounts.codes[accounts.codes >= 0], minlength=1)
    for row in np.flatnonzero((accounts.codes >= 0) & (times[accounts.codes] > 1)).tolist():
        message = "expected each account once, got another row of it"
        yield Found(row, accounts.of(row), "account", "portfolio.duplicate", message)


def _refused(
    planner: Planner,
    batch: pa.RecordBatch,
    schema: pa.Schema,
    doubtful: Callable[[Planner, Columns], Iterable[int]],
    check: Callable[[Account], None],
) -> Iterator[Found]:
    """Let the scalar path say what is wrong with the rows that columns leave in doubt."""
    done = 0
    for columns in pieces(batch, schema, installments_asked_for):
        for row in doubtful(planner, columns):
            account = Account(columns, row, planner.calendars)
            try:
                check(account)
            except RepayPlanError as error:
                yield Found.by(error, done + row, account.text("account"))
        done += len(columns)


def _without_schedule(planner: Planner, columns: Columns) -> Iterable[int]:
    return planner.rows(columns).errors


def _check_terms(account: Account) -> None:
    build_schedule(account.terms())


def _doubtful_budgets(planner: Planner, columns: Columns) -> Iterable[int]:
    """Give the rows whose budget may be none, and those whose debt could not be repaid even at once."""
    one = Numbers(np.ones(len(columns), dtype=np.int64), np.ones(len(columns), dtype=np.bool_))
    doubtful = ~have_sound_budgets(columns)
    doubtful[list(planner.rows(columns.with_pattern("level", count=one)).errors)] = True
    rows: list[int] = np.flatnonzero(doubtful).tolist()
    return rows


def _check_budget(account: Account) -> None:
    household_of(account)
    build_schedule(account.debt_terms(LevelPayment(1)))
