"""A policy: the rules of one jurisdiction and product, in versions by the day from which they bind."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeVar

import attrs
import pendulum

from repayplan.affordability.rules import AffordabilityRules
from repayplan.checks import check_date, check_instance, check_text, check_tuple
from repayplan.communication.contact_rule_book import ContactRules
from repayplan.communication.record_rules import RecordRules
from repayplan.errors import PolicyError, shown
from repayplan.overdue.follow_up_rules import FollowUpRules
from repayplan.overdue.rules import OverdueRules, OverdueRuleVersions
from repayplan.plan.rules import PlanRules
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

__all__ = ["PARTS", "Policy", "PolicyVersions"]

T = TypeVar("T")

_VERSIONS_MAX: Final = 100

PARTS: Final[dict[str, type]] = {
    "affordability": AffordabilityRules,
    "plan": PlanRules,
    "overdue": OverdueRules,
    "records": RecordRules,
    "contact": ContactRules,
    "follow_up": FollowUpRules,
}
"""The parts of a policy, each a class of rules that knows nothing of policies."""


def _to_effective_from(value: datetime.date) -> pendulum.Date:
    return check_date(value, "effective_from")


@attrs.frozen(kw_only=True, repr=False)
class Policy(Value):
    """One version of a rule book.

    A part may be absent, where no rule of the jurisdiction is known. To ask for it then raises, so that
    nothing is decided by a figure that nobody stated; :func:`repayplan.policies.compose` adds it.

    Attributes:
        name: The rule book's name.
        effective_from: The first day on which this version is in force.
        affordability: What stays with the client.
        plan: Limits on plans.
        overdue: How lateness is counted, judged and named.
        records: What records must show and how long they are kept.
        contact: When, how and how often the client may be contacted.
        follow_up: By when what is to be done in a case.

    Raises:
        PolicyError: Plans and lateness have different orders of allocation, so that a revision would take
            over another debt than the standing tells; or a part is asked for that the policy does not have
            (:meth:`has` tells).
    """

    name: str
    effective_from: pendulum.Date = attrs.field(converter=_to_effective_from)
    _affordability: AffordabilityRules | None = attrs.field(default=None, alias="affordability")
    _plan: PlanRules | None = attrs.field(default=None, alias="plan")
    _overdue: OverdueRules | None = attrs.field(default=None, alias="overdue")
    _records: RecordRules | None = attrs.field(default=None, alias="records")
    _contact: ContactRules | None = attrs.field(default=None, alias="contact")
    _follow_up: FollowUpRules | None = attrs.field(default=None, alias="follow_up")

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        check_text(self.name, "name", error=PolicyError)
        for part, kind in PARTS.items():
            if self.has(part):
                check_instance(getattr(self, f"_{part}"), kind, part)
        if self.has("plan") and self.has("overdue") and self.plan.order != self.overdue.order:
            message = "expected the order of allocation of overdue.order, by which the standing is told"
            raise PolicyError("policy.order", "plan.order", message)

    def __repr__(self) -> str:
        """Give the name and the day: all its limits with their citations would fill the screen."""
        return f"<Policy {self.name}, from {self.effective_from}>"

    def has(self, part: str) -> bool:
        """Tell whether the policy has a part, such as ``"contact"``.

        Raises:
            PolicyError: No policy has such a part.
        """
        if part not in PARTS:
            message = f"expected one of {', '.join(PARTS)}, got {shown(part)}"
            raise PolicyError("policy.part", "part", message)
        return getattr(self, f"_{part}") is not None

    @property
    def affordability(self) -> AffordabilityRules:
        """What stays with the client."""
        return self._stated(self._affordability, "affordability")

    @property
    def plan(self) -> PlanRules:
        """Limits on plans."""
        return self._stated(self._plan, "plan")

    @property
    def overdue(self) -> OverdueRules:
        """How lateness is counted, judged and named."""
        return self._stated(self._overdue, "overdue")

    @property
    def records(self) -> RecordRules:
        """What records must show and how long they are kept."""
        return self._stated(self._records, "records")

    @property
    def contact(self) -> ContactRules:
        """When, how and how often the client may be contacted."""
        return self._stated(self._contact, "contact")

    @property
    def follow_up(self) -> FollowUpRules:
        """By when what is to be done in a case."""
        return self._stated(self._follow_up, "follow_up")

    def _stated(self, rules: T | None, part: str) -> T:
        if rules is None:
            added = f"policies.compose(name, policy, {PARTS[part].__name__}(...))"
            message = f"no such rules are known for this policy; give your own with {added}"
            raise PolicyError("policy.absent", part, message, {"part": part})
        return rules


def _to_versions(value: Sequence[Policy]) -> tuple[Policy, ...]:
    return check_tuple(value, Policy, "versions", maximum=_VERSIONS_MAX, error=PolicyError)


@attrs.frozen(repr=False)
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

    def __repr__(self) -> str:
        """Give the name of the latest version, and the day of each."""
        days = ", ".join(str(version.effective_from) for version in self.versions)
        return f"<PolicyVersions {self.versions[-1].name}, from {days}>"

    @property
    def overdue(self) -> OverdueRuleVersions:
        """The rules for lateness of all versions, by which a question about a day is answered.

        Raises:
            PolicyError: A version has none.
        """
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
