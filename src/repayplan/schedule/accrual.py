"""Choices of how the time of a period is measured."""

from __future__ import annotations

from repayplan.values import Enumeration

__all__ = ["AccrueTo", "FirstPeriod"]


class AccrueTo(Enumeration):
    """The date to which the interest of a period runs, where a business day moves the due date."""

    SCHEDULED = "scheduled"
    DUE = "due"


class FirstPeriod(Enumeration):
    """How ``NOMINAL`` measures a first period that is not a regular one."""

    MONTHS_AND_DAYS = "months_and_days"
    """Whole months over 12 and odd days over 360 (12 CFR 1026, Appendix J (b)(5))."""
    ACTUAL_DAYS = "actual_days"
    """Actual days over 365."""
