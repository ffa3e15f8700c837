"""How and when the client is reached for what a need wants: a permitted channel, point and window."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.casework.suspensions import blocked_spans
from repayplan.communication.best_channel import best_channel
from repayplan.communication.channel_choices import BestChannel, PassedOverReason
from repayplan.communication.channels import Channel, Direction, Outcome
from repayplan.communication.contact import Contact
from repayplan.communication.contact_points import ContactPoint
from repayplan.communication.contact_rules import ContactWindow, next_window
from repayplan.communication.planned_log import PlannedLog

if TYPE_CHECKING:
    import pendulum

    from repayplan.casework.needs import Need
    from repayplan.casework.view import CaseView
    from repayplan.communication.blocked_spans import BlockedSpan
    from repayplan.communication.purposes import Purpose

__all__ = ["Reach", "Reaching"]

_USABLE: Final = {PassedOverReason.NOT_PERMITTED}


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
        return blocked_spans(self._view)

    def is_suspended(self, need: Need) -> bool:
        """Tell whether facts of the case bar now what a need wants: then it waits until they do not."""
        if need.purpose is None:
            return False
        at, debtors = self._view.at, {self._view.case.client.party.id}
        return any(
            span.start <= at
            and (span.end is None or at < span.end)
            and span.bars(need.purpose, debtors, need.debts)
            for span in self.blocked
        )

    def find(self, need: Need, purpose: Purpose, opens: pendulum.DateTime) -> Reach | None:
        """Give the best way from a moment on: the client's own channel first; the earliest window of it.

        None where no channel has a window in which the contact makes sense.
        """
        recipient, ways = self._ways
        for channel, point in ways:
            if need.channels is None or channel in need.channels:
                window = self._window(need, purpose, recipient, channel, point, opens)
                if window is not None:
                    reach = Reach(recipient, channel, point, window)
                    self._planned.append(self._contact(need, purpose, reach))
                    return reach
        return None

    def _window(  # the question of a contact
        self,
        need: Need,
        purpose: Purpose,
        recipient: str,
        channel: Channel,
        point: ContactPoint,
        opens: pendulum.DateTime,
    ) -> ContactWindow | None:
        view = self._view
        found = next_window(
            purpose,
            recipient,
            need.debts,
            channel,
            point,
            opens,
            PlannedLog(view.case.log, self._planned),
            view.case.client,
            view.contact_rules,
            self.blocked,
        )
        if not found or (need.until is not None and view.day_of(found[0].start) > need.until):
            return None
        return self._clipped(found[0], need)

    def _clipped(self, window: ContactWindow, need: Need) -> ContactWindow:
        """End a window with the last day for the contact, where it begins by then."""
        last = need.by if need.until is None else need.until
        ends = (self._view.start_of(day.add(days=1)) for day in (need.by, last))
        end = min((moment for moment in (*ends, window.end) if moment > window.start), default=window.end)
        return ContactWindow(window.start, end)

    @cached_property
    def _ways(self) -> tuple[str, list[tuple[Channel, ContactPoint]]]:
        """Give whom to contact, and by which channels and points, the best first."""
        client = self._view.case.client
        representative = self._representative
        if representative is not None:
            points = client.points_on(self._view.day, representative)
            ways = [
                (channel, point) for point in points for channel in Channel if channel in point.kind.channels
            ]
            return representative, ways
        points_by_id = {point.id: point for point in client.points}
        best = best_channel(
            client,
            self._view.case.log,
            self._view.at,
            self._view.barrier_rules,
            permitted=lambda _channel, _point: False,  # only ranked here: windows are asked for one by one
        )
        passed = () if isinstance(best, BestChannel) else best.passed_over
        return client.party.id, [
            (one.channel, points_by_id[one.point_id]) for one in passed if one.reason in _USABLE
        ]

    @cached_property
    def _representative(self) -> str | None:
        """Give who stands between the bank and the client by the rules of contact; None for nobody."""
        roles = self._view.contact_rules.represented_by
        if roles is None:
            return None
        return next(
            (
                party.id
                for party in self._view.case.client.others
                if party.role in roles.value
                and party.authority is not None
                and party.authority.covers(self._view.day)
            ),
            None,
        )

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
