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
    from repayplan.affordability.budget import Budget
    from repayplan.affordability.capacity import Capacity
    from repayplan.affordability.categories import Category, CommitmentKind, LineEvidence
    from repayplan.affordability.guidelines import SpendingGuideline
    from repayplan.affordability.household import Household, HouseholdAmounts, HouseholdTable, PersonAmounts
    from repayplan.affordability.income_rules import (
        IncomeHistory,
        IncomeRule,
        MeanOfMonths,
        MeanOfPayments,
        QuantileMonth,
        WeakMonth,
        fluctuating_income_rule,
    )
    from repayplan.affordability.irregular import IrregularIncome
    from repayplan.affordability.lines import Commitment, Expense, Income
    from repayplan.affordability.review import review
    from repayplan.affordability.rules import AffordabilityRules
    from repayplan.calendars import BusinessDayConvention, Calendar, ExplicitCalendar, WeekendCalendar
    from repayplan.communication.records import Channel
    from repayplan.currency import Currency
    from repayplan.dates import due_dates, due_dates_after_payday
    from repayplan.daycounts import DayCount
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
    from repayplan.frequencies import Frequency
    from repayplan.money import Money
    from repayplan.months import MonthEnd
    from repayplan.overdue.classification import Band, DelinquencyScale
    from repayplan.overdue.rules import OverdueRules
    from repayplan.plan.agreement import AgreementForm, Plan, agree
    from repayplan.plan.bank_cost import BankCost, bank_cost
    from repayplan.plan.candidate import Candidate, DroppedOffer, Shape
    from repayplan.plan.certificate import CapacityCertificate, CertificateLine, CertificateMonth
    from repayplan.plan.debt import Debt
    from repayplan.plan.debts import Debts, FreedShare
    from repayplan.plan.joint_offer import JointCertificate, JointOffer, JointOffers
    from repayplan.plan.negotiation import Negotiation, NegotiationState, Side, Turn, TurnKind
    from repayplan.plan.next_step import NextStep
    from repayplan.plan.no_plan import NoAffordablePlan
    from repayplan.plan.offer import Cost, Offer, Offers
    from repayplan.plan.offers import propose
    from repayplan.plan.pro_rata import pro_rata
    from repayplan.plan.proposal import Evaluation, Proposal, evaluate
    from repayplan.plan.rules import PlanCondition, PlanContent, PlanDuty, PlanRules
    from repayplan.plan.step_kinds import NextStepKind
    from repayplan.plan.stress import BreakEven, Shock, Survival, break_even, survival
    from repayplan.rates import Rate, RateUnit
    from repayplan.rounding import Rounding
    from repayplan.rules import Citation, Comparison, Evidence, Finding, Force, Limit, Protects
    from repayplan.schedule.accrual import AccrueTo, FirstPeriod
    from repayplan.schedule.apr import AnnualPercentageRate, AprMethod, annual_percentage_rate
    from repayplan.schedule.build import build_schedule
    from repayplan.schedule.carried import (
        CarriedBalance,
        CarriedBalances,
        CarriedTreatment,
        CarriedTreatments,
    )
    from repayplan.schedule.cash_flows import CashFlows, PaymentDates
    from repayplan.schedule.comparison import Match, RowComparison, ScheduleComparison, compare
    from repayplan.schedule.cost import CostOfCredit, cost_of_credit, present_value, present_value_change
    from repayplan.schedule.deferring import DeferringPayments
    from repayplan.schedule.fees import InstallmentFee, PaymentShareFee, SingleFee
    from repayplan.schedule.grace import Grace
    from repayplan.schedule.installment import Installment
    from repayplan.schedule.interest_only import InterestOnly
    from repayplan.schedule.level import LevelPayment
    from repayplan.schedule.level_principal import EqualPrincipal, FlatInterest
    from repayplan.schedule.payoff import Payoff, payoff
    from repayplan.schedule.rate_steps import RateSteps
    from repayplan.schedule.repayment import Difference
    from repayplan.schedule.schedule import Schedule
    from repayplan.schedule.solve import solve_count, solve_payment, solve_principal, solve_rate
    from repayplan.schedule.stated import CustomPayments, FixedPayment, StepPayments
    from repayplan.schedule.stub import Stub
    from repayplan.schedule.terms import Terms
    from repayplan.schedule.uneven import Balloon, BalloonRemainder, SeasonalPayments

__all__ = [
    "AccrueTo",
    "Affordability",
    "AffordabilityRules",
    "AgreementForm",
    "AnnualPercentageRate",
    "AprMethod",
    "Balloon",
    "BalloonRemainder",
    "Band",
    "BankCost",
    "BreakEven",
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
    "CashFlows",
    "Category",
    "CertificateLine",
    "CertificateMonth",
    "Channel",
    "Citation",
    "Commitment",
    "CommitmentKind",
    "CommunicationError",
    "Comparison",
    "Cost",
    "CostOfCredit",
    "Currency",
    "CustomPayments",
    "DateError",
    "DayCount",
    "Debt",
    "Debts",
    "DeferringPayments",
    "DelinquencyScale",
    "Difference",
    "DroppedOffer",
    "EqualPrincipal",
    "Evaluation",
    "Evidence",
    "Expense",
    "Explanation",
    "ExplanationInput",
    "ExplanationLine",
    "ExplicitCalendar",
    "Finding",
    "FirstPeriod",
    "FixedPayment",
    "FlatInterest",
    "Force",
    "FreedShare",
    "Frequency",
    "Grace",
    "Household",
    "HouseholdAmounts",
    "HouseholdTable",
    "Income",
    "IncomeHistory",
    "IncomeRule",
    "InputTypeError",
    "Installment",
    "InstallmentFee",
    "InterestOnly",
    "IrregularIncome",
    "JointCertificate",
    "JointOffer",
    "JointOffers",
    "LevelPayment",
    "Limit",
    "LineEvidence",
    "Match",
    "MeanOfMonths",
    "MeanOfPayments",
    "Money",
    "MoneyError",
    "MonthEnd",
    "NegativeAmortizationError",
    "Negotiation",
    "NegotiationState",
    "NextStep",
    "NextStepKind",
    "NoAffordablePlan",
    "Offer",
    "Offers",
    "OverdueRules",
    "PaymentDates",
    "PaymentShareFee",
    "Payoff",
    "PersonAmounts",
    "Plan",
    "PlanCondition",
    "PlanContent",
    "PlanDuty",
    "PlanRules",
    "PolicyError",
    "Proposal",
    "Protects",
    "QuantileMonth",
    "Rate",
    "RateError",
    "RateSteps",
    "RateUnit",
    "RepayPlanError",
    "Rounding",
    "RowComparison",
    "Schedule",
    "ScheduleComparison",
    "SeasonalPayments",
    "Shape",
    "Shock",
    "Side",
    "SingleFee",
    "SpendingGuideline",
    "StepPayments",
    "Stub",
    "Survival",
    "Terms",
    "TermsError",
    "Turn",
    "TurnKind",
    "WeakMonth",
    "WeekendCalendar",
    "agree",
    "annual_percentage_rate",
    "assess",
    "bank_cost",
    "break_even",
    "build_schedule",
    "compare",
    "cost_of_credit",
    "due_dates",
    "due_dates_after_payday",
    "evaluate",
    "fluctuating_income_rule",
    "format_date",
    "format_money",
    "format_percent",
    "payoff",
    "preload",
    "present_value",
    "present_value_change",
    "pro_rata",
    "propose",
    "review",
    "solve_count",
    "solve_payment",
    "solve_principal",
    "solve_rate",
    "survival",
]

_NAMES_BY_MODULE = {
    "affordability.assessment": "Affordability assess",
    "affordability.budget": "Budget",
    "affordability.capacity": "Capacity",
    "affordability.categories": "Category CommitmentKind LineEvidence",
    "affordability.guidelines": "SpendingGuideline",
    "affordability.household": "Household HouseholdAmounts HouseholdTable PersonAmounts",
    "affordability.income_rules": (
        "IncomeHistory IncomeRule MeanOfMonths MeanOfPayments QuantileMonth WeakMonth fluctuating_income_rule"
    ),
    "affordability.irregular": "IrregularIncome",
    "affordability.lines": "Commitment Expense Income",
    "affordability.review": "review",
    "affordability.rules": "AffordabilityRules",
    "calendars": "BusinessDayConvention Calendar ExplicitCalendar WeekendCalendar",
    "communication.records": "Channel",
    "currency": "Currency",
    "dates": "due_dates due_dates_after_payday",
    "daycounts": "DayCount",
    "errors": (
        "BudgetError CommunicationError DateError InputTypeError MoneyError"
        " NegativeAmortizationError PolicyError RateError RepayPlanError TermsError"
    ),
    "explanation": "Explanation ExplanationInput ExplanationLine",
    "formatting": "format_date format_money format_percent preload",
    "frequencies": "Frequency",
    "money": "Money",
    "months": "MonthEnd",
    "overdue.classification": "Band DelinquencyScale",
    "overdue.rules": "OverdueRules",
    "plan.agreement": "AgreementForm Plan agree",
    "plan.bank_cost": "BankCost bank_cost",
    "plan.candidate": "Candidate DroppedOffer Shape",
    "plan.certificate": "CapacityCertificate CertificateLine CertificateMonth",
    "plan.debt": "Debt",
    "plan.debts": "Debts FreedShare",
    "plan.joint_offer": "JointCertificate JointOffer JointOffers",
    "plan.negotiation": "Negotiation NegotiationState Side Turn TurnKind",
    "plan.next_step": "NextStep",
    "plan.no_plan": "NoAffordablePlan",
    "plan.offer": "Cost Offer Offers",
    "plan.offers": "propose",
    "plan.pro_rata": "pro_rata",
    "plan.proposal": "Evaluation Proposal evaluate",
    "plan.rules": "PlanCondition PlanContent PlanDuty PlanRules",
    "plan.step_kinds": "NextStepKind",
    "plan.stress": "BreakEven Shock Survival break_even survival",
    "rates": "Rate RateUnit",
    "rounding": "Rounding",
    "rules": "Citation Comparison Evidence Finding Force Limit Protects",
    "schedule.accrual": "AccrueTo FirstPeriod",
    "schedule.apr": "AnnualPercentageRate AprMethod annual_percentage_rate",
    "schedule.build": "build_schedule",
    "schedule.carried": "CarriedBalance CarriedBalances CarriedTreatment CarriedTreatments",
    "schedule.cash_flows": "CashFlows PaymentDates",
    "schedule.comparison": "Match RowComparison ScheduleComparison compare",
    "schedule.cost": "CostOfCredit cost_of_credit present_value present_value_change",
    "schedule.deferring": "DeferringPayments",
    "schedule.fees": "InstallmentFee PaymentShareFee SingleFee",
    "schedule.grace": "Grace",
    "schedule.installment": "Installment",
    "schedule.interest_only": "InterestOnly",
    "schedule.level": "LevelPayment",
    "schedule.level_principal": "EqualPrincipal FlatInterest",
    "schedule.payoff": "Payoff payoff",
    "schedule.rate_steps": "RateSteps",
    "schedule.repayment": "Difference",
    "schedule.schedule": "Schedule",
    "schedule.solve": "solve_count solve_payment solve_principal solve_rate",
    "schedule.stated": "CustomPayments FixedPayment StepPayments",
    "schedule.stub": "Stub",
    "schedule.terms": "Terms",
    "schedule.uneven": "Balloon BalloonRemainder SeasonalPayments",
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
