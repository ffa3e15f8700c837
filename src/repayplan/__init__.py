"""Exact repayment plans for people who are behind on credit cards and consumer loans.

Everything a user needs is ``rp.NAME`` after ``import repayplan as rp``; the rule books are in
``repayplan.policies``. The package performs no I/O: dates, data and calendars come in, values come out.
Modules load on first use (PEP 562), so that importing the package costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from repayplan.affordability.assessment import Affordability, assess
    from repayplan.affordability.budget import Budget, Category, Expense, Household, Income
    from repayplan.affordability.capacity import Capacity
    from repayplan.affordability.rules import AffordabilityRules
    from repayplan.calendars import BusinessDayConvention, Calendar, ExplicitCalendar, WeekendCalendar
    from repayplan.communication.records import Channel
    from repayplan.currency import Currency
    from repayplan.dates import Frequency, due_dates
    from repayplan.errors import (
        BudgetError,
        CommunicationError,
        DateError,
        InputTypeError,
        MoneyError,
        NegativeAmortizationError,
        PolicyError,
        RateError,
        RepayPlanError,
        TermsError,
    )
    from repayplan.explanation import Explanation, ExplanationInput, ExplanationLine
    from repayplan.formatting import format_date, format_money, format_percent, preload
    from repayplan.money import Money
    from repayplan.months import MonthEnd
    from repayplan.overdue.classification import Band, DelinquencyScale
    from repayplan.overdue.rules import OverdueRules
    from repayplan.plan.agreement import AgreementForm, Plan, agree
    from repayplan.plan.certificate import CapacityCertificate, CertificateLine, CertificateMonth
    from repayplan.plan.concessions import NextStep, NextStepKind
    from repayplan.plan.debt import Debt
    from repayplan.plan.offer import Candidate, Cost, DroppedOffer, Offer, Offers
    from repayplan.plan.offers import NoAffordablePlan, propose
    from repayplan.plan.rules import PlanCondition, PlanContent, PlanDuty, PlanRules
    from repayplan.rates import DayCount, Rate, RateUnit
    from repayplan.rounding import Rounding
    from repayplan.rules import Citation, Comparison, Evidence, Finding, Force, Limit, Protects
    from repayplan.schedule.build import build_schedule
    from repayplan.schedule.carried import (
        CarriedBalance,
        CarriedBalances,
        CarriedTreatment,
        CarriedTreatments,
    )
    from repayplan.schedule.repayment import (
        CustomPayments,
        EqualPrincipal,
        FixedPayment,
        FlatInterest,
        LevelPayment,
    )
    from repayplan.schedule.schedule import Installment, Schedule
    from repayplan.schedule.terms import AccrueTo, Terms

__all__ = [
    "AccrueTo",
    "Affordability",
    "AffordabilityRules",
    "AgreementForm",
    "Band",
    "Budget",
    "BudgetError",
    "BusinessDayConvention",
    "Calendar",
    "Candidate",
    "Capacity",
    "CapacityCertificate",
    "CarriedBalance",
    "CarriedBalances",
    "CarriedTreatment",
    "CarriedTreatments",
    "Category",
    "CertificateLine",
    "CertificateMonth",
    "Channel",
    "Citation",
    "CommunicationError",
    "Comparison",
    "Cost",
    "Currency",
    "CustomPayments",
    "DateError",
    "DayCount",
    "Debt",
    "DelinquencyScale",
    "DroppedOffer",
    "EqualPrincipal",
    "Evidence",
    "Expense",
    "Explanation",
    "ExplanationInput",
    "ExplanationLine",
    "ExplicitCalendar",
    "Finding",
    "FixedPayment",
    "FlatInterest",
    "Force",
    "Frequency",
    "Household",
    "Income",
    "InputTypeError",
    "Installment",
    "LevelPayment",
    "Limit",
    "Money",
    "MoneyError",
    "MonthEnd",
    "NegativeAmortizationError",
    "NextStep",
    "NextStepKind",
    "NoAffordablePlan",
    "Offer",
    "Offers",
    "OverdueRules",
    "Plan",
    "PlanCondition",
    "PlanContent",
    "PlanDuty",
    "PlanRules",
    "PolicyError",
    "Protects",
    "Rate",
    "RateError",
    "RateUnit",
    "RepayPlanError",
    "Rounding",
    "Schedule",
    "Terms",
    "TermsError",
    "WeekendCalendar",
    "agree",
    "assess",
    "build_schedule",
    "due_dates",
    "format_date",
    "format_money",
    "format_percent",
    "preload",
    "propose",
]

_NAMES_BY_MODULE = {
    "affordability.assessment": "Affordability assess",
    "affordability.budget": "Budget Category Expense Household Income",
    "affordability.capacity": "Capacity",
    "affordability.rules": "AffordabilityRules",
    "calendars": "BusinessDayConvention Calendar ExplicitCalendar WeekendCalendar",
    "communication.records": "Channel",
    "dates": "Frequency due_dates",
    "errors": (
        "BudgetError CommunicationError DateError InputTypeError MoneyError NegativeAmortizationError"
        " PolicyError RateError RepayPlanError TermsError"
    ),
    "explanation": "Explanation ExplanationInput ExplanationLine",
    "formatting": "format_date format_money format_percent preload",
    "money": "Money",
    "currency": "Currency",
    "months": "MonthEnd",
    "overdue.classification": "Band DelinquencyScale",
    "overdue.rules": "OverdueRules",
    "plan.agreement": "AgreementForm Plan agree",
    "plan.certificate": "CapacityCertificate CertificateLine CertificateMonth",
    "plan.concessions": "NextStep NextStepKind",
    "plan.debt": "Debt",
    "plan.offer": "Candidate Cost DroppedOffer Offer Offers",
    "plan.offers": "NoAffordablePlan propose",
    "plan.rules": "PlanCondition PlanContent PlanDuty PlanRules",
    "rates": "DayCount Rate RateUnit",
    "rounding": "Rounding",
    "rules": "Citation Comparison Evidence Finding Force Limit Protects",
    "schedule.build": "build_schedule",
    "schedule.carried": "CarriedBalance CarriedBalances CarriedTreatment CarriedTreatments",
    "schedule.repayment": "CustomPayments EqualPrincipal FixedPayment FlatInterest LevelPayment",
    "schedule.schedule": "Installment Schedule",
    "schedule.terms": "AccrueTo Terms",
}

_MODULE_OF = {name: module for module, names in _NAMES_BY_MODULE.items() for name in names.split()}


if not TYPE_CHECKING:  # a checker that saw this would take every name for a public one

    def __getattr__(name: str) -> object:
        """Load a public name from its module on first use."""
        module = _MODULE_OF.get(name)
        if module is None:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        value: object = getattr(importlib.import_module(f"{__name__}.{module}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
