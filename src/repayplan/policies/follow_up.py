"""Rules of following up by jurisdiction, each figure with its source.

Rules as data for engineers, not legal advice: check before use.
"""

from __future__ import annotations

from typing import Final

import attrs

from repayplan.overdue.follow_up_rules import (
    HOUSE_FOLLOW_UP_RULES,
    ArrearsNotice,
    ArrearsNoticeKind,
)
from repayplan.rules import Citation, Comparison, Evidence, Force, Limit, Protects

__all__ = ["US_REGULATION_X"]

_REG_X: Final = Citation(
    title="12 CFR Part 1024 (Regulation X)",
    evidence=Evidence.PRIMARY,
    force=Force.LAW,
    applies_to="servicers of mortgage loans; good practice for cards and consumer loans",
)


def _by_day(value: int, article: str) -> Limit[int]:
    citation = attrs.evolve(_REG_X, article=article)
    return Limit(
        value, citation, comparison=Comparison.AT_MOST, unit="days past due", protects=Protects.LOWER
    )


US_REGULATION_X: Final = attrs.evolve(
    HOUSE_FOLLOW_UP_RULES,
    notices=(
        ArrearsNotice(kind=ArrearsNoticeKind.LIVE_CONTACT, by_day=_by_day(36, "§ 1024.39(a)")),
        ArrearsNotice(
            kind=ArrearsNoticeKind.WRITTEN_NOTICE,
            by_day=_by_day(45, "§ 1024.39(b)(1)"),
            not_within=Limit(
                180,
                attrs.evolve(_REG_X, article="§ 1024.39(b)(1)"),
                comparison=Comparison.AT_LEAST,
                unit="days",
                protects=Protects.NEITHER,
            ),
        ),
    ),
)
"""The United States: a live contact by day 36 and a written notice by day 45, which is not given again within
180 days."""
