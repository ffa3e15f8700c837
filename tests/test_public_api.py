"""The public face: pinned names, each documented, each error fit to travel."""

from __future__ import annotations

import copy
import inspect
import pickle

import pytest

import repayplan as rp

NAMES = [
    "AccrueTo",
    "Affordability",
    "AffordabilityRules",
    "AgreementForm",
    "AnnualPercentageRate",
    "AprMethod",
    "Balloon",
    "BalloonRemainder",
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
    "CashFlows",
    "Category",
    "CertificateLine",
    "CertificateMonth",
    "Channel",
    "Citation",
    "CommunicationError",
    "Comparison",
    "Cost",
    "CostOfCredit",
    "Currency",
    "CustomPayments",
    "DateError",
    "DayCount",
    "Debt",
    "DelinquencyScale",
    "Difference",
    "DroppedOffer",
    "EqualPrincipal",
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
    "Frequency",
    "Grace",
    "Household",
    "Income",
    "InputTypeError",
    "Installment",
    "InstallmentFee",
    "InterestOnly",
    "LevelPayment",
    "Limit",
    "Match",
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
    "PaymentDates",
    "PaymentShareFee",
    "Payoff",
    "Plan",
    "PlanCondition",
    "PlanContent",
    "PlanDuty",
    "PlanRules",
    "PolicyError",
    "Protects",
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
    "SingleFee",
    "StepPayments",
    "Stub",
    "Terms",
    "TermsError",
    "WeekendCalendar",
    "agree",
    "annual_percentage_rate",
    "assess",
    "build_schedule",
    "compare",
    "cost_of_credit",
    "due_dates",
    "format_date",
    "format_money",
    "format_percent",
    "payoff",
    "preload",
    "present_value",
    "present_value_change",
    "propose",
    "solve_count",
    "solve_payment",
    "solve_principal",
    "solve_rate",
]

ERRORS = [getattr(rp, name) for name in NAMES if name.endswith("Error")]


def test_the_public_names_are_pinned() -> None:
    assert sorted(NAMES) == sorted(rp.__all__)


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_documented(name: str) -> None:
    assert inspect.getdoc(getattr(rp, name))


@pytest.mark.parametrize("name", [name for name in NAMES if inspect.isclass(getattr(rp, name))])
def test_every_public_method_is_documented(name: str) -> None:
    kind = getattr(rp, name)
    public = [member for member in vars(kind) if not member.startswith("_")]
    undocumented = [
        member
        for member in public
        if isinstance(vars(kind)[member], (property, classmethod, staticmethod))
        or inspect.isfunction(vars(kind)[member])
        if not inspect.getdoc(getattr(kind, member))
    ]
    assert undocumented == []


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_is_in_the_tree_and_travels(error: type[rp.RepayPlanError]) -> None:
    raised = error("some.code", "debts[2].rate", "expected this, got that", {"limit": 5})
    for travelled in (pickle.loads(pickle.dumps(raised)), copy.deepcopy(raised)):  # noqa: S301  # our own bytes
        assert type(travelled) is error
        assert isinstance(travelled, rp.RepayPlanError)
        assert isinstance(travelled, ValueError)
        assert (travelled.code, travelled.field, travelled.data) == (
            "some.code",
            "debts[2].rate",
            {"limit": 5},
        )
        assert str(travelled) == "debts[2].rate: expected this, got that"


def test_a_wrong_type_is_also_a_type_error() -> None:
    with pytest.raises(TypeError):
        rp.Money(0.1, "EUR")  # type: ignore[arg-type]  # the point of the test
