"""Where many plans stand on a day: what is past due, since when, and what that is called."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias, overload

import numpy as np

from repayplan.checks import check_date, check_instance
from repayplan.errors import PaymentError, RepayPlanError
from repayplan.overdue.components import Component
from repayplan.overdue.orders import PENALTIES_FEES_INTEREST_PRINCIPAL
from repayplan.overdue.rules import OverdueRules, OverdueRuleVersions
from repayplan.overdue.standing import standing_on
from repayplan.portfolio.accounts import EPOCH, Account
from repayplan.portfolio.arrears import NEVER, Arrears, arrears_of, columnar_order
from repayplan.portfolio.arrow import arrow
from repayplan.portfolio.assembling import Assembler
from repayplan.portfolio.reading import read_accounts
from repayplan.portfolio.received import Received, ReceivedBy
from repayplan.portfolio.scalar import reason_of
from repayplan.portfolio.schedules import Planner
from repayplan.portfolio.schemas import IN_ACCOUNTS, OUT_STANDINGS
from repayplan.portfolio.sizes import installments_asked_for
from repayplan.portfolio.streams import answered, pieces
from repayplan.schedule.build import build_schedule

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    import pendulum
    import pyarrow as pa

    from repayplan.overdue.classification import DelinquencyScale
    from repayplan.overdue.standing import Standing
    from repayplan.portfolio.arrow import ArrowArray
    from repayplan.portfolio.columns import Columns, Int64s, Mask
    from repayplan.portfolio.names import Calendars
    from repayplan.portfolio.part import Rows
    from repayplan.portfolio.streams import ArrowBatch, ArrowBatches

__all__ = ["standings"]

_AFTER_MAX: Final = 36_525
"""The most days from the last due date to a payment, as for the scalar path."""


@overload
def standings(
    batch: ArrowBatch,
    payments: ArrowBatch | ArrowBatches,
    as_of: datetime.date,
    rules: OverdueRules | OverdueRuleVersions,
    *,
    calendars: Calendars | None = None,
) -> pa.RecordBatch: ...
@overload
def standings(
    batch: ArrowBatches,
    payments: ArrowBatch | ArrowBatches,
    as_of: datetime.date,
    rules: OverdueRules | OverdueRuleVersions,
    *,
    calendars: Calendars | None = None,
) -> pa.RecordBatchReader: ...
def standings(
    batch: ArrowBatch | ArrowBatches,
    payments: ArrowBatch | ArrowBatches,
    as_of: datetime.date,
    rules: OverdueRules | OverdueRuleVersions,
    *,
    calendars: Calendars | None = None,
) -> pa.RecordBatch | pa.RecordBatchReader:
    """Say where every plan stands on a day, as :func:`repayplan.standing_on` does.

    Payments find their account by its text. An account that stands in a batch twice has no standing, since
    payments could belong to either; each of its rows says so. In two batches nothing tells: each has all of
    its payments. Payments of accounts that are not in a batch play no part in it: they may belong to another
    one.

    No holds are taken, nor charges and waivers: a client who is held, such as by a payment holiday, shows as
    late. Judge such accounts by :func:`repayplan.standing_on`.

    Rules go by columns where payments pay past due, due and later installments whole, one after the other
    and in one order of components, and where nothing is tolerated and every calendar day counts from the
    oldest unpaid installment; payments where none is reversed. All else goes the scalar way.

    Args:
        batch: Accounts by ``IN_ACCOUNTS``, a batch or batches, as for :func:`repayplan.portfolio.schedules`.
        payments: All payments by ``IN_PAYMENTS``, a batch or batches; they are read once, all together.
        as_of: The day.
        rules: The rules, or their versions, of which that in force on the day is taken.
        calendars: The calendars that the accounts name.

    Returns:
        Rows by ``OUT_STANDINGS``; a batch or a reader.

    Raises:
        InputTypeError: A column is missing, unknown or of a type that could not be read exactly.
        PaymentError: A payment has no account.
        PolicyError: No rules are in force on the day.
    """
    day = check_date(as_of, "as_of")
    in_force = rules.in_force(day) if isinstance(rules, OverdueRuleVersions) else rules
    check_instance(in_force, OverdueRules, "rules")
    judge = _Judge(Planner(calendars), payments, day, in_force)
    return answered(batch, OUT_STANDINGS, judge.batches)


class _Judge:
    """Says where accounts stand."""

    def __init__(
        self, planner: Planner, payments: ArrowBatch | ArrowBatches, as_of: pendulum.Date, rules: OverdueRules
    ) -> None:
        self._planner, self._as_of, self._rules = planner, as_of, rules
        self._day = as_of.toordinal() - EPOCH
        self._received = Received(payments, self._day)
        self._bucket, self._class = _namer(rules.buckets), _namer(rules.classes)
        self._order = columnar_order(rules)

    def batches(self, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        """Say where the accounts of a batch stand, piece by piece."""
        accounts = read_accounts(batch, IN_ACCOUNTS)
        received, done = self._received.of(accounts), 0
        for columns in pieces(batch, IN_ACCOUNTS, installments_asked_for):
            here = slice(done, done + len(columns))
            done += len(columns)
            yield self._batch(columns, received.taken(here))

    def _batch(self, columns: Columns, received: ReceivedBy) -> pa.RecordBatch:
        rows = self._planner.rows(columns)
        errors = dict.fromkeys(np.flatnonzero(received.is_shared).tolist(), _TWICE)
        errors.update(rows.errors)
        has = np.ones(len(columns), dtype=np.bool_)
        has[list(errors)] = False
        by_columns = self._go_by_columns(columns, rows, received) & has
        found = arrears_of(rows, received.paid, self._day, self._order or PENALTIES_FEES_INTEREST_PRINCIPAL)
        for place in np.flatnonzero(has & ~by_columns).tolist():
            try:
                found.put(place, self._standing(columns, place, received))
            except RepayPlanError as error:
                errors[place] = reason_of(error)
        return self._assembled(Assembler(columns, by_columns, errors), found)

    def _go_by_columns(self, columns: Columns, rows: Rows, received: ReceivedBy) -> Mask:
        if self._order is None:
            return np.zeros(len(columns), dtype=np.bool_)
        last_due = rows.part.due[rows.part.layout.lasts]
        by_columns: Mask = rows.columnar & received.is_plain & (received.last <= last_due + _AFTER_MAX)
        return by_columns & (received.first >= columns.numbers("starts_on").values)

    def _standing(self, columns: Columns, place: int, received: ReceivedBy) -> Standing:
        account = Account(columns, place, self._planner.calendars)
        schedule = build_schedule(account.terms())
        payments = received.payments(place, account.currency)
        return standing_on(schedule, payments, self._as_of, self._rules)

    def _assembled(self, made: Assembler, found: Arrears) -> pa.RecordBatch:
        is_late = found.since > NEVER
        return made.batch(
            OUT_STANDINGS,
            past_due=made.numbers(found.past_due),
            past_due_fees=made.numbers(found.parts[Component.FEES]),
            past_due_interest=made.numbers(found.parts[Component.INTEREST]),
            past_due_principal=made.numbers(found.parts[Component.PRINCIPAL]),
            oldest_unpaid_due_on=made.days(np.where(is_late, found.since, 0), is_late),
            days_past_due=made.counts(found.days),
            delinquent_days=made.counts(found.delinquent_days),
            bucket=_named(made, found.days, self._bucket),
            **{"class": _named(made, found.delinquent_days, self._class)},
        )


_Namer: TypeAlias = Callable[[int], str | None]


def _namer(scale: DelinquencyScale | None) -> _Namer | None:
    """Give what names a number of days, each once: batches have the same ones."""
    return None if scale is None else cache(scale.classify)


def _named(made: Assembler, days: Int64s, name_of: _Namer | None) -> ArrowArray:
    """Name numbers of days; none where the scale has no name for them, or there is no scale."""
    if name_of is None:
        return made.names(np.zeros_like(days), [], np.zeros(len(days), dtype=np.bool_))
    encoded = arrow.array(days).dictionary_encode()  # by a table of hashes, without sorting
    names = list(map(name_of, encoded.dictionary.to_pylist()))
    known = list(dict.fromkeys(name for name in names if name is not None))
    codes = np.array([-1 if name is None else known.index(name) for name in names], dtype=np.int16)[
        encoded.indices.to_numpy()
    ]
    return made.names(np.maximum(codes, 0), known, codes >= 0)


_TWICE: Final = reason_of(
    PaymentError("portfolio.duplicate", "account", "expected each account once in a batch, got it again")
)
