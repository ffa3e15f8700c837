from __future__ import annotations

from typing import Any

import attrs
import pytest

import repayplan as rp
from tests.communication.examples import CLIENT, NINE, call, letter, salts, there

AT = NINE.add(days=10)
MORNING = call()
DEMAND = letter(
    started_at=NINE.add(days=1),
    recorded_at=NINE.add(days=1),
)
QUESTION = call(
    id="question",
    direction=rp.Direction.INBOUND,
    channel=rp.Channel.EMAIL,
    purpose=rp.Purpose.INFORMATION,
    outcome=rp.Outcome.RECEIVED,
    started_at=NINE.add(days=2),
    ended_at=None,
    recorded_at=NINE.add(days=2),
    debts=(),
    debts_raised=("loan",),
    participants=(),
)
ANSWER = call(
    id="answer",
    purpose=rp.Purpose.ANSWER,
    started_at=NINE.add(days=3),
    ended_at=None,
    recorded_at=NINE.add(days=3),
    answers="question",
    promise_ids=("p1",),
)


def log_of(*records: rp.Record) -> rp.CommunicationLog:
    return rp.CommunicationLog("bank").extend([(record, AT) for record in records], salts=salts())


LOG = log_of(MORNING, ANSWER, DEMAND, QUESTION)  # entered in another order than they began


def test_contacts_are_given_by_when_they_began() -> None:
    assert LOG.contacts() == (MORNING, DEMAND, QUESTION, ANSWER)
    assert LOG.records(rp.Contact) == (MORNING, ANSWER, DEMAND, QUESTION)
    assert LOG.records(rp.Record) == LOG.records(rp.Contact)
    assert LOG.records(rp.Consent) == ()


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({"since": DEMAND.started_at}, (DEMAND, QUESTION, ANSWER)),
        ({"since": DEMAND.started_at.add(microseconds=1)}, (QUESTION, ANSWER)),
        ({"before": DEMAND.started_at}, (MORNING,)),
        ({"before": DEMAND.started_at.add(microseconds=1)}, (MORNING, DEMAND)),
        ({"since": DEMAND.started_at, "before": DEMAND.started_at}, ()),
        ({"since": AT, "before": NINE}, ()),
        ({"channel": rp.Channel.LETTER}, (DEMAND,)),
        ({"channel": rp.Channel.FAX}, ()),
        ({"direction": rp.Direction.INBOUND}, (QUESTION,)),
        ({"purpose": rp.Purpose.ANSWER}, (ANSWER,)),
        ({"outcome": rp.Outcome.RECEIVED}, (QUESTION,)),
        ({"point": QUESTION.point}, (MORNING, QUESTION, ANSWER)),
        ({"point": QUESTION.point, "outcome": rp.Outcome.CONVERSATION}, (MORNING, ANSWER)),
        ({"point": QUESTION.point, "outcome": rp.Outcome.BUSY}, ()),
        ({"point": QUESTION.point, "outcome": ANSWER.outcome, "purpose": rp.Purpose.ANSWER}, (ANSWER,)),
        ({"debt": "loan"}, (QUESTION,)),
        ({"debt": "card"}, (MORNING, DEMAND, ANSWER)),
        ({"party": "client"}, (MORNING, DEMAND, ANSWER)),
        ({"party": "nobody"}, ()),
        ({"party": "client", "channel": rp.Channel.PHONE, "before": ANSWER.started_at}, (MORNING,)),
    ],
)
def test_each_question_narrows_the_answer(question: dict[str, Any], found: tuple[rp.Contact, ...]) -> None:
    assert LOG.contacts(**question) == found
    if question.keys() <= {"since", "before", "channel", "debt", "party"}:
        assert LOG.attempts(**question) == tuple(
            item for item in found if item.direction is rp.Direction.OUTBOUND
        )


@pytest.mark.parametrize("field", ["since", "before"])
def test_a_window_is_made_of_moments(field: str) -> None:
    for wrong, error in (
        (NINE.naive(), rp.DateError),
        ("now", rp.InputTypeError),
        (NINE.date(), rp.InputTypeError),
    ):
        bound: Any = {field: wrong}
        with pytest.raises(error) as caught:
            LOG.contacts(**bound)
        assert caught.value.field == field


def test_the_last_conversation_and_the_promises() -> None:
    assert LOG.last_conversation() == ANSWER
    assert LOG.last_conversation(before=ANSWER.started_at) == MORNING
    assert LOG.last_conversation(debt="loan") is None
    assert LOG.last_conversation(party="client") == ANSWER
    assert rp.CommunicationLog("x").last_conversation() is None
    assert LOG.promises() == (ANSWER,)


def test_a_message_is_unanswered_until_a_contact_of_the_bank_says_that_it_answers() -> None:
    assert LOG.unanswered() == ()
    assert log_of(QUESTION).unanswered() == (QUESTION,)
    for change in ({"answers": None}, {"direction": rp.Direction.INBOUND}):
        log = log_of(QUESTION, attrs.evolve(ANSWER, **change))
        assert log.unanswered() == (QUESTION,)
    voice = attrs.evolve(QUESTION, channel=rp.Channel.PHONE, outcome=rp.Outcome.VOICEMAIL_LEFT)
    assert log_of(voice).unanswered() == (voice,)
    assert log_of(attrs.evolve(voice, outcome=rp.Outcome.CONVERSATION)).unanswered() == ()


def test_what_was_said_before_a_message_does_not_answer_it() -> None:
    early = attrs.evolve(ANSWER, started_at=NINE)
    assert log_of(early, QUESTION).unanswered() == (QUESTION,)


def test_a_corrected_beginning_moves_a_contact_in_every_window() -> None:
    to = attrs.evolve(ANSWER, started_at=NINE.subtract(days=1))
    note = rp.amend(ANSWER, to, amendment_id="a", reason="wrong day", recorded_at=AT)
    log = LOG.append(note, at=AT, salts=salts(900))
    assert log.contacts() == (to, MORNING, DEMAND, QUESTION)
    assert log.contacts(before=NINE) == (to,)
    assert log.contacts(since=ANSWER.started_at) == ()
    assert LOG.contacts(since=ANSWER.started_at) == (ANSWER,)
    with pytest.raises(rp.CommunicationError):  # when a contact began is not personal, nor is its correction
        log.redact(4, ["changes"], "erasure", AT)
    other = rp.Consent(
        id="c",
        case_id="case",
        recorded_at=AT,
        party_id="client",
        scope=rp.ConsentScope.CONTACT,
        given_at=NINE,
    )
    withdrawn = attrs.evolve(other, channel=rp.Channel.SMS)
    note = rp.amend(other, withdrawn, amendment_id="b", reason="x", recorded_at=AT)
    more = log.append(other, at=AT).append(note, at=AT, salts=salts(950))
    assert more.contacts() == log.contacts()
    assert more.record("c") == withdrawn


def test_an_erased_party_is_no_more_found() -> None:
    erased = LOG.redact(0, ["participants"], "erasure", AT)
    assert MORNING not in erased.contacts(party=CLIENT.id)
    assert there(erased.last_conversation(before=NINE.add(days=1))).participants == ()


@pytest.mark.parametrize("wrong", ["nobody", "", 5, None, []])
def test_an_unknown_record_is_refused(wrong: Any) -> None:  # noqa: ANN401  # wrong on purpose
    with pytest.raises(rp.RepayPlanError) as caught:
        LOG.record(wrong)
    assert caught.value.field == "record_id"


@pytest.mark.parametrize(
    "asked",
    [
        {"channel": "phone"},
        {"direction": "outbound"},
        {"purpose": 5},
        {"outcome": "sent"},
        {"point": "p1"},
        {"debt": 5},
        {"party": b"x"},
    ],
)
def test_what_is_asked_for_has_its_type(asked: dict[str, Any]) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.CommunicationLog("bank").contacts(**asked)
    assert caught.value.field in asked


def test_a_log_of_several_cases_answers_for_one() -> None:
    others = [
        attrs.evolve(record, id=f"{record.id} 2", case_id="other", promise_ids=("p2",), answers=None)
        for record in (MORNING, QUESTION)
    ]
    log = log_of(MORNING, QUESTION, *others)  # both have a party that is called client
    assert log.contacts(party=CLIENT.id) == (MORNING, others[0])
    assert log.contacts(party=CLIENT.id, case_id="case") == (MORNING,)
    assert log.attempts(case_id="other") == (others[0],)
    assert log.last_conversation(case_id="other") == others[0]
    assert log.last_conversation(case_id="none") is None
    assert (log.promises(case_id="case"), log.promises(case_id="other")) == ((), tuple(others))
    assert log.unanswered(case_id="case") == (QUESTION,)
