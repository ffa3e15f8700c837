from __future__ import annotations

from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.policies import cn
from tests.communication.examples import CLIENT, NINE, OFFICER, call, letter, salts, there

RULES = there(cn.CREDIT_CARD.in_force(pendulum.date(2026, 12, 1)).records)
LETTER_ITEMS = there(RULES.letter_items)
AGREEMENT_ITEMS = there(RULES.agreement_items)
RECORDING = rp.Original(digest="0" * 64, where="archive 7", form=rp.OriginalForm.AUDIO)


def missing(contact: rp.Contact, rules: rp.RecordRules = RULES) -> list[str]:
    found = rp.missing_items(contact, rules)
    return [finding.rule for finding in found if finding.rule != "record_integrity"]


def test_a_record_by_itself_lacks_integrity_and_one_in_a_log_does_not() -> None:
    (found,) = rp.missing_items(call(), RULES)
    assert (found.rule, found.passed, found.observed) == ("record_integrity", False, "call")
    log = rp.CommunicationLog("log").append(call(), at=NINE.add(hours=2), salts=salts())
    assert rp.missing_items(log, RULES) == ()


def test_only_somebody_who_owes_or_acts_for_who_does_is_the_right_party() -> None:
    bystander = rp.Party(id="p", role=rp.PartyRole.INTERPRETER)
    participants = (
        rp.Participant(party=CLIENT),
        rp.Participant(party=bystander, verification=call().participants[0].verification),
    )
    assert missing(call(participants=participants)) == ["record_right_party"]


def test_who_acts_for_somebody_is_the_right_party_while_the_authority_holds() -> None:
    checked = call().participants[0].verification
    for until, lacking in ((NINE.date(), []), (NINE.date().subtract(days=1), ["record_right_party"])):
        authority = rp.Authority(scope="the debt", valid_until=until)
        agent = rp.Party(id="agent", role=rp.PartyRole.REPRESENTATIVE, authority=authority)
        assert missing(call(participants=(rp.Participant(party=agent, verification=checked),))) == lacking
        bare = attrs.evolve(agent, authority=None)
        found = missing(call(participants=(rp.Participant(party=bare, verification=checked),)))
        assert found == ["record_right_party"]


def test_a_letter_that_was_refused_has_its_words() -> None:
    refused = letter(outcome=rp.Outcome.REFUSED, content=None, stated=LETTER_ITEMS.value)
    assert missing(refused) == ["record_content"]


def test_a_complete_call_and_a_complete_letter_lack_nothing() -> None:
    assert missing(call()) == []
    assert missing(letter(stated=LETTER_ITEMS.value)) == []


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"operator": None}, "record_sender"),
        ({"participants": ()}, "record_receiver"),
        ({"zone": None}, "record_time_zone"),
        ({"ended_at": None}, "record_end"),
        ({"content": None}, "record_content"),
        ({"participants": (rp.Participant(party=CLIENT),)}, "record_right_party"),
        ({"spoken_language": None}, "record_language"),
    ],
)
def test_what_a_call_lacks_is_named(fields: dict[str, Any], rule: str) -> None:
    assert rule in missing(call(**fields))
    found = next(item for item in rp.missing_items(call(**fields), RULES) if item.rule == rule)
    assert (found.passed, found.observed) == (False, "call")
    assert found.citation is RULES.required.citation


def test_a_party_of_the_bank_is_a_sender_and_is_no_receiver() -> None:
    bank = rp.Participant(party=OFFICER)
    assert missing(call(operator=None, participants=(*call().participants, bank))) == []
    assert missing(call(participants=(bank,))) == ["record_receiver", "record_right_party"]


def test_an_attempt_needs_the_address_that_was_tried_and_no_words() -> None:
    attempt = call(outcome=rp.Outcome.NO_ANSWER, ended_at=None, participants=(), content=None)
    assert missing(attempt) == []
    assert missing(attrs.evolve(attempt, point=None)) == ["record_receiver"]


def test_a_voicemail_needs_its_words() -> None:
    left = call(outcome=rp.Outcome.VOICEMAIL_LEFT, ended_at=None, content=None)
    assert missing(left) == ["record_content"]
    assert missing(attrs.evolve(left, original=RECORDING)) == []


def test_what_the_client_sent_needs_the_client_and_who_received_it() -> None:
    mail = letter(
        direction=rp.Direction.INBOUND,
        channel=rp.Channel.EMAIL,
        purpose=rp.Purpose.HARDSHIP_TALK,
        outcome=rp.Outcome.RECEIVED,
        receipts=(),
    )
    assert missing(mail) == []
    assert missing(attrs.evolve(mail, participants=())) == ["record_sender"]
    assert missing(attrs.evolve(mail, operator=None)) == ["record_receiver"]
    assert missing(attrs.evolve(mail, operator=None, participants=(rp.Participant(party=OFFICER),))) == [
        "record_sender"
    ]


@pytest.mark.parametrize("purpose", [rp.Purpose.DEMAND, rp.Purpose.STATUTORY_NOTICE, rp.Purpose.AGREEMENT])
def test_what_is_formal_needs_a_receipt(purpose: rp.Purpose) -> None:
    sent = letter(purpose=purpose, receipts=(), stated=LETTER_ITEMS.value)
    assert missing(sent) == ["record_receipt"]
    assert missing(attrs.evolve(sent, outcome=rp.Outcome.BOUNCED)) == []
    assert missing(attrs.evolve(sent, purpose=rp.Purpose.REMINDER)) == []


@pytest.mark.parametrize(
    "purpose", [rp.Purpose.DEMAND, rp.Purpose.MISSED_PAYMENT, rp.Purpose.STATUTORY_NOTICE]
)
def test_a_letter_that_demands_says_what_the_law_wants_said(purpose: rp.Purpose) -> None:
    said = LETTER_ITEMS.value - {rp.StatedItem.SEAL, rp.StatedItem.HOW_TO_DISPUTE}
    *found, _ = rp.missing_items(letter(purpose=purpose, stated=said), RULES)
    assert [(item.rule, item.limit) for item in found] == [
        ("letter_items", rp.StatedItem.HOW_TO_DISPUTE.value),
        ("letter_items", rp.StatedItem.SEAL.value),
    ]
    assert found[0].citation is LETTER_ITEMS.citation


@pytest.mark.parametrize("channel", [rp.Channel.LETTER, rp.Channel.EMAIL])
def test_who_writes_that_an_agency_comes_says_what_the_rules_want(channel: rp.Channel) -> None:
    items = rp.Limit(frozenset({rp.StatedItem.SEAL, rp.StatedItem.COST_LIABILITY}), LETTER_ITEMS.citation)
    rules = attrs.evolve(RULES, agency_items=items)
    notice = letter(channel=channel, stated={*LETTER_ITEMS.value, rp.StatedItem.AGENCY})
    found = [(item.rule, item.limit) for item in rp.missing_items(notice, rules)]
    assert found[0] == ("agency_items", rp.StatedItem.COST_LIABILITY.value)
    assert missing(notice, rules) == ["agency_items"]
    assert missing(attrs.evolve(notice, stated=LETTER_ITEMS.value), rules) == []
    assert missing(notice) == []


def test_what_is_said_of_an_agency_in_a_talk_is_no_notice() -> None:
    rules = attrs.evolve(RULES, agency_items=LETTER_ITEMS)
    assert missing(call(stated={rp.StatedItem.AGENCY}), rules) == []


def test_a_message_and_what_the_client_wrote_are_no_letters_of_demand() -> None:
    message = letter(channel=rp.Channel.SMS)
    assert missing(message) == []
    received = letter(direction=rp.Direction.INBOUND, outcome=rp.Outcome.RECEIVED)
    assert "letter_items" not in missing(received)


def test_an_oral_agreement_states_the_plan_and_is_recorded() -> None:
    talk = call(purpose=rp.Purpose.AGREEMENT)
    assert missing(talk) == ["agreement_items"] * 5 + ["agreement_recorded"]
    assert missing(attrs.evolve(talk, stated=AGREEMENT_ITEMS.value, original=RECORDING)) == []
    paper = attrs.evolve(RECORDING, form=rp.OriginalForm.PAPER)
    assert missing(attrs.evolve(talk, stated=AGREEMENT_ITEMS.value, original=paper)) == ["agreement_recorded"]
    assert missing(attrs.evolve(talk, outcome=rp.Outcome.DROPPED)) == []


def test_rules_that_are_not_known_are_not_applied() -> None:
    rules = rp.RecordRules(required=rp.Limit(frozenset[rp.RecordItem](), RULES.required.citation))
    assert missing(call(purpose=rp.Purpose.AGREEMENT, zone=None), rules) == []
    assert missing(letter(), rules) == []


def test_a_log_is_gone_through_as_it_was_corrected() -> None:
    bare = call(zone=None)
    log = rp.CommunicationLog("log").append(bare, at=NINE.add(hours=2), salts=salts())
    assert [finding.observed for finding in rp.missing_items(log, RULES)] == ["call"]
    later = NINE.add(days=1)
    fixed = rp.amend(bare, call(), amendment_id="fix", reason="zone left out", recorded_at=later)
    assert rp.missing_items(log.append(fixed, at=later, salts=salts(100)), RULES) == ()


def test_other_records_are_complete_by_construction() -> None:
    hardship = rp.Hardship(id="h", case_id="case", recorded_at=NINE, party_id="client")
    assert [finding.rule for finding in rp.missing_items(hardship, RULES)] == ["record_integrity"]
    rules = attrs.evolve(RULES, required=rp.Limit(frozenset[rp.RecordItem](), RULES.required.citation))
    assert rp.missing_items(hardship, rules) == ()


@pytest.mark.parametrize(("source", "rules"), [(None, RULES), (call(), None), ("call", RULES)])
def test_the_types_are_checked(source: Any, rules: Any) -> None:  # noqa: ANN401  # wrong on purpose
    with pytest.raises(rp.InputTypeError):
        rp.missing_items(source, rules)
