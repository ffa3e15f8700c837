"""The rules that a plan obeys."""

from __future__ import annotations

from typing import Any

import attrs

from repayplan.checks import check_count, check_instance
from repayplan.errors import PolicyError
from repayplan.overdue.allocation import PaymentOrder, check_order
from repayplan.plan.step_kinds import CONCESSIONS, NextStepKind
from repayplan.rules import Comparison, Limit
from repayplan.schedule.carried import CARRIED, CarriedTreatment, CarriedTreatments
from repayplan.values import Enumeration, Value

__all__ = ["PlanCondition", "PlanContent", "PlanDuty", "PlanRules"]

_MONTHS_MAX = 1_200


class PlanCondition(Enumeration):
    """What must hold before a bank may agree on a plan."""

    SPECIAL_CIRCUMSTANCES = "special circumstances"
    AMOUNT_EXCEEDS_ABILITY = "the amount owed is confirmed to exceed the client's ability to pay"
    WILLING_TO_PAY = "the client is still willing to pay"


class PlanContent(Enumeration):
    """What an agreement must state."""

    BALANCE_STRUCTURE_CURRENCY = "the balance owed, its structure and its currency"
    PERIOD_METHOD_CURRENCY_DATES_AMOUNTS = "period, method and currency of repayment, each date and amount"
    FEES_AND_INTEREST_DURING_PLAN = "whether annual fee, interest and other fees go on during the plan"
    NO_NEW_CARD_UNTIL_CLEARED = "the promise not to apply for any card before the debt is cleared"
    RIGHTS_DUTIES_BREACH = "rights and duties of both sides, and breach"
    OTHER = "what else the two sides agree"
    RATES_DURING_AND_AFTER = "the rates of interest during the plan and after it"
    FEES_DURING_AND_AFTER = "the fees during the plan and after it"
    PAYMENTS_DURING_AND_AFTER = "the least payments during the plan and after it"
    TIMELY_PAYMENT_CONDITION = "that the terms hold as long as payments come in time"


class PlanDuty(Enumeration):
    """What the bank must do when it talks about a plan, and once one is agreed."""

    STOP_COLLECTION_WHILE_KEPT = "stop collection unless the client breaks the plan"
    RECORD_ORAL_AGREEMENT = "record an agreement that is made orally"
    KEEP_RECORDING_UNTIL_CLEARED = "keep the recording at least until the debt is cleared"
    STATE_TERMS_IN_WRITING_FIRST = "state the terms in writing before they begin"
    NO_WORSE_TERMS_AFTER = "ask for no higher rate after the plan than before it, however it ended"
    CONSIDER_FORBEARANCE = "consider to reduce, waive or cancel interest, and to give more time"
    ALLOW_TOKEN_PAYMENTS = "consider token payments for a reasonable time"  # noqa: S105  # no password
    ALLOW_REASONABLE_TIME = "ask for the debt neither in a few large payments nor in too short a time"
    NO_PRESSURE_TO_BORROW_OR_SELL = "press nobody to pay by borrowing or by selling a home"
    POINT_TO_DEBT_ADVICE = "point the client to debt advice"


@attrs.frozen(kw_only=True)
class PlanRules(Value):
    """Limits on plans, and what agreeing on one asks for.

    Attributes:
        max_months: The longest term, in months from the day on which the debt was stated.
        interest_treatments: Where interest owed at the start may go.
        fees_treatments: Where fees owed at the start may go.
        penalties_treatments: Where penalties owed at the start may go.
        order: In which order a payment on the plan pays: that by which its standing is told, as in
            ``OverdueRules.order``; a revision takes over what is outstanding by it.
        conditions: What must hold before a plan may be agreed.
        contents: What the agreement must state.
        duties: What the bank must do before it is agreed and then.
        concessions: Which concessions to look at where no plan is affordable, in which order; None is all.
        extended_months: The longest term that may be conceded; None is none beyond ``max_months``.
        token_months: The months after which token payments are reviewed, or ``max_months`` if that is less;
            None is no token payments.

    Raises:
        PolicyError: A term is not from 1 to 1,200 months, the longest one is no upper limit, the extended
            one is not the longer, or what is named as a concession is none, or is named twice.
    """

    max_months: Limit[int]
    interest_treatments: Limit[frozenset[CarriedTreatment]]
    fees_treatments: Limit[frozenset[CarriedTreatment]]
    penalties_treatments: Limit[frozenset[CarriedTreatment]]
    order: PaymentOrder
    conditions: Limit[tuple[PlanCondition, ...]] | None = None
    contents: Limit[tuple[PlanContent, ...]] | None = None
    duties: Limit[tuple[PlanDuty, ...]] | None = None
    concessions: Limit[tuple[NextStepKind, ...]] | None = None
    extended_months: Limit[int] | None = None
    token_months: Limit[int] | None = None

    def __attrs_post_init__(self) -> None:
        """Check the figures."""
        _check_months(self.max_months, "max_months")
        if self.max_months.comparison is not Comparison.AT_MOST:
            message = f"expected Comparison.AT_MOST, got Comparison.{self.max_months.comparison.name}"
            raise PolicyError("rules.max_months", "max_months", message)
        if self.extended_months is not None:
            _check_months(self.extended_months, "extended_months", minimum=self.max_months.value + 1)
        if self.token_months is not None:
            _check_months(self.token_months, "token_months")
        for component in CARRIED:
            field = f"{component}_treatments"
            _check_members(getattr(self, field), frozenset, CarriedTreatment, field)
        check_order(self.order)
        for field, kind in _LISTS.items():
            limit = getattr(self, field)
            if limit is not None:
                _check_members(limit, tuple, kind, field)
        if len(set(self.concession_order)) < len(self.concession_order):
            raise PolicyError("rules.concessions", "concessions", "expected each concession once")
        for concession in self.concession_order:
            if not concession.is_concession:
                message = f"expected a concession, got NextStepKind.{concession.name}"
                raise PolicyError("rules.concessions", "concessions", message)

    @property
    def concession_order(self) -> tuple[NextStepKind, ...]:
        """Which concessions to look at, in order."""
        return CONCESSIONS if self.concessions is None else self.concessions.value

    def treatments_of(self, component: str) -> Limit[frozenset[CarriedTreatment]]:
        """Give where ``component`` (interest, fees or penalties) may go."""
        limit: Limit[frozenset[CarriedTreatment]] = getattr(self, f"{component}_treatments")
        return limit

    def check_treatments(self, treatments: CarriedTreatments) -> None:
        """Refuse a treatment that the rules do not allow.

        Raises:
            PolicyError: Naming the component, the treatment and the source.
        """
        for component in CARRIED:
            self.check_treatment(component, getattr(treatments, component))

    def check_treatment(self, component: str, chosen: CarriedTreatment) -> None:
        """Refuse where ``component`` is to go, if the rules do not allow it there.

        Raises:
            PolicyError: Naming the component, the treatment and the source.
        """
        limit = self.treatments_of(component)
        if chosen not in limit.value:
            allowed = ", ".join(sorted(treatment.name for treatment in limit.value))
            message = f"{chosen.name} is refused by {limit.citation}; expected one of {allowed}"
            raise PolicyError("rules.treatment", component, message, {"treatment": chosen})


_LISTS: dict[str, type] = {
    "conditions": PlanCondition,
    "contents": PlanContent,
    "duties": PlanDuty,
    "concessions": NextStepKind,
}


def _check_months(limit: Limit[int], field: str, minimum: int = 1) -> None:
    check_instance(limit, Limit, field)
    check_count(limit.value, field, minimum=minimum, maximum=_MONTHS_MAX, error=PolicyError)


def _check_members(limit: Limit[Any], collection: type, kind: type, field: str) -> None:
    check_instance(limit, Limit, field)
    for member in check_instance(limit.value, collection, field):
        check_instance(member, kind, field)
