"""A policy from parts: rules of a jurisdiction, and the bank's own where it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from repayplan.affordability.rules import AffordabilityRules
from repayplan.checks import check_date
from repayplan.communication.contact_rule_book import ContactRules
from repayplan.communication.record_rules import RecordRules
from repayplan.errors import InputTypeError, PolicyError, shown
from repayplan.overdue.follow_up_rules import FollowUpRules
from repayplan.overdue.rules import OverdueRules
from repayplan.plan.rules import PlanRules
from repayplan.policies.policy import PARTS, Policy

if TYPE_CHECKING:
    import datetime

    import pendulum

__all__ = ["compose"]

Source: TypeAlias = (
    Policy | AffordabilityRules | PlanRules | OverdueRules | RecordRules | ContactRules | FollowUpRules
)


def compose(name: str, *sources: Source, effective_from: datetime.date | None = None) -> Policy:
    """Give a policy with the parts of several sources.

    No source takes precedence: a part comes from one of them. To take some parts of a policy only, hand over
    the parts: ``compose(name, uk.CONSUMER_CREDIT.in_force(day).plan, ours, effective_from=day)``.

    Args:
        name: The name of the new policy.
        sources: Policies, with all the parts that they have, and rules.
        effective_from: From which day it is in force; None is the latest day of the policies among the
            sources, before which one of them is not in force.

    Raises:
        PolicyError: A part comes from two sources, plans and lateness have different orders of allocation,
            or the day is missing or too early.
        InputTypeError: A source is neither a policy nor rules; of versions, take those in force on a day.
    """
    parts: dict[str, Any] = {}
    for place, source in enumerate(sources):
        for part, rules in _parts_of(source, place).items():
            if part in parts:
                message = (
                    f"expected the part {part} once, and an earlier source has it; leave one of them out"
                )
                raise PolicyError("policy.part_twice", f"sources[{place}]", message, {"part": part})
            parts[part] = rules
    begins = [source.effective_from for source in sources if isinstance(source, Policy)]
    return Policy(name=name, effective_from=_first_day(effective_from, max(begins, default=None)), **parts)


def _parts_of(source: Source, place: int) -> dict[str, Any]:
    if isinstance(source, Policy):
        return {part: getattr(source, part) for part in PARTS if source.has(part)}
    for part, kind in PARTS.items():
        if isinstance(source, kind):
            return {part: source}
    message = f"expected a Policy or rules of one of its parts, got {shown(source)}"
    raise InputTypeError("policy.source", f"sources[{place}]", message)


def _first_day(given: datetime.date | None, latest: pendulum.Date | None) -> pendulum.Date:
    if given is None:
        if latest is None:
            message = "expected a day, since no policy among the sources has one"
            raise PolicyError("policy.effective_from", "effective_from", message)
        return latest
    day = check_date(given, "effective_from")
    if latest is not None and day < latest:
        message = f"expected {latest} or later, from when all sources are in force, got {day}"
        raise PolicyError(
            "policy.effective_from", "effective_from", message, {"latest": latest, "given": day}
        )
    return day
