"""The rules by which lateness is named."""

from __future__ import annotations

import attrs

from repayplan.checks import check_instance
from repayplan.errors import PolicyError
from repayplan.overdue.classification import DelinquencyScale
from repayplan.values import Value

__all__ = ["OverdueRules"]


@attrs.frozen(kw_only=True)
class OverdueRules(Value):
    """Tables by days past due.

    Attributes:
        buckets: The buckets of practice, such as M0 to M7.
        classes: The regulator's asset classes; None where the library ships none for the day, and the caller
            gives one with ``attrs.evolve(rules, classes=…)``.
    """

    buckets: DelinquencyScale
    classes: DelinquencyScale | None = None

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        check_instance(self.buckets, DelinquencyScale, "buckets")
        if self.classes is not None:
            check_instance(self.classes, DelinquencyScale, "classes")

    def bucket_of(self, days_past_due: int) -> str:
        """Name the bucket of a number of days past due."""
        return self.buckets.classify(days_past_due)

    def class_of(self, days_past_due: int) -> str:
        """Name the regulator's class of a number of days past due.

        Raises:
            PolicyError: No classes are given.
        """
        if self.classes is None:
            message = "no classes are shipped for this day; give them with attrs.evolve(rules, classes=...)"
            raise PolicyError("rules.classes", "classes", message)
        return self.classes.classify(days_past_due)
