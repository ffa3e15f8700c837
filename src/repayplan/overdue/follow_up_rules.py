"""The rules of following up: by when what is to be done, as data, each figure with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from repayplan.calendars import BusinessDayConvention, CalendarLike, WeekendCalendar, check_calendar
from repayplan.checks import check_count, check_instance, check_tuple
from repayplan.errors import PolicyError
from repayplan.rules import Citation, Comparison, Force, Limit, Protects
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

__all__ = ["HOUSE_FOLLOW_UP_RULES", "ArrearsNotice", "ArrearsNoticeKind", "FollowUpRules"]

_DAYS_MAX: Final = 36_600
_FIRST_DUE_DAYS_MAX: Final = 366
"""A year: interest runs on until the first payment, and a plan must still end within its longest term."""
_NOTICES_MAX: Final = 20


class ArrearsNoticeKind(Enumeration):
    """How the law wants a client in arrears to hear from the bank."""

    LIVE_CONTACT = "live contact"
    """A talk, or a good-faith attempt at one."""
    WRITTEN_NOTICE = "written notice"


@attrs.frozen(kw_only=True)
class ArrearsNotice(Value):
    """A notice that the law wants when a debt is in arrears.

    Days are counted from the due day since which the debt is past due, which is day 0; after a transfer of
    the debt, from the first due day after it (12 CFR 1024 Supp. I, comment 39(b)(1)-5). A client who keeps a
    plan is not in arrears (comment 39(a)-1.ii).

    Attributes:
        kind: How.
        by_day: The last day for it.
        not_within: Within how many days of the last one it is not given again, for written notices; None
            where each due day of a missed payment calls for one anew.

    Raises:
        PolicyError: A figure is out of range.
    """

    kind: ArrearsNoticeKind
    by_day: Limit[int]
    not_within: Limit[int] | None = None

    def __attrs_post_init__(self) -> None:
        """Check the figures."""
        check_instance(self.kind, ArrearsNoticeKind, "kind")
        _check_days(self.by_day, "by_day", 1)
        if self.not_within is not None:
            _check_days(self.not_within, "not_within", 1)


def _to_notices(value: Sequence[ArrearsNotice]) -> tuple[ArrearsNotice, ...]:
    return check_tuple(value, ArrearsNotice, "notices", maximum=_NOTICES_MAX, error=PolicyError)


@attrs.frozen(kw_only=True)
class FollowUpRules(Value):
    """By when what is to be done in a case.

    Attributes:
        answer_days: Within how many days a message or a request of the client is answered.
        answer_calendar: The days that count for that, where those are working days; None counts all.
        reminder_lead: How many days before its last day a reminder may go out.
        talk_days: Within how many days after a missed due day the client is asked for the cause.
        promise_days: Within how many days after the day of a promise it is followed up.
        notice_days: Within how many days a cure or a completion is confirmed.
        offer_days: Within how many days after the cause is known an adjustment is offered.
        stated_days: How many days old a statement of what is owed may be, for plans to be offered on it.
        first_due_days: How many days at least a client has to the first payment of a new plan.
        desk_days: Within how many days the desk does what needs no contact.
        review_days: How many days before a temporary plan ends its review begins.
        budget_months: After how many months a budget is reviewed.
        retry_days: How many days after a failed attempt the next one may follow.
        attempts: How many attempts are made for one reason.
        notices: The notices that the law wants of a debt in arrears.

    Raises:
        PolicyError: A figure is out of range.
    """

    answer_days: Limit[int]
    answer_calendar: CalendarLike | None = None
    reminder_lead: Limit[int]
    talk_days: Limit[int]
    promise_days: Limit[int]
    notice_days: Limit[int]
    offer_days: Limit[int]
    stated_days: Limit[int]
    first_due_days: Limit[int]
    desk_days: Limit[int]
    review_days: Limit[int]
    budget_months: Limit[int]
    retry_days: Limit[int]
    attempts: Limit[int]
    notices: tuple[ArrearsNotice, ...] = attrs.field(default=(), converter=_to_notices)

    def __attrs_post_init__(self) -> None:
        """Check the figures."""
        for field, least in _FIGURES.items():
            most = _FIRST_DUE_DAYS_MAX if field == "first_due_days" else _DAYS_MAX
            _check_days(getattr(self, field), field, least, most)
        if self.answer_calendar is not None:
            check_calendar(self.answer_calendar)

    def answer_by(self, day: pendulum.Date) -> pendulum.Date:
        """Give the last day for the answer to what came on a day, which itself does not count."""
        if self.answer_calendar is None:
            return day.add(days=self.answer_days.value)
        for _ in range(self.answer_days.value):
            day = BusinessDayConvention.FOLLOWING.adjust(day.add(days=1), self.answer_calendar)
        return day


_FIGURES: Final = {
    "answer_days": 0,
    "reminder_lead": 0,
    "talk_days": 0,
    "promise_days": 0,
    "notice_days": 0,
    "offer_days": 0,
    "stated_days": 0,
    "first_due_days": 1,
    "desk_days": 0,
    "review_days": 0,
    "budget_months": 1,
    "retry_days": 1,
    "attempts": 1,
}
"""The least that each figure may be."""


def _check_days(limit: Limit[int], field: str, least: int, most: int = _DAYS_MAX) -> None:
    check_instance(limit, Limit, field)
    check_count(limit.value, field, minimum=least, maximum=most, error=PolicyError)


_HOUSE: Final = Citation(
    title="repayplan house default",
    force=Force.HOUSE,
    applies_to="no figure of law is known; replace it with the bank's own",
)


def _at_most(value: int, unit: str = "days") -> Limit[int]:
    return Limit(value, _HOUSE, comparison=Comparison.AT_MOST, unit=unit, protects=Protects.LOWER)


def _at_least(value: int) -> Limit[int]:
    return Limit(value, _HOUSE, comparison=Comparison.AT_LEAST, unit="days", protects=Protects.HIGHER)


HOUSE_FOLLOW_UP_RULES: Final = FollowUpRules(
    answer_days=_at_most(7, "working days"),
    answer_calendar=WeekendCalendar(),
    reminder_lead=Limit(4, _HOUSE, comparison=Comparison.AT_MOST, unit="days"),
    talk_days=_at_most(3),
    promise_days=_at_most(3),
    notice_days=_at_most(7),
    offer_days=_at_most(7),
    stated_days=_at_most(92),
    first_due_days=_at_least(30),
    desk_days=_at_most(2),
    review_days=_at_least(30),
    budget_months=_at_most(12, "months"),
    retry_days=_at_least(3),
    attempts=_at_most(3, "attempts"),
)
"""What is done where no rule has a figure; the bank's own may stand in its place."""
