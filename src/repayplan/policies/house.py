"""Defaults of this library where no rule has a figure; named as such, and never presented as law."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.affordability.rules import AffordabilityRules
from repayplan.communication.record_rules import RecordItem
from repayplan.money import Money
from repayplan.overdue.classification import Band, DelinquencyScale
from repayplan.overdue.orders import PENALTIES_FEES_INTEREST_PRINCIPAL
from repayplan.rules import Citation, Comparison, Force, Limit, Protects
from repayplan.schedule.carried import CarriedTreatment

if TYPE_CHECKING:
    from repayplan.currency import Currency

__all__ = [
    "ANYWHERE",
    "BUCKETS",
    "HOUSE",
    "LATE_FEE_DAYS",
    "MAX_MONTHS",
    "NOT_CAPITALIZED",
    "ORDER",
    "RECORD_ITEMS",
    "REMINDER_DAYS",
    "TOKEN_MONTHS",
    "affordability",
    "protected_minimum",
]

HOUSE: Final = Citation(
    title="repayplan house default",
    force=Force.HOUSE,
    applies_to="no legal figure is known; replace it with the bank's own",
)

MAX_MONTHS: Final = Limit(60, HOUSE, comparison=Comparison.AT_MOST, unit="months")
TOKEN_MONTHS: Final = Limit(6, HOUSE, comparison=Comparison.AT_MOST, unit="months")
ANYWHERE: Final = Limit(frozenset(CarriedTreatment), HOUSE)
NOT_CAPITALIZED: Final = Limit(frozenset(CarriedTreatment) - {CarriedTreatment.CAPITALIZE}, HOUSE)
ORDER: Final = attrs.evolve(PENALTIES_FEES_INTEREST_PRINCIPAL, citation=HOUSE)
LATE_FEE_DAYS: Final = Limit(
    1, HOUSE, comparison=Comparison.AT_LEAST, unit="days past due", protects=Protects.HIGHER
)
REMINDER_DAYS: Final = Limit(3, HOUSE, comparison=Comparison.AT_LEAST, unit="days before the due day")
RECORD_ITEMS: Final = Limit(frozenset(RecordItem), HOUSE)
BUCKETS: Final = DelinquencyScale(
    (
        Band(0, 0, "current"),
        Band(1, 30, "1-30"),
        Band(31, 60, "31-60"),
        Band(61, 90, "61-90"),
        Band(91, 120, "91-120"),
        Band(121, 150, "121-150"),
        Band(151, 180, "151-180"),
        Band(181, None, "over 180"),
    ),
    HOUSE,
)
"""Spans of 30 days by their days: names that say no more than they mean."""


def protected_minimum(currency: Currency | str) -> Limit[Money]:
    """Give a protected minimum of nothing besides the expenses of the budget, which a bank may raise."""
    return Limit(
        Money(0, currency), HOUSE, comparison=Comparison.AT_LEAST, unit="a month", protects=Protects.HIGHER
    )


def affordability(currency: Currency | str) -> AffordabilityRules:
    """Give the rules where no law says what stays with the client: a tenth of the surplus."""
    return AffordabilityRules(
        contingency=Limit(
            Fraction(1, 10),
            HOUSE,
            comparison=Comparison.AT_LEAST,
            unit="share of the surplus",
            protects=Protects.HIGHER,
        ),
        protected_minimum=protected_minimum(currency),
    )
