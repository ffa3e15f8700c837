"""The facts that fill a message: typed, bounded and checked once, so that no text can break or forge one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_count, check_date, check_instance, check_text, check_tuple
from repayplan.communication.channels import Channel
from repayplan.communication.messages.parts import (
    Adviser,
    ContactRoute,
    NextPayment,
    PlanTerms,
    check_least,
    check_short,
)
from repayplan.errors import CommunicationError
from repayplan.money import Money, check_currency
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

__all__ = ["LIST_MAX", "OPT_OUT_UNITS_MAX", "SENDER_UNITS_MAX", "MessageFacts"]

LIST_MAX: Final = 10
"""The most offers, options or conditions of one message: more cannot be weighed against each other."""
SENDER_UNITS_MAX: Final = 60
"""The length of the sender's name in UTF-16 code units, so that a short message has room for it."""
OPT_OUT_UNITS_MAX: Final = 40
"""The length of the way to opt out, likewise."""


def _day(value: datetime.date | None, field: str) -> pendulum.Date | None:
    return None if value is None else check_date(value, field)


def _lines(value: Sequence[str], field: str) -> tuple[str, ...]:
    every = check_tuple(value, str, field, maximum=LIST_MAX, error=CommunicationError)
    for place, text in enumerate(every):
        check_text(text, f"{field}[{place}]", error=CommunicationError)
    return every


def _to_due_on(value: datetime.date | None) -> pendulum.Date | None:
    return _day(value, "due_on")


def _to_agreed_on(value: datetime.date | None) -> pendulum.Date | None:
    return _day(value, "agreed_on")


def _to_completed_on(value: datetime.date | None) -> pendulum.Date | None:
    return _day(value, "completed_on")


def _to_pause_from(value: datetime.date | None) -> pendulum.Date | None:
    return _day(value, "pause_from")


def _to_pause_until(value: datetime.date | None) -> pendulum.Date | None:
    return _day(value, "pause_until")


def _to_received_on(value: datetime.date | None) -> pendulum.Date | None:
    return _day(value, "received_on")


def _to_answer_by(value: datetime.date | None) -> pendulum.Date | None:
    return _day(value, "answer_by")


def _to_reported_from(value: datetime.date | None) -> pendulum.Date | None:
    return _day(value, "reported_from")


def _to_options(value: Sequence[str]) -> tuple[str, ...]:
    return _lines(value, "options")


def _to_conditions(value: Sequence[str]) -> tuple[str, ...]:
    return _lines(value, "conditions")


def _to_offers(value: Sequence[PlanTerms]) -> tuple[PlanTerms, ...]:
    return check_tuple(value, PlanTerms, "offers", maximum=LIST_MAX, error=CommunicationError)


_TEXTS: Final = (
    "client_name",
    "creditor",
    "agent",
    "reference",
    "pay_by",
    "write_to",
    "query_route",
    "complaint_route",
    "basis",
    "rights",
    "credit_bureau",
)
_AMOUNTS: Final = {"amount": 1, "past_due": 1, "costs": 0, "paid": 1}  # the least, in minor units
_COUNTS: Final = {"days_past_due": 36_600, "kept_years": 100}  # the most
_LISTS: Final = ("offers", "options", "conditions")
_KINDS: Final = {
    "contact": ContactRoute,
    "adviser": Adviser,
    "next_payment": NextPayment,
    "plan": PlanTerms,
    "channel": Channel,
}
_SPANS: Final = (("pause_from", "pause_until"), ("received_on", "answer_by"))


@attrs.frozen(kw_only=True, repr=False)
class MessageFacts(Value):
    """What a message says beyond its words.

    Which facts a kind of message needs and may have is given by :func:`facts_of`. Texts are one line of
    visible text, at most 200 characters, in the client's language, and are never read as a template. What is
    None, or an empty tuple, is not given.

    Attributes:
        sender: Who writes, by the name that the client knows, at most 60 UTF-16 code units.
        contact: How the client reaches a person.
        client_name: How the client is addressed.
        creditor: To whom the money is owed, where that is not the sender.
        agent: The person who asks for a call back.
        reference: What the client quotes.
        amount: The amount that the message is about: due, missed, promised, or paid in all.
        due_on: The day on which it is, or was, to be paid.
        paid: What came of a promised amount, less than all of it.
        past_due: All that is past due.
        days_past_due: Since how many days, 1 to 36,600.
        costs: What late payment has cost so far, which may be nothing.
        next_payment: What is to be paid next.
        pay_by: How to pay.
        offers: Plans to choose from, at most 10.
        plan: The plan that was agreed or changed.
        agreed_on: When it was agreed.
        completed_on: When the last payment arrived.
        pause_from: The first day of a pause.
        pause_until: Its last day.
        options: What the client may choose or talk about, at most 10.
        conditions: What else holds, at most 10.
        received_on: When a complaint arrived.
        answer_by: By when we answer it, or would like to hear from the client.
        channel: The channel that the client opted out of.
        credit_bureau: Who keeps the credit file.
        reported_from: The day from which a late payment would be reported.
        kept_years: How many years an entry stays, 1 to 100.
        write_to: How to reach us in writing.
        adviser: Free independent help.
        query_route: How to query or dispute what we say, and hand in evidence.
        complaint_route: How to complain.
        basis: The contract or law on which we rely.
        rights: The client's rights and duties.
        opt_out: How to opt out of such messages free of charge, such as ``"reply STOP"``; at most 40 UTF-16
            code units.

    Raises:
        CommunicationError: A text, an amount, a count or a list is out of bounds, or two facts contradict
            each other.
        MoneyError: Two amounts are in different currencies.
        InputTypeError: A fact has another type.
    """

    sender: str
    contact: ContactRoute
    client_name: str | None = None
    creditor: str | None = None
    agent: str | None = None
    reference: str | None = None
    amount: Money | None = None
    due_on: pendulum.Date | None = attrs.field(default=None, converter=_to_due_on)
    paid: Money | None = None
    past_due: Money | None = None
    days_past_due: int | None = None
    costs: Money | None = None
    next_payment: NextPayment | None = None
    pay_by: str | None = None
    offers: tuple[PlanTerms, ...] = attrs.field(default=(), converter=_to_offers)
    plan: PlanTerms | None = None
    agreed_on: pendulum.Date | None = attrs.field(default=None, converter=_to_agreed_on)
    completed_on: pendulum.Date | None = attrs.field(default=None, converter=_to_completed_on)
    pause_from: pendulum.Date | None = attrs.field(default=None, converter=_to_pause_from)
    pause_until: pendulum.Date | None = attrs.field(default=None, converter=_to_pause_until)
    options: tuple[str, ...] = attrs.field(default=(), converter=_to_options)
    conditions: tuple[str, ...] = attrs.field(default=(), converter=_to_conditions)
    received_on: pendulum.Date | None = attrs.field(default=None, converter=_to_received_on)
    answer_by: pendulum.Date | None = attrs.field(default=None, converter=_to_answer_by)
    channel: Channel | None = None
    credit_bureau: str | None = None
    reported_from: pendulum.Date | None = attrs.field(default=None, converter=_to_reported_from)
    kept_years: int | None = None
    write_to: str | None = None
    adviser: Adviser | None = None
    query_route: str | None = None
    complaint_route: str | None = None
    basis: str | None = None
    rights: str | None = None
    opt_out: str | None = None

    def __attrs_post_init__(self) -> None:
        """Check every fact, and those that must fit each other."""
        check_short(self.sender, "sender", SENDER_UNITS_MAX)
        check_instance(self.contact, ContactRoute, "contact")
        if self.opt_out is not None:
            check_short(self.opt_out, "opt_out", OPT_OUT_UNITS_MAX)
        given = self.given
        for name in _TEXTS:
            if name in given:
                check_text(getattr(self, name), name, error=CommunicationError)
        for name, kind in _KINDS.items():
            if name in given:
                check_instance(getattr(self, name), kind, name)
        for name, maximum in _COUNTS.items():
            if name in given:
                check_count(getattr(self, name), name, minimum=1, maximum=maximum, error=CommunicationError)
        self._check_amounts()
        self._check_spans()

    def __repr__(self) -> str:
        """Give the names of the facts: what they are is personal."""
        return f"<MessageFacts: {', '.join(sorted(self.given))}>"

    @property
    def given(self) -> frozenset[str]:
        """The names of the facts that are given."""
        names = {field.name for field in attrs.fields(MessageFacts)}
        listed = {name for name in _LISTS if not getattr(self, name)}
        return frozenset(name for name in names - listed if getattr(self, name) is not None)

    def _check_amounts(self) -> None:
        for name, least in _AMOUNTS.items():
            if getattr(self, name) is not None:
                check_least(getattr(self, name), name, least)
        every = [(name, money) for name, money in self._money() if money is not None]
        for name, money in every[1:]:
            check_currency(money, every[0][1].currency, name)
        if self.paid is not None and self.amount is not None and self.paid >= self.amount:
            raise CommunicationError("message.paid", "paid", "expected less than amount: a part of it")

    def _money(self) -> list[tuple[str, Money | None]]:
        stated = [(name, getattr(self, name)) for name in _AMOUNTS]
        following = [("next_payment.amount", self.next_payment.amount)] if self.next_payment else []
        plans = [("plan", self.plan)] if self.plan else []
        offers = [(f"offers[{place}]", offer) for place, offer in enumerate(self.offers)]
        return stated + following + [(f"{name}.amount", terms.amount) for name, terms in plans + offers]

    def _check_spans(self) -> None:
        for first, last in _SPANS:
            start, end = getattr(self, first), getattr(self, last)
            if start is not None and end is not None and end < start:
                message = f"expected {start} ({first}) or later, got {end}"
                raise CommunicationError("message.span", last, message)
