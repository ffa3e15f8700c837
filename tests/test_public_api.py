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
    "DelinquencyScale",
    "DeferringPayments",
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
