"""How many contacts count at a minute: the limits in windows, and the quiet days after a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.communication.channels import Outcome
from repayplan.communication.conditions import Condition
from repayplan.communication.consent_spans import extra_grants
from repayplan.communication.contact_limits import ConsecutiveDays, CountedPer
from repayplan.communication.contact_question import counterparts, people_talked, reaches
from repayplan.communication.local_clock import minute_of
from repayplan.communication.phases import FOREVER, any_bars, in_spans, lifted, where_at_least
from repayplan.rules import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from repayplan.communication.channels import Channel
    from repayplan.communication.consent_spans import Grant
    from repayplan.communication.contact import Contact
    from repayplan.communication.contact_limits import CalendarSpan, ContactLimit, QuietDays
    from repayplan.communication.contact_question import ContactQuestion
    from repayplan.communication.phases import Span

__all__ = ["counting"]


def counting(question: ContactQuestion) -> Iterator[Condition]:
    """Give the conditions that come from limits and from quiet days, for each debt in question.

    A notice that the law demands counts, and none of them bars it: that a call is required by law speaks
    against the presumption of too many. Source: CFPB, debt collection rule FAQs, telephone call frequency,
    "Rebutting the Presumptions", question 2.
    """
    rules = question.rules
    if question.purpose in rules.notices.value:
        return
    if rules.uncounted is not None and question.recipient.role in rules.uncounted.value:
        return
    extra = extra_grants(question)
    for limit in rules.limits:
        if limit.bars(question.channel, question.purpose):
            for debt in _debts(question, limit.per):
                yield _limit_condition(question, limit, debt, extra)
    for quiet in rules.quiet:
        if question.channel in quiet.channels:
            for debt in _debts(question, quiet.per):
                yield _quiet_condition(question, quiet, debt, extra)


def _debts(question: ContactQuestion, per: Collection[CountedPer]) -> Sequence[str | None]:
    return question.debts if CountedPer.DEBT in per and question.debts else (None,)


def _limit_condition(
    question: ContactQuestion, limit: ContactLimit, debt: str | None, extra: Sequence[Grant]
) -> Condition:
    counted = [
        contact
        for contact in _of(question, limit.per, limit.channels)
        if limit.is_for(contact.channel, contact.purpose)
        and limit.counts.includes(contact)
        and (debt is None or debt in contact.debts)
        and not _is_extra(question, contact, extra)
    ]
    windows = _windows(question, counted, limit.window, _misdirected(question))
    full = any_bars([in_spans(where_at_least(limit.most.value, spans)) for spans in windows])

    def finding(minute: int, passed: bool) -> Finding:  # noqa: FBT001  # the shape of every finding
        observed = 1 + max(sum(start <= minute < end for start, end in spans) for spans in windows)
        most = limit.most
        return Finding("contact_limit", passed, observed, most.value, most.citation, most.comparison)

    return Condition(lifted(full, (grant.span for grant in extra)), finding)


def _is_extra(question: ContactQuestion, contact: Contact, extra: Sequence[Grant]) -> bool:
    """Tell whether the recipient consented to a contact beyond the limits."""
    consented = any(grant.covers(contact) for grant in extra)
    return consented and reaches(contact, question.recipient.id, question.client)


def _quiet_condition(
    question: ContactQuestion, quiet: QuietDays, debt: str | None, extra: Sequence[Grant]
) -> Condition:
    talks = [
        contact
        for contact in _of(question, quiet.per, quiet.channels)
        if people_talked(contact) and (debt is None or debt in contact.all_debts)
    ]
    windows = _windows(question, talks, ConsecutiveDays(quiet.days.value), {})
    waiting = any_bars([in_spans(spans) for spans in windows])

    def finding(minute: int, passed: bool) -> Finding:  # noqa: FBT001  # as above
        days = quiet.days
        observed = _days_since(question, talks, minute)
        return Finding("quiet_days", passed, observed, days.value, days.citation, days.comparison)

    return Condition(lifted(waiting, (grant.span for grant in extra)), finding)


def _days_since(question: ContactQuestion, talks: Sequence[Contact], minute: int) -> int | None:
    """Give the number of the day, where that of the last conversation is 1; None where there was none."""
    last = max((began for began in map(_began, talks) if began <= minute), default=None)
    if last is None:
        return None
    return min(clock.day(minute) - clock.day(last) + 1 for clock in question.clocks)


def _of(
    question: ContactQuestion, per: Collection[CountedPer], channels: Collection[Channel]
) -> Iterator[Contact]:
    """Give the contacts that are counted together with the one in question, whatever their debts."""
    among = {question.channel} if CountedPer.CHANNEL in per else channels
    contacts = question.own_contacts if CountedPer.PERSON in per else question.contacts
    return (contact for contact in contacts if contact.channel in among)


def _windows(
    question: ContactQuestion,
    contacts: Sequence[Contact],
    window: ConsecutiveDays | CalendarSpan,
    misdirected: Mapping[str, int],
) -> list[list[Span]]:
    """Give, by the clock of each place, from when to when each contact counts."""
    ends = [misdirected.get(contact.id, FOREVER) for contact in contacts]
    return [
        [
            (began, min(end, clock.start_of(window.first_after(clock.day(began)))))
            for began, end in zip(map(_began, contacts), ends, strict=True)
        ]
        for clock in question.clocks
    ]


def _misdirected(question: ContactQuestion) -> dict[str, int]:
    """Give the attempts at a number that turned out to be another's, and since when that is known.

    Who was reached there nevertheless was reached. Source: 12 CFR 1006 Supp. I, comment 14(b)(2)(i)-3.
    """
    known: dict[str, int] = {}
    for contact in question.contacts:
        if contact.outcome is Outcome.WRONG_PERSON and contact.point is not None:
            known.setdefault(contact.point.id, _began(contact))
    return {
        contact.id: known[contact.point.id]
        for contact in question.contacts
        if contact.point is not None
        and contact.point.id in known
        and (contact.outcome is Outcome.WRONG_PERSON or not counterparts(contact))
    }


def _began(contact: Contact) -> int:
    return minute_of(contact.started_at)
