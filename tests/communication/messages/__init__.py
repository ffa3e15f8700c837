"""Facts for every kind of message, for the tests of messages."""

from __future__ import annotations

from typing import Any, TypeAlias

import pendulum

import repayplan as rp

Wrong: TypeAlias = Any
"""A value that no signature allows, handed over on purpose."""

DATE = pendulum.date
KIND = rp.MessageKind
LOCALES = ("zh-CN", "en-GB", "es", "ar-EG")
LANGUAGES = ("zh-Hans", "en", "es", "ar")


def yuan(amount: str) -> rp.Money:
    return rp.Money(amount, "CNY")


def terms(count: int = 12, amount: str = "250", total: str | None = None, **more: Wrong) -> rp.PlanTerms:
    changes: dict[str, Wrong] = {
        "amount": yuan(amount),
        "count": count,
        "frequency": rp.Frequency.MONTHLY,
        "first_due": DATE(2027, 2, 28),
        "total": yuan(total) if total else yuan(amount) * count,
        **more,
    }
    return rp.PlanTerms(**changes)


FACTS: dict[str, Wrong] = {
    "sender": "North Bank",
    "contact": rp.ContactRoute("+86 10 5555 0100", "Monday to Friday, 9:00 to 18:00"),
    "client_name": "Wang Fang",
    "creditor": "North Card Company",
    "agent": "Li Na",
    "reference": "R-2027-17",
    "amount": yuan("1234.50"),
    "due_on": DATE(2027, 1, 31),
    "paid": yuan("200"),
    "past_due": yuan("2345.60"),
    "days_past_due": 88,
    "costs": yuan("5.67"),
    "next_payment": rp.NextPayment(yuan("345.60"), DATE(2027, 3, 31)),
    "pay_by": "account 6222 0000",
    "offers": (terms(), terms(24, "130", "3050"), terms(1, "2900")),
    "plan": terms(18, "170", "3000"),
    "agreed_on": DATE(2027, 1, 5),
    "completed_on": DATE(2027, 5, 6),
    "pause_from": DATE(2027, 2, 1),
    "pause_until": DATE(2027, 4, 30),
    "options": ("a later day", "smaller parts", "a pause"),
    "conditions": ("no fee", "no interest"),
    "received_on": DATE(2027, 1, 2),
    "answer_by": DATE(2027, 1, 20),
    "channel": rp.Channel.SMS,
    "credit_bureau": "Credit Centre",
    "reported_from": DATE(2027, 6, 7),
    "kept_years": 73,
    "write_to": "Box 17, North City",
    "adviser": rp.Adviser("Free Advice Line", "12-34-56"),
    "query_route": "desk 8, window 9",
    "complaint_route": "office 5",
    "basis": "contract 77",
    "rights": "page 2 of the contract",
    "opt_out": "reply STOP",
}
"""A value of every fact; amounts in one currency."""


def facts(kind: rp.MessageKind, *optional: str, **changes: Wrong) -> rp.MessageFacts:
    """Give the required facts of a kind, the named optional ones, and changes."""
    names = {*rp.facts_of(kind).required, *optional}
    return rp.MessageFacts(**{**{name: FACTS[name] for name in names}, **changes})


def all_facts(kind: rp.MessageKind, **changes: Wrong) -> rp.MessageFacts:
    return facts(kind, *rp.facts_of(kind).optional, **changes)
