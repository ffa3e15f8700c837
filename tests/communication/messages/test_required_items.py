"""What the rules want in a message: demanded of its facts, with the source."""

from __future__ import annotations

import pickle

import pytest

import repayplan as rp
from tests.communication.messages import KIND, Wrong, all_facts, facts
from tests.reference import load

CITATION = rp.US_ELECTRONIC_MESSAGE.items[0].citation


@pytest.mark.parametrize("kind", [kind for kind in KIND if kind is not KIND.OPT_OUT_CONFIRMED])
def test_an_electronic_message_in_the_united_states_has_a_way_to_opt_out(kind: rp.MessageKind) -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        rp.render_message(kind, "en", facts(kind), rules=rp.US_ELECTRONIC_MESSAGE)
    assert (caught.value.code, caught.value.field) == ("message.fact_required", "facts.opt_out")
    assert "1006.6(e)" in str(caught.value)
    message = rp.render_message(kind, "en", facts(kind, "opt_out"), rules=rp.US_ELECTRONIC_MESSAGE)
    assert message.plain.count("reply STOP") == 1
    assert message.sms.count("reply STOP") == 1


def test_the_confirmation_of_an_opt_out_states_it_and_nothing_else() -> None:
    kind = KIND.OPT_OUT_CONFIRMED
    message = rp.render_message(kind, "en", facts(kind), rules=rp.US_ELECTRONIC_MESSAGE)
    assert message.plain == (
        "Dear Wang Fang,\n\n"
        "As you asked, we no longer contact you by text message.\n\n"
        "You reach us on +86 10 5555 0100, Monday to Friday, 9:00 to 18:00.\n\n"
        "Kind regards, North Bank"
    )
    assert message.sms == ("North Bank: your choice is noted. If you need us, call +86 10 5555 0100.")
    assert rp.facts_of(kind).allowed == {"sender", "contact", "client_name", "channel"}
    for name in ("reference", "creditor", "rights", "adviser", "opt_out", "write_to"):
        with pytest.raises(rp.CommunicationError) as caught:
            rp.render_message(kind, "en", facts(kind, name))
        assert (caught.value.code, caught.value.field) == ("message.fact_extra", f"facts.{name}")


@pytest.mark.parametrize(
    ("rules", "optional"),
    [
        (rp.CN_CARD_LETTER, {"basis", "rights", "query_route"}),
        (rp.HK_AGENCY_NOTICE, {"days_past_due", "costs", "complaint_route"}),
    ],
)
def test_a_letter_has_every_item_of_its_rule(rules: rp.MessageRules, optional: set[str]) -> None:
    kind = KIND.MISSED_PAYMENT
    assert rp.render_message(kind, "zh-CN", facts(kind, *optional), rules=rules).plain
    for name in optional:
        with pytest.raises(rp.CommunicationError) as caught:
            rp.render_message(kind, "zh-CN", facts(kind, *optional - {name}), rules=rules)
        assert caught.value.field == f"facts.{name}"
    for other in (KIND.REMINDER, KIND.NEUTRAL):
        assert rp.render_message(other, "zh-CN", all_facts(other), rules=rules).plain


def test_a_voicemail_in_the_united_states_says_whom_to_ask_for() -> None:
    rules = rp.US_LIMITED_CONTENT
    with pytest.raises(rp.CommunicationError) as caught:
        rp.render_message(KIND.NEUTRAL, "en-US", facts(KIND.NEUTRAL), rules=rules)
    assert caught.value.field == "facts.agent"
    assert rp.render_message(KIND.NEUTRAL, "en-US", facts(KIND.NEUTRAL, "agent"), rules=rules).plain == (
        "This is North Bank. We would like to speak with you. Please ask for Li Na."
        " Please call +86 10 5555 0100, Monday to Friday, 9:00 to 18:00."
    )


def test_the_items_are_those_of_the_published_rules() -> None:
    rules = {rule["id"]: rule["params"] for rule in load("rules.json")["rules"]}
    notice = {
        "amount": "amount",
        "time_in_default": "days_past_due",
        "phone": "contact",
        "cost_liability": "costs",
        "how_to_complain": "complaint_route",
    }
    fields = rules["hk.card"]["agency_notice_fields"]
    assert {notice[field] for field in fields} == {item.fact for item in rp.HK_AGENCY_NOTICE.items}
    letter = {
        "name_and_balance": "amount",
        "reason_and_law": "basis",
        "rights_and_duties": "rights",
        "how_to_query_dispute_and_submit_evidence": "query_route",
        "issuer_contact": "contact",
        "seal": None,  # the bank's own, on paper
        "other": None,
    }
    fields = rules["cn.collection.art66_69"]["letter_fields"]
    assert {letter[field] for field in fields} - {None} == {item.fact for item in rp.CN_CARD_LETTER.items}
    voicemail = {
        "neutral_business_name": "sender",
        "request_reply": None,  # every neutral message asks for it
        "contact_name": "agent",
        "phone": "contact",
    }
    fields = rules["us.regf.media"]["limited_content_voicemail_required"]
    assert {voicemail[field] for field in fields} - {None} == {
        item.fact for item in rp.US_LIMITED_CONTENT.items
    }
    assert rules["us.regf.optout"]["every_electronic_message_has_optout"]


@pytest.mark.parametrize(
    ("fact", "kinds", "error"),
    [
        ("amount", [KIND.NEUTRAL], rp.CommunicationError),
        ("nothing", [KIND.REMINDER], rp.CommunicationError),
        ("amount", [], rp.CommunicationError),
        ("amount", "x", rp.InputTypeError),
        ("amount", ["x"], rp.InputTypeError),
        (5, [KIND.REMINDER], rp.InputTypeError),
    ],
)
def test_an_item_that_no_message_could_have_is_refused(
    fact: Wrong, kinds: Wrong, error: type[rp.RepayPlanError]
) -> None:
    with pytest.raises(error):
        rp.RequiredItem(fact, kinds, CITATION)


def test_rules_are_checked_and_travel() -> None:
    for wrong in ("x", ["x"]):
        with pytest.raises(rp.InputTypeError):
            rp.MessageRules(wrong)  # type: ignore[arg-type]  # the point of the test
    with pytest.raises(rp.InputTypeError):
        rp.RequiredItem("amount", [KIND.REMINDER], "law")  # type: ignore[arg-type]  # the point of the test
    rules = rp.MessageRules([*rp.CN_CARD_LETTER.items, *rp.US_ELECTRONIC_MESSAGE.items])
    assert pickle.loads(pickle.dumps(rules)) == rules  # noqa: S301  # our own
