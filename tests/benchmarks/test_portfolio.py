"""Whole books beside a grid of floats, beside a memory copy, and beside themselves at other sizes.

Every contender runs on the same accounts in this run: of 1 to 60 months, random, by the period.
numpy-financial gives interest for every account and period of a grid of 60, and the rest by subtraction:
floats, undated and not rounded. The copy is of as many bytes as our rows have, the least that any result of
that size costs.
"""

from __future__ import annotations

import datetime as dt
import tracemalloc
from typing import Any

import attrs
import numpy as np
import pyarrow as pa
import pytest

import repayplan as rp
from repayplan.policies import cn
from repayplan.portfolio import OUT_SCHEDULES, schedules, standings
from repayplan.portfolio.streams import ACCOUNTS_MAX
from tests.benchmarks.conftest import Report, clocked
from tests.portfolio import sample, terms_of

npf: Any = pytest.importorskip("numpy_financial")
pyxirr: Any = pytest.importorskip("pyxirr")

ACCOUNTS = 100_000
PERIODS = 60
AS_OF = dt.date(2027, 6, 1)
RULES = attrs.evolve(cn.CREDIT_CARD.in_force(AS_OF).overdue, order=rp.PENALTIES_FEES_INTEREST_PRINCIPAL)
PAYMENTS = pa.record_batch(
    {
        "account": pa.array([f"account-{number}" for number in range(ACCOUNTS)]),
        "id": pa.array(["p"] * ACCOUNTS),
        "amount": pa.array([500_000] * ACCOUNTS),
        "received_on": pa.array([dt.date(2027, 1, 15)] * ACCOUNTS),
    }
)


def drained(book: pa.RecordBatch) -> int:
    """Work out every row, keep none, and count them."""
    return sum(batch.num_rows for batch in schedules([book]))


def dated(book: pa.RecordBatch) -> pa.RecordBatch:
    return book.append_column("day_count", pa.array(["act_365f"] * book.num_rows))


def grid_of(book: pa.RecordBatch) -> Any:  # noqa: ANN401  # a function that gives floats
    """Give the best grid that numpy-financial makes: one of interest, a slice of accounts at a time."""
    principals = book.column("principal").to_numpy().astype(float)
    counts = book.column("count").to_numpy()
    rates = np.array([float(str(rate)) for rate in book.column("rate").to_pylist()]) / 12
    periods = np.arange(1, PERIODS + 1)

    def run() -> float:
        closed = 0.0
        for first in range(0, len(counts), ACCOUNTS_MAX):
            here = slice(first, first + ACCOUNTS_MAX)
            count, rate, owed = counts[here, None], rates[here, None], principals[here, None]
            interest = -npf.ipmt(rate, np.minimum(periods, count), count, owed)
            principal = -npf.pmt(rate, count, owed) - interest
            closing = owed - np.cumsum(principal, axis=1)
            closed += closing[0, 0]
        return closed

    return run


def each_by_pyxirr(book: pa.RecordBatch) -> Any:  # noqa: ANN401  # as above
    """Give the interest of each account, one call after the other, since it takes no grid."""
    rows = book.to_pylist()

    def run() -> float:
        total = 0.0
        for row in rows:
            rate, count, owed = float(row["rate"]) / 12, row["count"], float(row["principal"])
            total += sum(pyxirr.ipmt(rate, period, count, owed) for period in range(1, count + 1))
        return total

    return run


def test_rows_beside_a_grid_of_floats_and_a_copy(report: Report) -> None:
    book = sample(ACCOUNTS)
    rows = drained(book)
    size = sum(batch.nbytes for batch in schedules([book]))
    bytes_alike = [np.ones(size // 16 // 8, dtype=np.int64) for _ in range(16)]
    report.race(
        f"{rows:,} rows of {ACCOUNTS:,} accounts, by the period",
        {
            "schedules": clocked(lambda: drained(book)),
            "numpy-financial, one ipmt grid, floats": clocked(grid_of(book)),
            "a copy of as many bytes": clocked(lambda: [part.copy() for part in bytes_alike]),
        },
        rounds=7,
        aims={"numpy-financial, one ipmt grid, floats": 1 / 3, "a copy of as many bytes": 6},
    )
    by_days = dated(book)
    report.race(
        f"{rows:,} rows of {ACCOUNTS:,} accounts, by their days",
        {"schedules, act_365f": clocked(lambda: drained(by_days)), "numpy-financial": clocked(grid_of(book))},
        rounds=5,
    )


def test_rows_beside_calls_one_by_one(report: Report) -> None:
    book = sample(2_000)
    report.race(
        "2,000 accounts, one call for each row",
        {
            "schedules": clocked(lambda: drained(book)),
            "pyxirr, interest alone": clocked(each_by_pyxirr(book)),
        },
        rounds=5,
    )


@pytest.mark.parametrize("accounts", [10_000, 100_000, 1_000_000])
def test_cost_grows_with_the_accounts_and_memory_does_not(report: Report, accounts: int) -> None:
    book = sample(accounts)
    rows = drained(book.slice(0, 1_000)) and drained(book)
    seconds = clocked(lambda: drained(book))()
    tracemalloc.start()
    drained(book)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    speed = f"{seconds:>7.2f} s {rows / seconds / 1e6:>6.1f} million a second"
    report.note(
        "Growth", f"  {accounts:>9,} accounts {rows:>10,} rows {speed} {peak / 2**20:>6.0f} MiB at most"
    )


def payment_of(terms: rp.Terms) -> rp.Payment:
    amount = rp.Money.from_minor_units(500_000, terms.principal.currency)
    return rp.Payment("p", amount, dt.date(2027, 1, 15))


def test_standings_beside_the_scalar_path(report: Report) -> None:
    book = sample(ACCOUNTS)
    every = [terms_of(row) for row in book.slice(0, 1_000).to_pylist()]

    def one_by_one() -> list[int]:
        return [
            rp.standing_on(rp.build_schedule(terms), [payment_of(terms)], AS_OF, RULES).days_past_due
            for terms in every
        ]

    report.race(
        f"{ACCOUNTS:,} standings beside 1,000 of the scalar path",
        {
            "standings": clocked(lambda: standings(book, PAYMENTS, AS_OF, RULES)),
            "standing_on, one by one": clocked(one_by_one),
        },
        rounds=3,
        aims={"standing_on, one by one": 1},
    )


def test_the_bytes_of_a_row_are_those_of_its_fields() -> None:
    (batch, *_) = schedules([sample(1_000)])
    assert batch.schema == OUT_SCHEDULES
