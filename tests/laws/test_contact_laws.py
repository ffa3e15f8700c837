"""Law 15: the earliest moment is allowed and no minute before it is; None where none in the horizon is."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import attrs
import pendulum
from hypothesis import given, settings
from hypothesis import strategies as st

import repayplan as rp
from repayplan.communication.channels import possible_outcomes
from repayplan.communication.contact_rule_book import ContactRules
from repayplan.communication.contact_rules import Allowed, Denied, may_contact, next_window
from repayplan.policies.contact import AU_RG96, CN_GBT_45251, IN_RBI_2022, US_REGULATION_F
from tests.communication import contact_case as made
from tests.laws.contact_strategies import moments, questions
from tests.laws.oracle_contact import MINUTE, Oracle, whole_minute

Question = dict[str, Any]
FEW = settings(deadline=None, max_examples=settings().max_examples // 3)
"""Each example is walked minute by minute; the thorough profile searches longer."""


SHORT = rp.Limit(45, made.HOUSE)
"""A horizon within which the calendars of the strategies know every day."""


LATE = pendulum.datetime(2030, 1, 1, tz="UTC")
"""After all that the strategies record."""


@st.composite
def amended(draw: st.DrawFn, contact: rp.Contact, at: dt.datetime) -> rp.Contact:
    """The contact as it is, or with another outcome, point or beginning."""
    match draw(st.sampled_from(["nothing", "outcome", "point", "started_at"])):
        case "outcome":
            possible = possible_outcomes(contact.channel, contact.direction)
            outcome = draw(st.sampled_from(sorted(possible, key=lambda item: item.name)))
            return attrs.evolve(contact, outcome=outcome)
        case "point":
            return attrs.evolve(contact, point=draw(st.sampled_from([made.MOBILE, made.LANDLINE])))
        case "started_at":
            started_at = min(draw(moments(at, -6_000, 0)), contact.recorded_at)
            return attrs.evolve(contact, started_at=started_at)
        case _:
            return contact


def answer_with(question: Question, log: rp.CommunicationLog) -> Allowed | Denied:
    asked: Question = question | {"log": log}
    return may_contact(**asked)


def is_allowed(question: Question, at: dt.datetime) -> bool:
    asked: Question = question | {"at": at}
    return isinstance(may_contact(**asked), Allowed)


@FEW
@given(questions())
def test_the_answer_is_that_of_a_walk_minute_by_minute(question: Question) -> None:
    earliest = Oracle(**question).earliest()
    answer = may_contact(**question)
    if isinstance(answer, Allowed):
        assert earliest == whole_minute(question["at"])
    else:
        assert answer.earliest == earliest
        assert earliest != whole_minute(question["at"])


@FEW
@given(questions())
def test_without_hours_and_limits_it_is_too(question: Question) -> None:
    """Where little else bars, stops and wrong numbers decide."""
    bare = ContactRules(horizon=question["rules"].horizon)
    known = attrs.evolve(question["client"], preferences=())
    asked: Question = question | {"rules": bare, "client": known, "blocked": ()}
    answer = may_contact(**asked)
    earliest = whole_minute(asked["at"]) if isinstance(answer, Allowed) else answer.earliest
    assert earliest == Oracle(**asked).earliest()


@FEW
@given(questions(horizon=40))
def test_the_earliest_moment_is_allowed_and_a_minute_before_it_is_not(question: Question) -> None:
    answer = may_contact(**question)
    if isinstance(answer, Denied) and answer.earliest is not None:
        assert answer.earliest > question["at"]
        assert is_allowed(question, answer.earliest)
        assert is_allowed(question, answer.earliest.add(seconds=59))
        assert not is_allowed(question, answer.earliest.subtract(minutes=1))
        assert not is_allowed(question, answer.earliest.subtract(seconds=1))


@FEW
@given(questions(horizon=20), st.data())
def test_none_is_given_only_where_nothing_in_the_horizon_is_allowed(
    question: Question, data: st.DataObject
) -> None:
    answer = may_contact(**question)
    if isinstance(answer, Denied) and answer.earliest is None:
        later = data.draw(st.integers(0, 20 * 24 * 60 - 1))
        assert not is_allowed(question, whole_minute(question["at"]) + later * MINUTE)
        assert next_window(**question) == ()


@FEW
@given(questions(horizon=4), st.integers(1, 8), st.data())
def test_windows_hold_what_is_allowed_and_nothing_else(
    question: Question, count: int, data: st.DataObject
) -> None:
    start = whole_minute(question["at"])
    end = start + dt.timedelta(days=4)
    found = next_window(**question, count=count)
    edges = [start, *(whole_minute(edge) for item in found for edge in (item.start, item.end))]
    assert edges == sorted(edges)
    assert edges[-1] <= end
    if len(found) < count:
        edges.append(end)
    for place, (before, after) in enumerate(pairwise(edges)):
        minutes = (after - before) // MINUTE
        if minutes:
            inside = {0, minutes - 1, data.draw(st.integers(0, minutes - 1))}
            assert {is_allowed(question, before + offset * MINUTE) for offset in inside} == {place % 2 == 1}


@FEW
@given(questions(), st.integers(-5_000, 0))
def test_a_call_that_did_not_connect_changes_nothing(question: Question, minutes: int) -> None:
    at = question["at"].add(minutes=minutes)
    busy = made.contact("busy", at, outcome=rp.Outcome.BUSY)
    records = [entry.record for entry in question["log"]]
    more: Question = question | {"log": made.log_of(*records, busy)}
    assert may_contact(**more) == may_contact(**question)


@FEW
@given(questions(), st.integers(-5_000, 0))
def test_one_more_call_never_permits_what_was_barred(question: Question, minutes: int) -> None:
    call = made.contact("call", question["at"].add(minutes=minutes))
    records = [entry.record for entry in question["log"]]
    if is_allowed(question | {"log": made.log_of(*records, call)}, question["at"]):
        assert is_allowed(question, question["at"])


@FEW
@given(questions(), st.data())
def test_a_contact_that_was_amended_bears_as_if_it_had_been_entered_so(
    question: Question, data: st.DataObject
) -> None:
    log: rp.CommunicationLog = question["log"]
    found = log.contacts()
    if not found:
        return
    changed = {item.id: data.draw(amended(item, question["at"])) for item in found}
    records = [entry.record for entry in log]
    as_amended = log
    for record, to in ((item, changed[item.id]) for item in found if changed[item.id] != item):
        as_amended = as_amended.append(
            rp.amend(
                record,
                to,
                amendment_id=f"amendment of {record.id}",
                reason="entered wrongly",
                recorded_at=LATE,
            ),
            at=LATE,
            salts=[(1_000_000 + len(as_amended)).to_bytes(16, "big")],
        )
    as_entered = made.log_of(*(changed.get(record.id, record) for record in records))
    assert answer_with(question, as_amended) == answer_with(question, as_entered)
    assert answer_with(question, log) == answer_with(question, made.log_of(*records))
    for outcome in (rp.Outcome.WRONG_PERSON, rp.Outcome.CONVERSATION):
        for known in (log, as_amended):
            assert known.contacts(outcome=outcome, point=question["point"]) == tuple(
                item
                for item in known.contacts()
                if item.outcome is outcome
                and item.point is not None
                and item.point.value == question["point"].value
            )


@FEW
@given(questions(), st.sampled_from([US_REGULATION_F, CN_GBT_45251, IN_RBI_2022, AU_RG96]))
def test_the_law_holds_under_the_rules_that_are_shipped(question: Question, rules: Any) -> None:  # noqa: ANN401  # rules
    for item in question["rules"].holidays:
        rules = rules.with_holidays(item.zone, item.calendar)
    asked: Question = question | {"rules": attrs.evolve(rules, horizon=SHORT), "blocked": ()}
    answer = may_contact(**asked)
    if isinstance(answer, Denied) and answer.earliest is not None:
        assert is_allowed(asked, answer.earliest)
        assert not is_allowed(asked, answer.earliest.subtract(minutes=1))
