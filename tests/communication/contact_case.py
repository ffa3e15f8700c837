"""A client, contact points and a log to ask about, for the tests of the rules of contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pendulum

import repayplan as rp
from repayplan.communication.contact_limits import ConsecutiveDays, ContactLimit, CountedContacts, CountedPer
from repayplan.communication.contact_rules import Allowed, Denied, may_contact, next_window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.communication.contact_rule_book import ContactRules
    from repayplan.communication.contact_rules import ContactWindow

Wrong: TypeAlias = Any
"""A value that no signature allows, handed over on purpose."""

NEW_YORK = "America/New_York"
HOUSE = rp.Citation(title="our bank", force=rp.Force.HOUSE)

CLIENT = rp.Party(id="client", role=rp.PartyRole.CLIENT)
SISTER = rp.Party(id="sister", role=rp.PartyRole.EMERGENCY_CONTACT)
STRANGER = rp.Party(id="stranger", role=rp.PartyRole.THIRD_PARTY)
COLLECTOR = rp.Party(id="desk-7", role=rp.PartyRole.COLLECTOR)
SPOUSE = rp.Party(id="spouse", role=rp.PartyRole.JOINT_DEBTOR)


def point(name: str, kind: rp.PointKind, **more: Wrong) -> rp.ContactPoint:
    fields: dict[str, Any] = {"id": name, "kind": kind, "value": f"value of {name}", "owner": "client"}
    return rp.ContactPoint(**(fields | more))


MOBILE = point("mobile", rp.PointKind.MOBILE)
LANDLINE = point("landline", rp.PointKind.LANDLINE, place=rp.Place.HOME)
OFFICE = point("office", rp.PointKind.LANDLINE, place=rp.Place.WORK)
EMAIL = point("email", rp.PointKind.EMAIL)
HOME = point("home", rp.PointKind.POSTAL, place=rp.Place.HOME)
SISTERS = point("sisters", rp.PointKind.MOBILE, owner="sister")
SPOUSES = point("spouses", rp.PointKind.MOBILE, owner="spouse")
POINTS = (MOBILE, LANDLINE, OFFICE, EMAIL, HOME, SISTERS, SPOUSES)


def client(
    *preferences: rp.ContactPreference, zones: Sequence[str] = (NEW_YORK,), **more: Wrong
) -> rp.Client:
    fields: dict[str, Any] = {
        "party": CLIENT,
        "points": POINTS,
        "others": (SISTER, STRANGER, COLLECTOR, SPOUSE),
    } | more
    return rp.Client(zones=tuple(zones), preferences=preferences, **fields)


def moment(text: str, zone: str = NEW_YORK) -> pendulum.DateTime:
    """Read a moment such as ``2020-04-01 10:00`` by the clock of a zone."""
    found = pendulum.parse(text, tz=zone)
    assert isinstance(found, pendulum.DateTime)
    return found


def contact(name: str, at: pendulum.DateTime, **more: Wrong) -> rp.Contact:
    """An unanswered call about the card to the mobile phone, unless stated otherwise."""
    fields: dict[str, Any] = {
        "direction": rp.Direction.OUTBOUND,
        "channel": rp.Channel.PHONE,
        "purpose": rp.Purpose.DEMAND,
        "outcome": rp.Outcome.NO_ANSWER,
        "debts": ("card",),
        "point": MOBILE,
    }
    fields |= {"started_at": at, "recorded_at": at, "case_id": "case"} | more
    if fields["outcome"] is rp.Outcome.CONVERSATION and "participants" not in more:
        fields["participants"] = [rp.Participant(party=CLIENT), rp.Participant(party=COLLECTOR)]
    return rp.Contact(id=name, **fields)


def consent(name: str, at: pendulum.DateTime, scope: rp.ConsentScope, **more: Wrong) -> rp.Consent:
    fields: dict[str, Any] = {"party_id": "client", "case_id": "case", "recorded_at": at, "given_at": at}
    return rp.Consent(id=name, scope=scope, **(fields | more))


def withdrawal(
    name: str, at: pendulum.DateTime, scope: rp.ConsentScope = rp.ConsentScope.CONTACT, **more: Wrong
) -> rp.ConsentWithdrawal:
    fields: dict[str, Any] = {"party_id": "client", "case_id": "case", "recorded_at": at, "given_at": at}
    return rp.ConsentWithdrawal(id=name, scope=scope, **(fields | more))


def log_of(*records: rp.Record) -> rp.CommunicationLog:
    """A log of records, in the order in which they were recorded."""
    ordered = sorted(records, key=lambda record: record.recorded_at)
    salts = (number.to_bytes(16, "big") for number in range(1_000_000))
    entries = [(record, record.recorded_at) for record in ordered]
    return rp.CommunicationLog("log of a test").extend(entries, salts=salts)


EMPTY = log_of()


def limit(most: int = 3, days: int = 1, **more: Wrong) -> ContactLimit:
    """At most so many calls to a person in so many days, unless stated otherwise."""
    fields: dict[str, Any] = {
        "most": rp.Limit(most, HOUSE, rp.Comparison.AT_MOST),
        "window": ConsecutiveDays(days),
        "counts": CountedContacts.ATTEMPTS,
        "per": {CountedPer.PERSON},
        "channels": {rp.Channel.PHONE},
    }
    return ContactLimit(**(fields | more))


def arguments(at: pendulum.DateTime, rules: ContactRules, **more: Wrong) -> dict[str, Any]:
    """The arguments of a question: a call about the card to the client's mobile phone."""
    fields: dict[str, Any] = {
        "purpose": rp.Purpose.DEMAND,
        "recipient": "client",
        "debts": ("card",),
        "channel": rp.Channel.PHONE,
        "point": MOBILE,
        "at": at,
        "log": EMPTY,
        "client": client(),
        "rules": rules,
    }
    return fields | more


def answer(at: pendulum.DateTime, rules: ContactRules, **more: Wrong) -> Allowed | Denied:
    return may_contact(**arguments(at, rules, **more))


def allowed(at: pendulum.DateTime, rules: ContactRules, **more: Wrong) -> bool:
    return isinstance(answer(at, rules, **more), Allowed)


def denied(at: pendulum.DateTime, rules: ContactRules, **more: Wrong) -> Denied:
    found = answer(at, rules, **more)
    assert isinstance(found, Denied)
    return found


def reasons(at: pendulum.DateTime, rules: ContactRules, **more: Wrong) -> list[str]:
    """The names of the rules that bar a contact; none where it is allowed."""
    found = answer(at, rules, **more)
    return [] if isinstance(found, Allowed) else [finding.rule for finding in found.reasons]


def earliest(at: pendulum.DateTime, rules: ContactRules, **more: Wrong) -> str | None:
    """The earliest moment by the clock of the client."""
    found = denied(at, rules, **more).earliest
    return None if found is None else found.strftime("%Y-%m-%d %H:%M")


def windows(at: pendulum.DateTime, rules: ContactRules, count: int, **more: Wrong) -> list[tuple[str, str]]:
    """The next windows by the clock of the client."""
    found: tuple[ContactWindow, ...] = next_window(**arguments(at, rules, **more), count=count)
    return [(item.start.strftime("%Y-%m-%d %H:%M"), item.end.strftime("%Y-%m-%d %H:%M")) for item in found]


def observed(rule: str, at: pendulum.DateTime, rules: ContactRules, **more: Wrong) -> object:
    """What a rule observed, whether it passed or not."""
    findings = answer(at, rules, **more).findings
    (found,) = [finding.observed for finding in findings if finding.rule == rule]
    return found
