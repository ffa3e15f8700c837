"""By when a client who is late hears from the bank, as law sets it; each figure with its source.

Rules as data for engineers, not legal advice: check before use. Not here, since they are known from memory
or one doubtful page alone: in Australia the days within which a hardship notice is answered, and in China
the working days within which a request for a plan is.
"""

from __future__ import annotations

from typing import Final

from repayplan.rules import Citation, Comparison, Evidence, Force, Limit, Protects

__all__ = [
    "US_REGULATION_X_LIVE_CONTACT",
    "US_REGULATION_X_NOTICE_GAP",
    "US_REGULATION_X_WRITTEN_NOTICE",
]


def _regulation_x(article: str) -> Citation:
    return Citation(
        title="12 CFR Part 1024 (Regulation X)",
        article=article,
        evidence=Evidence.PRIMARY,
        force=Force.LAW,
        applies_to="servicers of mortgages; delinquency begins on the due day, and who keeps to a plan is not"
        " delinquent; good practice for other credit",
    )


US_REGULATION_X_LIVE_CONTACT: Final = Limit(
    36,
    _regulation_x("§ 1024.39(a)"),
    comparison=Comparison.AT_MOST,
    unit="days of delinquency",
    protects=Protects.LOWER,
)
"""A live talk, or an honest effort to have one, by this day of each delinquency."""

US_REGULATION_X_WRITTEN_NOTICE: Final = Limit(
    45,
    _regulation_x("§ 1024.39(b)(1)"),
    comparison=Comparison.AT_MOST,
    unit="days of delinquency",
    protects=Protects.LOWER,
)
"""A notice in writing of what help there is, by this day."""

US_REGULATION_X_NOTICE_GAP: Final = Limit(
    180, _regulation_x("§ 1024.39(b)(1)"), comparison=Comparison.AT_LEAST, unit="days after the last notice"
)
"""No second notice is asked for sooner."""
