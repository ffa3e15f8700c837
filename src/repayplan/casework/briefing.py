"""brief(): what an adviser must know before the talk, as data and on about one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.casework import briefing_sections as sections
from repayplan.casework.briefing_parts import (
    AccountBrief,
    BarrierBrief,
    CapacityBrief,
    ClientBrief,
    Deadline,
    ReasonBrief,
    Said,
)
from repayplan.casework.briefing_text import text_of
from repayplan.casework.open_data import open_data
from repayplan.casework.view import view_of
from repayplan.explanation import DaysLine, Explanation, ExplanationLine
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime

    from repayplan.casework.case import Case

__all__ = ["Briefing", "brief"]


@attrs.frozen(kw_only=True, repr=False)
class Briefing(Value):
    """What an adviser must know before the talk; made by :func:`repayplan.brief`.

    Attributes:
        case_id: The case.
        at: The moment, by the client's clock.
        client: Who, and how to talk: channels and times, language, accessibility, needs.
        accounts: What is owed, how it was paid, where it stands, promises and limitation, debt by debt.
        capacity: What the client can pay, and what changed; None where no budget was stated.
        reasons: Why the client cannot pay, and whether it was checked, the latest first.
        open_questions: What is missing, unverified or contradictory.
        barriers: What stands in the way, and what helps.
        last_said: What was said last; None where nobody has talked.
        promised_by_us: What we said would happen next, the latest first.
        deadlines: The last days ahead and missed, the earliest first.
    """

    case_id: str
    at: pendulum.DateTime
    client: ClientBrief
    accounts: tuple[AccountBrief, ...]
    capacity: CapacityBrief | None
    reasons: tuple[ReasonBrief, ...]
    open_questions: tuple[str, ...]
    barriers: tuple[BarrierBrief, ...]
    last_said: Said | None
    promised_by_us: tuple[Said, ...]
    deadlines: tuple[Deadline, ...]

    def __repr__(self) -> str:
        """Give the case and the moment: the rest is personal."""
        return f"<Briefing of {self.case_id} at {self.at}>"

    def explain(self) -> Explanation:
        """Lay out the figures: what the client can pay, and what is past due of each debt.

        Keys of lines about a debt begin with its id, as in ``card.past_due``.
        """
        lines, days = list[ExplanationLine](), list[DaysLine]()
        if self.capacity is not None:
            lines += self.capacity.affordability.explain().lines
        for account in self.accounts:
            if account.standing is not None:
                found = account.standing.explain()
                lines += [attrs.evolve(line, key=f"{account.debt_id}.{line.key}") for line in found.lines]
                days += [attrs.evolve(line, key=f"{account.debt_id}.{line.key}") for line in found.days]
        return Explanation(tuple(lines), tuple(days))

    def to_text(self) -> str:
        """Write it on about one page, in English; amounts and dates in the ISO forms."""
        return text_of(self)

    def to_rows(self) -> list[dict[str, object]]:
        """Give a plain row for each debt: text, numbers, dates and exact Decimals."""
        from repayplan.casework.showing_briefing import briefing_rows  # noqa: PLC0415  # when a table is asked for

        return briefing_rows(self)

    def _repr_html_(self) -> str:
        """Show debts, capacity, times to talk and last days in a notebook, and count what is personal."""
        from repayplan.casework.showing_briefing import briefing_html  # noqa: PLC0415  # only notebooks need it

        return briefing_html(self)


def brief(case: Case, as_of: datetime.date) -> Briefing:
    """Give what an adviser must know before the talk, of what is known at a moment.

    Args:
        case: The case. What was recorded later is left out.
        as_of: A moment, or a day, which is its first moment by the clock of the client's first zone. What is
            permitted now needs a moment.

    Raises:
        DateError: The moment is naive.
        PolicyError: No rules are in force on the day, or the policy lacks a part that is needed.
    """
    view = view_of(case, as_of, sections.DEADLINE_DAYS)
    return Briefing(
        case_id=case.id,
        at=view.at,
        client=sections.client_of(view),
        accounts=tuple(sections.account_of(account) for account in view.accounts),
        capacity=sections.capacity_of(view),
        reasons=sections.reasons_of(view),
        open_questions=open_data(view),
        barriers=sections.barriers_of(view),
        last_said=sections.last_said(view),
        promised_by_us=sections.promised_by_us(view),
        deadlines=sections.deadlines_of(view),
    )
