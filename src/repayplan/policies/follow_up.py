"""Rules of following up by jurisdiction, each figure with its source.

Rules as data for engineers, not legal advice: check before use. No rule book has them as a part: Regulation X
binds servicers of mortgages alone, and no figure was read of the notices that the law of the United Kingdom
or of the European Union wants of arrears. Give them, or your own, with ``policies.compose``.

Not here, since they are known from memory or one doubtful page alone: in Australia the days within which a
hardship notice is answered, and in China the working days within which a request for a plan is.
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
    applies_to="servicers of mortgages; delinquency begins on the due day, and who keeps to a plan is not"
    " delinquent; good practice for other credit",
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
                unit="days after the last notice",
            ),
        ),
    ),
)
"""The United States: a live contact by day 36 and a written notice by day 45, which is not given again within
180 days."""
