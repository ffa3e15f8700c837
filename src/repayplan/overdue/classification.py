"""Names for how long a debt is overdue: buckets of practice and classes of regulation."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_count, check_instance, check_text, check_tuple
from repayplan.errors import PolicyError, shown
from repayplan.rules import Citation, Comparison, Finding
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DAYS_PAST_DUE_MAX", "Band", "DelinquencyScale"]

DAYS_PAST_DUE_MAX = 4_000_000
"""More days than a calendar of 9999 years has."""

_BANDS_MAX = 100


@attrs.frozen
class Band(Value):
    """A span of days past due with a name.

    Attributes:
        first_day: The first day past due, included; 0 is not overdue.
        last_day: The last day, included; None has no end.
        name: The name, in the language of the rule.
        comparison: How the rule states the first day: at least that many days, or more than one day less.
    """

    first_day: int
    last_day: int | None
    name: str
    comparison: Comparison = Comparison.AT_LEAST

    @classmethod
    def more_than(cls, days: int, last_day: int | None, name: str) -> Band:
        """Give the band that begins, as the rule states it, with more than so many days."""
        bound = DAYS_PAST_DUE_MAX - 1
        first = 1 + check_count(days, "days", minimum=0, maximum=bound, error=PolicyError)
        return cls(first, last_day, name, Comparison.MORE_THAN)

    @property
    def stated(self) -> str:
        """The first day as the rule states it, such as ``more than 90``."""
        less = 1 if self.comparison is Comparison.MORE_THAN else 0
        return f"{self.comparison.value} {self.first_day - less}"

    def __attrs_post_init__(self) -> None:
        """Check the span."""
        bound = DAYS_PAST_DUE_MAX
        check_count(self.first_day, "first_day", minimum=0, maximum=bound, error=PolicyError)
        if self.last_day is not None:
            check_count(self.last_day, "last_day", minimum=self.first_day, maximum=bound, error=PolicyError)
        check_text(self.name, "name", error=PolicyError)
        if self.comparison not in {Comparison.AT_LEAST, Comparison.MORE_THAN}:
            message = f"expected AT_LEAST or MORE_THAN, got {shown(self.comparison)}"
            raise PolicyError("band.comparison", "comparison", message)
        if self.comparison is Comparison.MORE_THAN and not self.first_day:
            raise PolicyError("band.comparison", "first_day", "expected more than zero days or more")


def _to_bands(value: Sequence[Band]) -> tuple[Band, ...]:
    return check_tuple(value, Band, "bands", maximum=_BANDS_MAX, error=PolicyError)


@attrs.frozen
class DelinquencyScale(Value):
    """Bands of days past due that do not overlap, in rising order.

    A table should cover every number of days; where it does not, :attr:`gaps` and :attr:`finding` say so, and
    the days between have no name.

    Attributes:
        bands: The bands, from 0 days on; the last has no end.
        citation: Where the scale comes from.

    Raises:
        PolicyError: There is no band, or two overlap or stand in the wrong order.
    """

    bands: tuple[Band, ...] = attrs.field(converter=_to_bands)
    citation: Citation

    def __attrs_post_init__(self) -> None:
        """Check that no day has two names."""
        check_instance(self.citation, Citation, "citation")
        if not self.bands:
            raise PolicyError("scale.empty", "bands", "expected at least one band, got none")
        for index, (band, following) in enumerate(pairwise(self.bands), start=1):
            if band.last_day is None or following.first_day <= band.last_day:
                message = f"expected the band to begin after the one before, got {following.first_day}"
                raise PolicyError("scale.overlap", f"bands[{index}]", message)

    @property
    def gaps(self) -> tuple[tuple[int, int | None], ...]:
        """The spans of days that have no name: first and last day, None where there is no end."""
        ends = [
            0,
            *(DAYS_PAST_DUE_MAX if band.last_day is None else band.last_day + 1 for band in self.bands),
        ]
        gaps: list[tuple[int, int | None]] = [
            (end, band.first_day - 1)
            for end, band in zip(ends, self.bands, strict=False)
            if end < band.first_day
        ]
        return tuple(gaps) if self.bands[-1].last_day is None else (*gaps, (ends[-1], None))

    @property
    def finding(self) -> Finding:
        """Whether every number of days has a name."""
        return Finding("scale_without_gaps", not self.gaps, self.gaps, (), self.citation)

    def classify(self, days_past_due: int) -> str | None:
        """Name a number of days past due; None where the table has no name for it."""
        bound = DAYS_PAST_DUE_MAX
        days = check_count(days_past_due, "days_past_due", minimum=0, maximum=bound, error=PolicyError)
        band = next((band for band in reversed(self.bands) if band.first_day <= days), None)
        if band is None or (band.last_day is not None and band.last_day < days):
            return None
        return band.name
