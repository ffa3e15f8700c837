"""What lines of a budget are for, and what they rest on."""

from __future__ import annotations

from repayplan.values import Enumeration

__all__ = ["Category", "CommitmentKind", "LineEvidence"]


class Category(Enumeration):
    """What an expense is for; the groups of the standard financial statement, with short names."""

    HOUSING = "housing"
    UTILITIES = "utilities"
    TRANSPORT = "transport"
    HEALTH = "health"
    SCHOOL = "school"
    INSURANCE = "insurance"
    PROFESSIONAL = "professional"
    OTHER_ESSENTIAL = "other_essential"
    COMMUNICATIONS = "communications"
    FOOD = "food"
    PERSONAL = "personal"
    SAVINGS = "savings"

    @property
    def is_essential(self) -> bool:
        """Whether its expenses count as essential unless they say otherwise."""
        return self not in (Category.COMMUNICATIONS, Category.SAVINGS)


class CommitmentKind(Enumeration):
    """What a payment is for that comes before any offer."""

    RENT_ARREARS = "rent arrears"
    MORTGAGE_ARREARS = "mortgage arrears"
    ENERGY_ARREARS = "energy arrears"
    TAX_ARREARS = "tax arrears"
    FINE = "fine"
    COURT_ORDER = "court order"
    MAINTENANCE = "maintenance"
    OTHER_CREDIT = "other credit"

    @property
    def is_priority(self) -> bool:
        """Whether not paying it may cost a home, heat, goods or freedom."""
        return self is not CommitmentKind.OTHER_CREDIT


class LineEvidence(Enumeration):
    """What a line of the budget rests on."""

    DECLARED = "declared"
    """The client's word alone."""
    DOCUMENTED = "documented"
    """A payslip, a statement or a bill was seen."""
    VERIFIED = "verified"
    """It was checked with its source, on a stated day."""
