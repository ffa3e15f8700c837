"""Names for how long a debt is overdue: buckets of practice and classes of regulation."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_count, check_instance, check_text, check_tuple
from repayplan.errors import PolicyError
from repayplan.rules import Citation
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
    """

    first_day: int
    last_day: int | None
    name: str

    def __attrs_post_init__(self) -> None:
        """Check the span."""
        bound = DAYS_PAST_DUE_MAX
        check_count(self.first_day, "first_day", minimum=0, maximum=bound, error=PolicyError)
        if self.last_day is not None:
            check_count(self.last_day, "last_day", minimum=self.first_day, maximum=bound, error=PolicyError)
        check_text(self.name, "name", error=PolicyError)


def _to_bands(value: Sequence[Band]) -> tuple[Band, ...]:
    return check_tuple(value, Band, "bands", maximum=_BANDS_MAX, error=PolicyError)


@attrs.frozen
class DelinquencyScale(Value):
    """Bands that cover every number of days past due, without a gap and without an overlap.

    Attributes:
        bands: The bands, from 0 days on; the last has no end.
        citation: Where the scale comes from.

    Raises:
        PolicyError: The bands leave a gap, overlap, or do not begin at 0 and end open.
    """

    bands: tuple[Band, ...] = attrs.field(converter=_to_bands)
    citation: Citation

    def __attrs_post_init__(self) -> None:
        """Check that the bands join up."""
        check_instance(self.citation, Citation, "citation")
        if not self.bands or self.bands[0].first_day != 0 or self.bands[-1].last_day is not None:
            raise PolicyError("scale.ends", "bands", "expected bands from 0 days to an open end")
        for index, (band, following) in enumerate(pairwise(self.bands), start=1):
            if band.last_day is None or following.first_day != band.last_day + 1:
                message = (
                    f"expected the band to begin the day after the one before, got {following.first_day}"
                )
                raise PolicyError("scale.join", f"bands[{index}]", message)

    def classify(self, days_past_due: int) -> str:
        """Name a number of days past due."""
        bound = DAYS_PAST_DUE_MAX
        days = check_count(days_past_due, "days_past_due", minimum=0, maximum=bound, error=PolicyError)
        return next(band.name for band in reversed(self.bands) if band.first_day <= days)
