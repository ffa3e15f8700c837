"""How and when the client is reached for what a need wants: a permitted channel, point and window."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.casework.briefing_parts import WayToReach
from repayplan.casework.suspensions import spans_of
from repayplan.communication.best_channel import Choice, ranked_choices
from repayplan.communication.channels import Channel, Direction, Outcome
from repayplan.communication.contact import Contact
from repayplan.communication.contact_points import ContactPoint
from repayplan.communication.contact_rules import ContactWindow, next_window
from repayplan.communication.parties import PartyRole
from repayplan.communication.planned_log import PlannedLog
from repayplan.communication.purposes import Purpose

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

    from repayplan.casework.needs import Need
    from repayplan.casework.view import CaseView
    from repayplan.communication.blocked_spans import BlockedSpan

__all__ = ["Reach", "Reaching"]

_REPRESENTATIVES: Final = frozenset({PartyRole.ATTORNEY, PartyRole.REPRESENTATIVE})
"""Who stands between the bank and the client where the rules do not say."""
_TALK: Final = Purpose.HARDSHIP_TALK


@attrs.frozen(eq=False)
class Reach:
    """A way to reach somebody.

    Attributes:
        recipient: The id of the party.
        channel: By which channel.
        point: At which contact point.
        window: When.
    """

    recipient: str
    channel: Channel
    point: ContactPoint
    window: ContactWindow


class Reaching:
    """Finds ways, one after the other, each as if those before it had been used.

    Args:
        view: The case at a moment.
    """

    def __init__(self, view: CaseView) -> None:
        self._view = view
        self._planned: list[Contact] = []

    @cached_property
    def blocked(self) -> tuple[BlockedSpan, ...]:
        """What facts of the case bar."""
        return spans_of(self._view)

    def is_suspended(self, need: Need) -> bool:
        """Tell whether facts of the case bar what a need wants when it opens: then it waits for them."""
        if need.purpose is None:
            return False
        at = max(self._view.at, self._view.start_of(need.opens_on))
        debtors = {self._view.case.client.party.id}
        return any(
            span.start <= at
            and (span.end is None or at < span.end)
            and span.bars(need.purpose, debtors, need.debts)
            for span in self.blocked
        )

    def find(self, need: Need, purpose: Purpose, opens: pendulum.DateTime) -> Reach | None:
        """Give the best way from a moment on, in its earliest window: the client's own channel first.

        The channel that was agreed with a plan is the client's own for that plan.

        None where no channel has a window in which the contact makes sense.
        """
        agreed, recipient = self._agreed_channels(need.debts), self._recipient(self._view.day_of(opens))
        for choice in sorted(self._choices(recipient), key=lambda one: one.channel not in agreed):
            if choice.against is None and (need.channels is None or choice.channel in need.channels):
                windows = self._windows(purpose, recipient, need.debts, choice, opens)
                window = self._window(need, windows)
                if window is not None:
                    reach = Reach(recipient, choice.channel, choice.point, window)
                    self._planned.append(self._contact(need, purpose, reach))
                    return reach
        return None

    def _windows(
        self,
        purpose: Purpose,
        recipient: str,
        debts: tuple[str, ...],
        choice: Choice,
        opens: pendulum.DateTime,
    ) -> tuple[ContactWindow, ...]:
        view = self._view
        log = PlannedLog(view.case.log, self._planned)
        return next_window(
            purpose,
            recipient,
            debts,
            choice.channel,
            choice.point,
            opens,
            log,
            view.case.client,
            view.contact_rules,
            self.blocked,
        )

    def _window(self, need: Need, windows: tuple[ContactWindow, ...]) -> ContactWindow | None:
        if not windows or (need.until is not None and self._view.day_of(windows[0].start) > need.until):
            return None
        return self._clipped(windows[0], need)

    def _clipped(self, window: ContactWindow, need: Need) -> ContactWindow:
        """End a window with the last day for the contact, where it begins by then."""
        last = need.by if need.until is None else need.until
        ends = (self._view.start_of(day.add(days=1)) for day in (need.by, last))
        end = min((moment for moment in (*ends, window.end) if moment > window.start), default=window.end)
        return ContactWindow(window.start, end)

    @property
    def recipient(self) -> str:
        """The id of whoever is to be contacted today: the client, or a representative by the rules."""
        return self._recipient(self._view.day)

    def ways_to_talk(self) -> tuple[WayToReach, ...]:
        """Give every channel for a talk about all debts, the best first, and whether it is open now."""
        debts = tuple(account.id for account in self._view.collected)
        return tuple(self._way(choice, debts) for choice in self._choices(self.recipient))

    def _way(self, choice: Choice, debts: tuple[str, ...]) -> WayToReach:
        at = self._view.at
        windows = () if choice.against else self._windows(_TALK, self.recipient, debts, choice, at)
        window = windows[0] if windows else None
        return WayToReach(
            channel=choice.channel,
            point_id=choice.point.id,
            window=window,
            is_open_now=window is not None and window.start <= at,
            against=choice.against,
        )

    def _choices(self, recipient: str) -> Sequence[Choice]:
        """Give the channels and points of whoever is to be contacted, the best first."""
        view, client = self._view, self._view.case.client
        if recipient == client.party.id:
            return self._own_choices
        return [
            Choice(channel=channel, point=point, is_wished=False, worked_in=None, against=None)
            for point in client.points_on(view.day, recipient)
            for channel in Channel
            if channel in point.kind.channels
        ]

    def _agreed_channels(self, debts: tuple[str, ...]) -> frozenset[Channel]:
        """Give the channels that were agreed with plans; a wish that is not known to be older comes first."""
        wish = self._view.case.client.preference_on(self._view.day)
        plans = [one.account.plan for one in self._view.accounts if one.has_plan and one.id in debts]
        return frozenset(
            plan.contact_by
            for plan in plans
            if plan is not None
            and (not wish.channels or (wish.valid_from is not None and wish.valid_from <= plan.agreed_on))
        )

    @cached_property
    def _own_choices(self) -> Sequence[Choice]:
        view = self._view
        return ranked_choices(view.case.client, view.trail, view.at, view.barrier_rules, view.barriers)

    def _recipient(self, day: pendulum.Date) -> str:
        """Give who is contacted on a day: the client, or who stands between them and the bank.

        Of several the first with a contact point is taken, since the others cannot be reached.
        """
        rule, client = self._view.contact_rules.represented_by, self._view.case.client
        roles = _REPRESENTATIVES if rule is None else rule.value
        between = [
            party.id
            for party in client.others
            if party.role in roles and party.authority is not None and party.authority.covers(day)
        ]
        reachable = (party for party in between if client.points_on(day, party))
        return next(reachable, next(iter(between), client.party.id))

    def _contact(self, need: Need, purpose: Purpose, reach: Reach) -> Contact:
        """Make the contact that a way leads to, at its most: a talk that is had, a message that arrives."""
        start = reach.window.start
        return Contact(
            id=f"planned-{len(self._planned)}",
            case_id=self._view.case.id,
            recorded_at=start,
            direction=Direction.OUTBOUND,
            channel=reach.channel,
            purpose=purpose,
            outcome=Outcome.CONVERSATION if reach.channel.is_live else Outcome.SENT,
            started_at=start,
            debts=need.debts,
            point=reach.point,
        )
