"""Findings: everything that is wrong with a batch, row by row, before anything is worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

import pyarrow as pa

from repayplan.checks import check_instance
from repayplan.errors import InputTypeError
from repayplan.portfolio.account_findings import account_findings, budget_findings
from repayplan.portfolio.arrow import arrow
from repayplan.portfolio.found import findings_of
from repayplan.portfolio.joining import joined
from repayplan.portfolio.payment_findings import payment_findings, stray_findings
from repayplan.portfolio.schedules import Planner
from repayplan.portfolio.schemas import IN_ACCOUNTS, IN_BUDGETS, IN_PAYMENTS, OUT_FINDINGS
from repayplan.portfolio.streams import ArrowBatch, answered, batches_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.portfolio.names import Calendars
    from repayplan.portfolio.streams import ArrowBatches

__all__ = ["validate"]


@overload
def validate(
    batch: ArrowBatch,
    schema: pa.Schema = IN_ACCOUNTS,
    *,
    calendars: Calendars | None = None,
    accounts: ArrowBatch | ArrowBatches | None = None,
) -> pa.RecordBatch: ...
@overload
def validate(
    batch: ArrowBatches,
    schema: pa.Schema = IN_ACCOUNTS,
    *,
    calendars: Calendars | None = None,
    accounts: ArrowBatch | ArrowBatches | None = None,
) -> pa.RecordBatchReader: ...
def validate(
    batch: ArrowBatch | ArrowBatches,
    schema: pa.Schema = IN_ACCOUNTS,
    *,
    calendars: Calendars | None = None,
    accounts: ArrowBatch | ArrowBatches | None = None,
) -> pa.RecordBatch | pa.RecordBatchReader:
    """Say what is wrong with the rows of a batch, each with the column or the field at fault.

    - Of accounts: why there is no schedule, and whether another row of the batch has the same text: schedules
      are worked out for both, but payments could belong to either.
    - Of budgets: why no rules could screen the row. What depends on the rules, such as their currency, is in
      the results of :func:`repayplan.portfolio.screen`.
    - Of payments: whether the account is missing, whether it is no payment, whether another one of the
      account has its id, and whether it undoes nothing. What depends on the plan, such as a payment before
      its start, is in the results of :func:`repayplan.portfolio.standings`. With ``accounts``, also whether
      there is no such account: the payment would play no part anywhere.

    A row has at most one finding of its own, the first that comes up, and one about its account.

    Args:
        batch: What is looked at: a batch, or batches one after the other, as for
            :func:`repayplan.portfolio.schedules`.
        schema: What it holds: ``IN_ACCOUNTS``, ``IN_BUDGETS`` or ``IN_PAYMENTS``.
        calendars: The calendars that accounts and budgets name.
        accounts: All accounts by ``IN_ACCOUNTS`` to which payments may belong, a batch or batches; None
            leaves that open.

    Returns:
        Rows by ``OUT_FINDINGS``, by row; none where all is well. Batches of accounts and budgets give a
        reader with one batch of findings for each of them, worked out when it is asked for. Batches of
        payments are read at once and looked at together, as by :func:`repayplan.portfolio.standings`: a
        reader with one batch, whose rows are counted over all of them.

    Raises:
        InputTypeError: The schema is another, accounts are given without payments, or a column is missing,
            unknown or of a type that could not be read exactly.
    """
    check_instance(schema, pa.Schema, "schema")
    if schema == IN_PAYMENTS:
        return _of_payments(batch, accounts)
    if accounts is not None:
        message = "expected none but with IN_PAYMENTS, whose accounts are looked up"
        raise InputTypeError("portfolio.unused", "accounts", message)
    if schema not in (IN_ACCOUNTS, IN_BUDGETS):
        message = "expected IN_ACCOUNTS, IN_BUDGETS or IN_PAYMENTS of repayplan.portfolio, got another schema"
        raise InputTypeError("portfolio.schema", "schema", message)
    find, planner = account_findings if schema == IN_ACCOUNTS else budget_findings, Planner(calendars)

    def work(rows: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        yield findings_of(find(planner, rows))

    return answered(batch, OUT_FINDINGS, work)


def _of_payments(
    batch: ArrowBatch | ArrowBatches, accounts: ArrowBatch | ArrowBatches | None
) -> pa.RecordBatch | pa.RecordBatchReader:
    payments = joined(batch, "batch", IN_PAYMENTS)
    found = list(payment_findings(payments))
    if accounts is not None:
        found.extend(stray_findings(payments, batches_of(accounts, "accounts")))
    findings = findings_of(found)
    if isinstance(batch, ArrowBatch):
        return findings
    reader: pa.RecordBatchReader = arrow.RecordBatchReader.from_batches(OUT_FINDINGS, [findings])
    return reader
