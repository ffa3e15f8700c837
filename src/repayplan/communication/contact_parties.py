"""The conditions by whom: third parties, representatives, opt-outs, old points, and what is blocked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.communication.conditions import Condition
from repayplan.communication.consent_spans import grants, stopping
from repayplan.communication.contact_times import on_days
from repayplan.communication.local_clock import minute_after, minute_of
from repayplan.communication.phases import FOREVER, in_spans, in_turn, lifted
from repayplan.communication.profiles import ContactPointNote
from repayplan.communication.purposes import ConsentScope, Purpose
from repayplan.communication.wrong_numbers import right_person
from repayplan.moments import instant
from repayplan.rules import Finding, Limit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import pendulum

    from repayplan.communication.blocked_spans import BlockedSpan
    from repayplan.communication.contact_points import ContactPoint
    from repayplan.communication.contact_question import ContactQuestion
    from repayplan.communication.parties import Party, PartyRole
    from repayplan.communication.phases import Phases, Span

__all__ = ["standing_between"]


def standing_between(question: ContactQuestion) -> Iterator[Condition]:
    """Give the conditions that do not come from the clock or from counting."""
    rules = question.rules
    if not question.recipient.role.owes:
        yield _party_permitted(question)
    is_notice = question.purpose in rules.notices.value
    if not is_notice:
        yield _not_stopped(question)
    between = rules.represented_by
    is_answer = question.purpose in rules.answers.value
    if between is not None and not is_notice and not is_answer and _looks_past(question, between.value):
        yield _not_represented(question, between)
    if question.point is not None:
        yield _point_in_use(question, question.point)
        yield right_person(question, question.point)
    for span in question.blocked:
        if span.bars(question.purpose, _debtors(question), question.debts):
            yield _not_blocked(span)


def _not_stopped(question: ContactQuestion) -> Condition:
    def finding(_: int, passed: bool) -> Finding:  # noqa: FBT001  # the shape of every finding
        return Finding("not_stopped", passed, question.channel.value, citation=question.rules.stops)

    return Condition(stopping(question), finding)


def _acts_on(party: Party, day: pendulum.Date) -> bool:
    """Tell whether a party speaks for somebody who owes, by an authority in force on a day."""
    return party.role.acts_for_client and party.authority is not None and party.authority.covers(day)


def _party_permitted(question: ContactQuestion) -> Condition:
    """Bar all who neither owe nor speak for the client, but for what the client consents to.

    Whoever may be asked where the client is (12 CFR 1006.10) still learns nothing of a debt.
    """
    party = question.recipient
    barring = on_days(question, lambda day: _acts_on(party, day))
    lifts = [*_asked_where(question)]
    lifts += [
        grant.span
        for grant in grants(question, question.client.party.id, ConsentScope.THIRD_PARTY)
        if grant.consent.with_party == party.id
    ]

    def finding(_: int, passed: bool) -> Finding:  # noqa: FBT001  # as above
        return Finding("party_permitted", passed, party.role.value, citation=question.rules.third_parties)

    return Condition(lifted(barring, lifts), finding)


def _asked_where(question: ContactQuestion) -> Iterator[Span]:
    rule = question.rules.location
    if rule is None or question.purpose is not Purpose.LOCATION or question.recipient.role not in rule.roles:
        return
    made = [item for item in question.contacts_for(Purpose.LOCATION) if item.outcome.made_contact]
    last = made[rule.most.value - 1 :][:1]
    yield -FOREVER, minute_of(last[0].started_at) if last else FOREVER


def _looks_past(question: ContactQuestion, roles: Collection[PartyRole]) -> bool:
    """Tell whether a contact is with the client, or asks somebody else where the client is.

    Both are barred while the client has an attorney. Source: 12 CFR 1006.6(b)(2), 1006.10(b)(5).
    """
    asks_where = question.purpose is Purpose.LOCATION and question.recipient.role not in roles
    return question.is_for_client or asks_where


def _not_represented(question: ContactQuestion, roles: Limit[frozenset[PartyRole]]) -> Condition:
    """Bar the client, and asking others about the client, while somebody speaks for the client.

    Whoever speaks for the client may agree that the client is contacted, which is no leave to ask others.
    """
    between = [party for party in question.client.others if party.role in roles.value]

    def nobody_between(day: pendulum.Date) -> bool:
        return not any(_acts_on(party, day) for party in between)

    agreeing = between if question.is_for_client else []
    lifts = [grant.span for party in agreeing for grant in grants(question, party.id, ConsentScope.CONTACT)]

    def finding(_: int, passed: bool) -> Finding:  # noqa: FBT001  # as above
        return Finding("not_represented", passed, len(between), citation=roles.citation)

    return Condition(lifted(on_days(question, nobody_between), lifts), finding)


def _point_in_use(question: ContactQuestion, point: ContactPoint) -> Condition:
    """Bar a point that is out of use or another's, by itself or by what the log noted of it last."""
    notes = _noted(question, point)

    def after(known: int) -> Phases:
        said = [point, *(note.point for note in notes[known - 1 : known] if note.point is not None)]
        return on_days(
            question, lambda day: all(one.is_in_use(day) and one.owner == point.owner for one in said)
        )

    def finding(_: int, passed: bool) -> Finding:  # noqa: FBT001  # as above
        return Finding("point_in_use", passed, point.id)

    changes = [minute_of(note.recorded_at) for note in notes]
    return Condition(in_turn(changes, after), finding)


def _noted(question: ContactQuestion, point: ContactPoint) -> list[ContactPointNote]:
    notes = question.log.records(ContactPointNote)
    found = (note for note in notes if note.point_id == point.id and note.point is not None)
    return sorted(found, key=lambda note: instant(note.recorded_at))


def _debtors(question: ContactQuestion) -> frozenset[str]:
    """Give who is asked: whoever does not owe is asked for the client."""
    party = question.recipient
    return frozenset({party.id if party.role.owes else question.client.party.id})


def _not_blocked(span: BlockedSpan) -> Condition:
    end = FOREVER if span.end is None else minute_after(span.end)

    def finding(_: int, passed: bool) -> Finding:  # noqa: FBT001  # as above
        return Finding("not_blocked", passed, span.reason, citation=span.citation)

    return Condition(in_spans([(minute_of(span.start), end)]), finding)
