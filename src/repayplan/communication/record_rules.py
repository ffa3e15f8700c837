"""The rules for records: what they must show, what must be said, and how long they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from repayplan.checks import check_instance, check_tuple
from repayplan.communication.limitation_rules import LimitationRules
from repayplan.communication.periods import Period, check_limit
from repayplan.communication.purposes import StatedItem
from repayplan.errors import PolicyError
from repayplan.rules import Citation, Comparison, Limit
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "DemandRules",
    "RecordItem",
    "RecordRules",
    "RetentionRule",
    "RetentionScope",
    "RetentionStart",
]

_RULES_MAX: Final = 100


class RecordItem(Enumeration):
    """What a record of a contact must show to be usable."""

    SENDER = "sender"
    RECEIVER = "receiver"
    TIME_ZONE = "time zone"
    END = "end of the talk"
    CONTENT = "content"
    RIGHT_PARTY = "right party"
    LANGUAGE = "language"
    RECEIPT = "receipt"
    INTEGRITY = "integrity"
    """That it stands in a log, which shows that nothing was changed."""


class RetentionScope(Enumeration):
    """Which records a rule of retention is for."""

    EVERY_RECORD = "every record"
    RECORDINGS = "recordings of calls"
    ORAL_AGREEMENTS = "recordings of oral agreements"


class RetentionStart(Enumeration):
    """From which day a period of retention runs."""

    RECORD = "the contact itself"
    LAST_ACTIVITY = "the last activity of collection"
    DEBT_CLEARED = "the debt is cleared"


@attrs.frozen(kw_only=True)
class RetentionRule(Value):
    """How long records are kept: at least or at most.

    Attributes:
        scope: Which records.
        start: From which day the period runs.
        period: How long; its comparison says whether at least or at most.

    Raises:
        PolicyError: The comparison is neither ``AT_LEAST`` nor ``AT_MOST``.
    """

    scope: RetentionScope
    start: RetentionStart
    period: Limit[Period]

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        check_instance(self.scope, RetentionScope, "scope")
        check_instance(self.start, RetentionStart, "start")
        check_limit(self.period, Period, "period")
        if self.period.comparison not in {Comparison.AT_LEAST, Comparison.AT_MOST}:
            message = f"expected at least or at most, got {self.period.comparison.value}"
            raise PolicyError("retention.comparison", "period.comparison", message)


@attrs.frozen(kw_only=True)
class DemandRules(Value):
    """When demands count as effective under a criminal rule; a check of the record, never a reason to act.

    Attributes:
        count: How many demands it takes.
        gap: At least how long the first and a later one lie apart.
    """

    count: Limit[int]
    gap: Limit[Period]

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        check_limit(self.count, int, "count")
        check_limit(self.gap, Period, "gap")


def _to_retention(value: Sequence[RetentionRule]) -> tuple[RetentionRule, ...]:
    return check_tuple(value, RetentionRule, "retention", maximum=_RULES_MAX, error=PolicyError)


@attrs.frozen(kw_only=True)
class RecordRules(Value):
    """What records must show, and how long they are kept.

    Attributes:
        required: What the record of a contact must show.
        letter_items: What a letter that asks for payment must say; None where no rule is known.
        agency_items: What must be said in writing where it is said that a debt goes to a collection agency;
            None where no rule is known.
        agreement_items: What a talk must state in which a plan is agreed; None where no rule is known.
        agreement_recorded: The rule by which such a talk is recorded; None where none is known.
        retention: How long records are kept.
        limitation: When a claim expires; None where the caller states it.
        report_wait: How long after a notice nothing is reported to a credit bureau; None for no rule.
        demands: When demands are effective under a criminal rule; None leaves the check out, as it is by
            default.
    """

    required: Limit[frozenset[RecordItem]]
    letter_items: Limit[frozenset[StatedItem]] | None = None
    agency_items: Limit[frozenset[StatedItem]] | None = None
    agreement_items: Limit[frozenset[StatedItem]] | None = None
    agreement_recorded: Citation | None = None
    retention: tuple[RetentionRule, ...] = attrs.field(default=(), converter=_to_retention)
    limitation: LimitationRules | None = None
    report_wait: Limit[Period] | None = None
    demands: DemandRules | None = None

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        check_limit(self.required, frozenset, "required")
        for field, kind in _FIGURES.items():
            if getattr(self, field) is not None:
                check_limit(getattr(self, field), kind, field)
        for field, kind in _OPTIONAL.items():
            if getattr(self, field) is not None:
                check_instance(getattr(self, field), kind, field)


_FIGURES: Final[dict[str, type]] = {
    "letter_items": frozenset,
    "agency_items": frozenset,
    "agreement_items": frozenset,
    "report_wait": Period,
}
_OPTIONAL: Final[dict[str, type]] = {
    "agreement_recorded": Citation,
    "limitation": LimitationRules,
    "demands": DemandRules,
}
