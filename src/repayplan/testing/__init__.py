"""Hypothesis strategies for every public value, and a state machine for services that embed the library.

:func:`values` draws any public class or enumeration; the named strategies beside it are the convenient face
of the kinds that tests need most. :class:`PlanMachine` puts a service through the life of a plan. The package
needs the extra ``testing``; ``import repayplan`` never loads it.

What is drawn is small on purpose: amounts up to 10,000,000, days from 2000 to 2060, at most 60 installments,
few items in each tuple. Examples of a failure shrink to one installment, one euro, the first of January.
"""

from __future__ import annotations

from repayplan.testing.affordability import budgets
from repayplan.testing.casework import cases
from repayplan.testing.communication import contacts, logs, records
from repayplan.testing.drawing import values
from repayplan.testing.ground import (
    calendars,
    currencies,
    dates,
    frequencies,
    moments,
    money,
    names,
    rates,
    salts,
)
from repayplan.testing.machine import PlanMachine
from repayplan.testing.messages import message_facts
from repayplan.testing.model import PlanModel
from repayplan.testing.overdue import days_near, holds, payments, reversals
from repayplan.testing.parties import clients
from repayplan.testing.plan import plans
from repayplan.testing.proposing import debts, offers
from repayplan.testing.rule_books import overdue_rules
from repayplan.testing.schedule import schedules, terms

__all__ = [
    "PlanMachine",
    "PlanModel",
    "budgets",
    "calendars",
    "cases",
    "clients",
    "contacts",
    "currencies",
    "dates",
    "days_near",
    "debts",
    "frequencies",
    "holds",
    "logs",
    "message_facts",
    "moments",
    "money",
    "names",
    "offers",
    "overdue_rules",
    "payments",
    "plans",
    "rates",
    "records",
    "reversals",
    "salts",
    "schedules",
    "terms",
    "values",
]
