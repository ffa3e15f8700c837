"""The Arrow schemas of what goes in and what comes out; every field says what it means and in which unit.

Amounts are whole minor units in 64 bits, beside a column that says which currency they are in.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

__all__ = [
    "ERROR",
    "IN_ACCOUNTS",
    "IN_BUDGETS",
    "IN_PAYMENTS",
    "OUT_FINDINGS",
    "OUT_SCHEDULES",
    "OUT_SCREEN",
    "OUT_STANDINGS",
    "OUT_SUMMARY",
    "is_required",
]

_TEXT, _COUNT, _AMOUNT, _DAY = pa.string(), pa.int32(), pa.int64(), pa.date32()
_NAME = pa.dictionary(pa.int32(), pa.string())
_FEW_NAMES = pa.dictionary(pa.int16(), pa.string())
_MINOR: Final = "minor units"
ERROR: Final = "error"


def _field(
    name: str, kind: pa.DataType, meaning: str, unit: str = "", *, required: bool = False
) -> pa.Field[pa.DataType]:
    metadata = {"meaning": meaning, "unit": unit, "required": "yes" if required else "no"}
    return pa.field(name, kind, nullable=not required, metadata=metadata)


def is_required(field: pa.Field[pa.DataType]) -> bool:
    """Tell whether a field must be there, with a value in every row."""
    return not field.nullable


_ACCOUNT = _field("account", _TEXT, "the account, by any text that tells it from others", required=True)
_CURRENCY = _field("currency", _TEXT, "active ISO 4217 code; its decimal places are the unit", required=True)

_DEBT: Final = (
    _field("principal", _AMOUNT, "what bears interest, above zero", _MINOR, required=True),
    _field("rate", pa.decimal128(38, 12), "share, never a percentage; text too", "share", required=True),
    _field("rate_per", _TEXT, "year, month or day; null: year"),
    _field("starts_on", _DAY, "the day from which interest runs", required=True),
    _field("first_due", _DAY, "the first due date, before any business-day move", required=True),
    _field("frequency", _TEXT, "such as monthly, weekly or every_months:2; null: monthly"),
    _field("anchor_day", _COUNT, "day of the month to come back to; null: that of first_due", "day"),
    _field("day_count", _TEXT, "a repayplan.DayCount, such as act_365f; null: nominal"),
    _field("first_period", _TEXT, "a repayplan.FirstPeriod; null: months_and_days"),
    _field("rounding", _TEXT, "a repayplan.Rounding; null: half_even"),
    _field("month_end", _TEXT, "clamp or roll; null: clamp"),
    _field("calendar", _TEXT, "the name of one of the calendars given; null: none"),
    _field("convention", _TEXT, "a repayplan.BusinessDayConvention; null: following"),
    _field("accrue_to", _TEXT, "scheduled or due; null: scheduled"),
)
_REPAYMENT: Final = (
    _field("pattern", _TEXT, "level, equal_principal, flat, fixed or bullet; null: level"),
    _field("count", _COUNT, "installments of the pattern; null for fixed alone", "installments"),
    _field("payment", _AMOUNT, "the payment of the pattern fixed, and of no other", _MINOR),
    _field("interest_only", _COUNT, "installments of interest alone before the pattern", "installments"),
    _field("step", _AMOUNT, "what the level or flat payment is a multiple of", _MINOR),
    _field("payment_rounding", _TEXT, "rounding of the level payment; null: that of rounding"),
    _field("difference", _TEXT, "a repayplan.Difference: who absorbs rounding; null: last"),
    _field("installment_fee", _AMOUNT, "a fee with every installment, above zero; null: none", _MINOR),
)

IN_ACCOUNTS: Final = pa.schema([_ACCOUNT, _CURRENCY, *_DEBT, *_REPAYMENT])
"""What defines the schedule of an account, as :class:`repayplan.Terms` do."""

IN_PAYMENTS: Final = pa.schema(
    [
        _ACCOUNT,
        _field("id", _TEXT, "what tells the payment from others of the account", required=True),
        _field("amount", _AMOUNT, "above zero, in the currency of the account", _MINOR, required=True),
        _field("received_on", _DAY, "the day on which the bank received it", required=True),
        _field("effective_on", _DAY, "the day from which it counts; null: received_on"),
        _field("status", _TEXT, "pending, cleared or failed; null: cleared"),
        _field("reverses", _TEXT, "the id of the payment of the account that it undoes"),
    ]
)
"""What was received, as :class:`repayplan.Payment` says it."""

IN_BUDGETS: Final = pa.schema(
    [
        _ACCOUNT,
        _CURRENCY,
        *_DEBT,
        _field("income", _AMOUNT, "a month's income that may be asked for", _MINOR, required=True),
        _field("expenses", _AMOUNT, "a month's expenses for living", _MINOR, required=True),
        _field("commitments", _AMOUNT, "a month's payments that come before any offer; null: 0", _MINOR),
        _field("adults", _COUNT, "adults who live on it; null: 1", "persons"),
        _field("children", _COUNT, "children who live on it; null: 0", "persons"),
    ]
)
"""A debt and what its household lives on."""

_FOUND: Final = (
    _field("route", _FEW_NAMES, "columnar or scalar: which way the account went"),
    _field(ERROR, _TEXT, "why there is no result: code, field and message; null: there is one"),
)
_WHOSE: Final = (
    _field("account", _NAME, "the account, as it came in"),
    _field("currency", _NAME, "the currency of the amounts, as it came in"),
)

OUT_SCHEDULES: Final = pa.schema(
    [
        *_WHOSE,
        _field("number", _COUNT, "place in the schedule, from 1"),
        _field("scheduled_for", _DAY, "the date before any business-day move"),
        _field("due_on", _DAY, "the date on which it is to be paid"),
        _field("opening", _AMOUNT, "principal outstanding before it", _MINOR),
        _field("principal", _AMOUNT, "principal that it repays", _MINOR),
        _field("interest", _AMOUNT, "interest that it asks for", _MINOR),
        _field("fees", _AMOUNT, "fees of the plan", _MINOR),
        _field("amount", _AMOUNT, "what is to be paid: principal, interest and fees", _MINOR),
        _field("closing", _AMOUNT, "principal outstanding after it", _MINOR),
        *_FOUND,
    ]
)
"""One row an installment, account by account; one row with the reason where there is no schedule."""

OUT_SUMMARY: Final = pa.schema(
    [
        *_WHOSE,
        _field("count", _COUNT, "installments", "installments"),
        _field("level_payment", _AMOUNT, "principal and interest of the level payment; null: none", _MINOR),
        _field("total_interest", _AMOUNT, "interest of all installments", _MINOR),
        _field("total", _AMOUNT, "all that is to be paid", _MINOR),
        _field("last_due", _DAY, "the date of the last installment"),
        _field("largest", _AMOUNT, "the largest installment", _MINOR),
        *_FOUND,
    ]
)
"""One row an account."""

OUT_STANDINGS: Final = pa.schema(
    [
        *_WHOSE,
        _field("past_due", _AMOUNT, "what is missing of installments past due", _MINOR),
        _field("past_due_fees", _AMOUNT, "fees of it", _MINOR),
        _field("past_due_interest", _AMOUNT, "interest of it", _MINOR),
        _field("past_due_principal", _AMOUNT, "principal of it", _MINOR),
        _field("oldest_unpaid_due_on", _DAY, "the due date of the oldest; null: nothing is past due"),
        _field("days_past_due", _COUNT, "days since then by the plan", "days"),
        _field("delinquent_days", _COUNT, "days before the regulator", "days"),
        _field("bucket", _FEW_NAMES, "the bucket of the days past due"),
        _field("class", _FEW_NAMES, "the regulator's class of the delinquent days; null: no classes"),
        *_FOUND,
    ]
)
"""One row an account, as :func:`repayplan.standing_on` says it."""

OUT_SCREEN: Final = pa.schema(
    [
        *_WHOSE,
        _field("capacity", _AMOUNT, "what may be asked in a month", _MINOR),
        _field("installment_min", _AMOUNT, "the largest installment of the longest plan", _MINOR),
        _field("installment_max", _AMOUNT, "the largest installment of the shortest plan", _MINOR),
        _field("count_min", _COUNT, "installments of the shortest plan", "installments"),
        _field("count_max", _COUNT, "installments of the longest plan", "installments"),
        _field("months_min", _COUNT, "its length, a month begun counting as one", "months"),
        _field("months_max", _COUNT, "the same of the longest plan", "months"),
        _field("reason", _FEW_NAMES, "why no plan is within capacity; null: one is"),
        *_FOUND,
    ]
)
"""One row an account; a screening for planning, never an offer."""

OUT_FINDINGS: Final = pa.schema(
    [
        _field("row", pa.int64(), "the place of the row in the batch, from 0"),
        _field("account", _TEXT, "the account, where it has one"),
        _field("field", _TEXT, "the column or the field at fault"),
        _field("code", _TEXT, "a stable identifier of the kind of trouble"),
        _field("message", _TEXT, "what was expected, what came and what to do"),
    ]
)
"""One row a finding."""
