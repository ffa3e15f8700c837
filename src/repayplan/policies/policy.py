"""A policy: the rules of one jurisdiction and product, in versions by the day from which they bind."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.affordability.rules import AffordabilityRules
from repayplan.checks import check_date, check_instance, check_text, check_tuple
from repayplan.communication.contact_rule_book import ContactRules
from repayplan.communication.record_rules import RecordRules
from repayplan.errors import PolicyError
from repayplan.overdue.rules import OverdueRules, OverdueRuleVersions
from repayplan.plan.rules import PlanRules
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

__all__ = ["Policy", "PolicyVersions"]

_VERSIONS_MAX = 100


def _to_effective_from(value: datetime.date) -> pendulum.Date:
    return check_date(value, "effective_from")


@attrs.frozen(kw_only=True)
class Policy(Value):
    """One version of a rule book.

    Attributes:
        name: The rule book's name.
        effective_from: The first day on which this version is in force.
        affordability: What stays with the client.
        plan: Limits on plans.
        overdue: How lateness is counted, judged and named.
        records: What records must show and how long they are kept; None where the caller states it.
        contact: When, how and how often the client may be contacted; None where the caller states it.

    Raises:
        PolicyError: Plans and lateness have different orders of allocation, so that a revision would take
            over another debt than the standing tells.
    """

    name: str
    effective_from: pendulum.Date = attrs.field(converter=_to_effective_from)
    affordability: AffordabilityRules
    plan: PlanRules
    overdue: OverdueRules
    records: RecordRules | None = None
    contact: ContactRules | None = None

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        check_text(self.name, "name", error=PolicyError)
        check_instance(self.affordability, AffordabilityRules, "affordability")
        check_instance(self.plan, PlanRules, "plan")
        check_instance(self.overdue, OverdueRules, "overdue")
        if self.records is not None:
            check_instance(self.records, RecordRules, "records")
        if self.contact is not None:
            check_instance(self.contact, ContactRules, "contact")
        if self.plan.order != self.overdue.order:
            message = "expected the order of allocation of overdue.order, by which the standing is told"
            raise PolicyError("policy.order", "plan.order", message)


def _to_versions(value: Sequence[Policy]) -> tuple[Policy, ...]:
    return check_tuple(value, Policy, "versions", maximum=_VERSIONS_MAX, error=PolicyError)


@attrs.frozen
class PolicyVersions(Value):
    """The versions of a policy, the oldest first.

    Raises:
        PolicyError: There is none, or two begin on one day or stand in the wrong order.
    """

    versions: tuple[Policy, ...] = attrs.field(converter=_to_versions)

    def __attrs_post_init__(self) -> None:
        """Check the order."""
        if not self.versions:
            raise PolicyError("policy.versions", "versions", "expected at least one version, got none")
        for index, (earlier, later) in enumerate(pairwise(self.versions), start=1):
            if later.effective_from <= earlier.effective_from:
                message = f"expected a day after {earlier.effective_from}, got {later.effective_from}"
                raise PolicyError("policy.versions", f"versions[{index}].effective_from", message)

    @property
    def overdue(self) -> OverdueRuleVersions:
        """The rules for lateness of all versions, by which a question about a day is answered."""
        return OverdueRuleVersions([(version.effective_from, version.overdue) for version in self.versions])

    def in_force(self, on: datetime.date) -> Policy:
        """Give the version in force on a day.

        Raises:
            PolicyError: The day is before the first version.
        """
        day = check_date(on, "on")
        for version in reversed(self.versions):
            if version.effective_from <= day:
                return version
        first = self.versions[0].effective_from
        message = f"expected {first} or later, got {day}; no earlier rules are known here"
        raise PolicyError("policy.not_in_force", "on", message, {"first": first, "on": day})
