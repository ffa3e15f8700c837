"""Millions of accounts at once, as Arrow batches, with the results of the scalar path to the minor unit."""

from repayplan.portfolio.schedules import schedule_summary, schedules
from repayplan.portfolio.schemas import IN_ACCOUNTS, OUT_SCHEDULES, OUT_SUMMARY

__all__ = ["IN_ACCOUNTS", "OUT_SCHEDULES", "OUT_SUMMARY", "schedule_summary", "schedules"]
