"""From when on something counts as a barrier, and within which time what is done: rules as data."""

from __future__ import annotations

from typing import Any, Final

import attrs

from repayplan.checks import check_count, check_instance
from repayplan.communication.periods import check_limit
from repayplan.communication.profiles import VERIFYING_SOURCES, PointSource
from repayplan.errors import PolicyError
from repayplan.rules import Citation, Comparison, Force, Limit, Protects
from repayplan.values import Value

__all__ = ["HOUSE_BARRIER_RULES", "BarrierRules"]

_COUNT_MAX: Final = 10_000


@attrs.frozen(kw_only=True)
class BarrierRules(Value):
    """The thresholds of diagnosis and the times of remedies.

    Attempts are counted in a row: with none among them that got through. Days are days of 24 hours.

    Attributes:
        technical_attempts: How many failed connections at one contact point are a technical failure.
        dead_line_attempts: How many times a line is out of service until the data count as inaccurate. A
            message that came back shows that at once.
        unsuitable_attempts: How many attempts in a way that the client did not wish, without a response, make
            the channel unsuitable.
        no_reply_attempts: How many attempts without any reply are a barrier, once ``no_reply_days`` are over.
        no_reply_days: How many days the client has to reply, counted from the first of these attempts.
        verification_days: How many days after it was verified a contact point is outdated.
        worked_days: For how many days it counts that a channel has worked.
        sources: The sources from which contact data may be verified; what another one says closes nothing.
        ask_emergency_contact: Whether an emergency contact may be asked how the client can be reached, and
            nothing else.
        desk_days: Within how many days what the desk does by itself is done.
        helper_days: Within how many days what others are needed for is done.
        meeting_days: Within how many days a meeting is offered.
        pause_days: For how many days a client who does not wish to talk is left in peace.

    Raises:
        PolicyError: A figure is out of its range, or is compared in a way that makes no sense for it.
    """

    technical_attempts: Limit[int]
    dead_line_attempts: Limit[int]
    unsuitable_attempts: Limit[int]
    no_reply_attempts: Limit[int]
    no_reply_days: Limit[int]
    verification_days: Limit[int]
    worked_days: Limit[int]
    sources: Limit[frozenset[PointSource]]
    ask_emergency_contact: Limit[bool]
    desk_days: Limit[int]
    helper_days: Limit[int]
    meeting_days: Limit[int]
    pause_days: Limit[int]

    def __attrs_post_init__(self) -> None:
        """Check the figures."""
        for field, (least, comparison) in _FIGURES.items():
            limit = check_instance(getattr(self, field), Limit, field)
            check_count(limit.value, field, minimum=least, maximum=_COUNT_MAX, error=PolicyError)
            if limit.comparison is not comparison:
                message = f"expected the comparison {comparison.value}, got {limit.comparison.value}"
                raise PolicyError("barriers.comparison", f"{field}.comparison", message)
        check_limit(self.sources, frozenset, "sources")
        for source in self.sources.value:
            check_instance(source, PointSource, "sources.value")
        if not self.sources.value:
            raise PolicyError(
                "barriers.sources", "sources", "expected at least one source, such as the client"
            )
        check_limit(self.ask_emergency_contact, bool, "ask_emergency_contact")


_FIGURES: Final = {
    "technical_attempts": (1, Comparison.AT_LEAST),
    "dead_line_attempts": (1, Comparison.AT_LEAST),
    "unsuitable_attempts": (1, Comparison.AT_LEAST),
    "no_reply_attempts": (1, Comparison.AT_LEAST),
    "no_reply_days": (0, Comparison.AT_LEAST),
    "verification_days": (1, Comparison.MORE_THAN),
    "worked_days": (1, Comparison.AT_MOST),
    "desk_days": (0, Comparison.AT_MOST),
    "helper_days": (0, Comparison.AT_MOST),
    "meeting_days": (0, Comparison.AT_MOST),
    "pause_days": (1, Comparison.AT_LEAST),
}

_HOUSE: Final = Citation(
    title="repayplan house default",
    force=Force.HOUSE,
    applies_to="barriers of communication and their remedies",
)


def _count(value: int, field: str, unit: str, protects: Protects) -> Limit[int]:
    return Limit(value, _HOUSE, comparison=_FIGURES[field][1], unit=unit, protects=protects)


def _house() -> dict[str, Any]:
    attempts, days = "attempts in a row", "days"
    return {
        "technical_attempts": _count(2, "technical_attempts", attempts, Protects.LOWER),
        "dead_line_attempts": _count(2, "dead_line_attempts", attempts, Protects.LOWER),
        "unsuitable_attempts": _count(2, "unsuitable_attempts", attempts, Protects.LOWER),
        "no_reply_attempts": _count(3, "no_reply_attempts", attempts, Protects.LOWER),
        "no_reply_days": _count(14, "no_reply_days", days, Protects.NEITHER),
        "verification_days": _count(365, "verification_days", days, Protects.LOWER),
        "worked_days": _count(365, "worked_days", days, Protects.NEITHER),
        "desk_days": _count(2, "desk_days", days, Protects.LOWER),
        "helper_days": _count(7, "helper_days", days, Protects.LOWER),
        "meeting_days": _count(14, "meeting_days", days, Protects.LOWER),
        "pause_days": _count(14, "pause_days", days, Protects.HIGHER),
    }


HOUSE_BARRIER_RULES: Final = BarrierRules(
    **_house(),
    sources=Limit(VERIFYING_SOURCES, _HOUSE),
    ask_emergency_contact=Limit(value=False, citation=_HOUSE, protects=Protects.LOWER),
)
"""House defaults, none of them law. Emergency contacts are not asked: a bank whose law permits it says so."""
