"""A briefing on about one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.communication.limitation import LimitationState

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pendulum

    from repayplan.casework.briefing import Briefing
    from repayplan.casework.briefing_parts import (
        AccountBrief,
        BarrierBrief,
        CapacityBrief,
        ClientBrief,
        Deadline,
        WayToReach,
    )

__all__ = ["text_of"]

_WAYS_MAX = 4
_LINES_MAX = 8


def text_of(briefing: Briefing) -> str:
    """Write a briefing: a head for each part, and a line for each fact."""
    lines = [f"Case {briefing.case_id}, {briefing.at:%Y-%m-%d %H:%M}"]
    for head, part in _parts(briefing):
        found = list(part)
        lines += [f"{head}:", *(f"  {line}" for line in found[:_LINES_MAX])] if found else []
        if len(found) > _LINES_MAX:
            lines.append(f"  and {len(found) - _LINES_MAX} more")
    return "\n".join(lines)


def _parts(briefing: Briefing) -> Iterator[tuple[str, Iterator[str]]]:
    yield "Client", _client(briefing.client, briefing.at)
    for account in briefing.accounts:
        yield f"Debt {account.debt_id}", _account(account)
    yield "Capacity", _capacity(briefing.capacity)
    yield (
        "Reasons",
        (
            f"{one.on}: {'in words' if one.reason is None else one.reason.value} ({one.verification.value})"
            for one in briefing.reasons
        ),
    )
    yield "Open questions", iter(briefing.open_questions)
    yield "Barriers", map(_barrier, briefing.barriers)
    said = [] if briefing.last_said is None else [briefing.last_said]
    yield "Said last", (f"{one.on}: {one.text}" for one in said)
    yield "Promised by us", (f"{one.on}: {one.text}" for one in briefing.promised_by_us)
    yield "Deadlines", map(_deadline, briefing.deadlines)


def _client(client: ClientBrief, at: pendulum.DateTime) -> Iterator[str]:
    name = client.name or "name not known"
    yield name if client.talk_to == client.party_id else f"{name}; talk to {client.talk_to}"
    yield f"speaks {client.spoken_language or 'not known'}, reads {client.written_language or 'not known'}"
    if client.needs_interpreter:
        yield f"interpreter: {client.interpreter or 'needed, none known'}"
    wanted = sorted(one.value for one in (*client.formats, *client.needs))
    if wanted:
        yield f"needs: {', '.join(wanted)}"
    for way in client.ways[:_WAYS_MAX]:
        yield _way(way, at)


def _way(way: WayToReach, at: pendulum.DateTime) -> str:
    place = f"{way.channel.value} at {way.point_id}"
    if way.against is not None:
        return f"{place}: not used, {way.against.value}"
    if way.window is None:
        return f"{place}: not permitted"
    first, last = way.window.start, way.window.end
    end = f"{last:%H:%M}" if last.date() == at.date() else f"{last:%Y-%m-%d %H:%M}"
    return f"{place}: now, until {end}" if way.is_open_now else f"{place}: from {first:%Y-%m-%d %H:%M}"


def _account(account: AccountBrief) -> Iterator[str]:
    owed = account.owed
    if owed is not None:
        yield (
            f"owed {owed.total} on {owed.as_of}: principal {owed.principal}, interest {owed.interest}, "
            f"fees {owed.fees}, penalties {owed.penalties}"
        )
    standing = account.standing
    if standing is not None:
        yield f"plan {standing.state.value}, past due {standing.past_due}, {standing.days_past_due} days"
    elif account.plan_state is not None:
        yield f"plan {account.plan_state.value}"
    if account.since is not None:
        yield f"past due since {account.since}"
    history = account.history
    if history is not None:
        yield (
            f"{history.due} installments so far: {history.in_time} in time, {history.late} late, "
            f"{history.open} open; last payment {history.last_on or 'none'}"
        )
    for promise in account.promises:
        yield f"promised {promise.promise.amount} by {promise.promise.by}: {promise.state.value}"
    for other in account.liabilities:
        yield f"{other.party_id} owes it too: {other.kind.value}"
    for why in (*account.stops, *account.holds):
        yield f"rests: {why}"
    limitation = account.limitation
    end = "" if limitation.state is LimitationState.UNKNOWN else f", to {limitation.expires_on}"
    yield f"limitation {limitation.state.value}{end}"


def _capacity(capacity: CapacityBrief | None) -> Iterator[str]:
    if capacity is None:
        return
    now = capacity.affordability
    before = "" if capacity.before is None else f", before {capacity.before}"
    yield f"{now.capacity.on(capacity.stated_on)} a month by the budget of {capacity.stated_on}{before}"
    yield f"income {now.income}, expenses {now.expenses}, commitments {now.commitments}"
    for change in capacity.changes:
        then, since = ("nothing" if money is None else str(money) for money in (change.before, change.after))
        yield f"{change.line}: {then} before, {since} now"


def _barrier(one: BarrierBrief) -> str:
    helps = "; ".join(remedy.kind.value for remedy in one.remedies[:2])
    return f"{one.barrier.kind.value}: {helps or 'no remedy left'}"


def _deadline(deadline: Deadline) -> str:
    late = "" if deadline.finding.passed else " (missed)"
    debts = f" {', '.join(deadline.debts)}" if deadline.debts else ""
    return f"{deadline.by}{late}: {deadline.kind.value}{debts}"
