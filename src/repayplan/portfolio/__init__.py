"""Millions of accounts at once, as Arrow batches, with the results of the scalar path to the minor unit."""

from repayplan.portfolio.decoding import decoded, decoded_schema
from repayplan.portfolio.findings import validate
from repayplan.portfolio.schedules import schedule_summary, schedules
from repayplan.portfolio.schemas import (
    IN_ACCOUNTS,
    IN_BUDGETS,
    IN_PAYMENTS,
    OUT_FINDINGS,
    OUT_SCHEDULES,
    OUT_SCREEN,
    OUT_STANDINGS,
    OUT_SUMMARY,
)
from repayplan.portfolio.screening import screen
from repayplan.portfolio.standings import standings

__all__ = [
    "IN_ACCOUNTS",
    "IN_BUDGETS",
    "IN_PAYMENTS",
    "OUT_FINDINGS",
    "OUT_SCHEDULES",
    "OUT_SCREEN",
    "OUT_STANDINGS",
    "OUT_SUMMARY",
    "decoded",
    "decoded_schema",
    "schedule_summary",
    "schedules",
    "screen",
    "standings",
    "validate",
]
