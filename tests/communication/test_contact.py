"""A contact: the order of its moments, its outcome, its ids, and what is derived from it."""

from __future__ import annotations

from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.communication.examples import CHECKED, CLIENT, MOBILE, NINE, OFFICER, call, letter

AUDIO = rp.Original(digest="0" * 64, where="archive", form=rp.OriginalForm.AUDIO)


def changed(contact: rp.Contact, **fields: Any) -> rp.Contact:  # noqa: ANN401  # any field
    return attrs.evolve(contact, **fields)


def refusal(contact: rp.Contact, **fields: Any) -> rp.RepayPlanError:  # noqa: ANN401  # any field
    with pytest.raises(rp.RepayPlanError) as caught:
        changed(contact, **fields)
    return caught.value


def test_an_attempt_needs_no_more_than_what_was_tried() -> None:
    attempt = rp.Contact(
        id="a",
        case_id="case",
        recorded_at=NINE,
        direction=rp.Direction.OUTBOUND,
        channel=rp.Channel.PHONE,
        purpose=rp.Purpose.REMINDER,
        outcome=rp.Outcome.NO_ANSWER,
        started_at=NINE,
    )
    assert (attempt.participants, attempt.debts, attempt.receipts) == ((), (), ())
    assert attempt.party_ids == frozenset()
    assert attempt.all_debts == ()
    assert not attempt.is_conversation
    assert not attempt.is_recorded
    assert repr(attempt) == "<Contact a: outbound phone, no answer>"


# ------------------------------------------------------------------------------------------ order


def test_moments_may_all_be_one() -> None:
    assert call(started_at=NINE, ended_at=NINE, recorded_at=NINE).ended_at == NINE
    assert call(started_at=NINE, ended_at=None, recorded_at=NINE).ended_at is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        pytest.param({"ended_at": NINE.subtract(microseconds=1)}, "ended_at", id="ends before it starts"),
        pytest.param({"recorded_at": NINE.add(minutes=11)}, "recorded_at", id="recorded before it ends"),
        pytest.param(
            {"ended_at": None, "recorded_at": NINE.subtract(seconds=1)}, "recorded_at", id="before it starts"
        ),
        pytest.param(
            {"ended_at": NINE.subtract(seconds=1).in_timezone("Asia/Tokyo")},
            "ended_at",
            id="by another clock",
        ),
    ],
)
def test_moments_out_of_order_are_refused(fields: dict[str, Any], field: str) -> None:
    error = refusal(call(), **fields)
    assert type(error) is rp.CommunicationError
    assert (error.code, error.field) == ("record.order", field)


def test_the_error_names_the_moment_that_was_given() -> None:
    error = refusal(call(ended_at=None), recorded_at=NINE.subtract(hours=1))
    assert "(started_at)" in error.message
    assert "ended_at" not in error.message


def test_a_call_across_a_change_of_the_clocks_is_ordered_by_its_instants() -> None:
    zone = "America/New_York"
    started = pendulum.datetime(2026, 11, 1, 5, 55).in_timezone(zone)  # 01:55 of summer time
    ended = pendulum.datetime(2026, 11, 1, 6, 5).in_timezone(zone)  # 01:05 of winter time
    talk = call(started_at=started, ended_at=ended, recorded_at=ended, zone=zone)
    assert talk.ended_at is not None
    assert (talk.ended_at - talk.started_at).total_seconds() == 600


# ------------------------------------------------------------------------------------------ outcomes

TALKS = (
    rp.Outcome.CONVERSATION,
    rp.Outcome.NO_ANSWER,
    rp.Outcome.BUSY,
    rp.Outcome.OUT_OF_SERVICE,
    rp.Outcome.DROPPED,
    rp.Outcome.VOICEMAIL_LEFT,
    rp.Outcome.VOICEMAIL_NOT_LEFT,
    rp.Outcome.REFUSED,
    rp.Outcome.WRONG_PERSON,
)
MESSAGES = (
    rp.Outcome.SENT,
    rp.Outcome.DELIVERED,
    rp.Outcome.BOUNCED,
    rp.Outcome.REFUSED,
    rp.Outcome.WRONG_PERSON,
)
NOT_OF_THE_CLIENT = (rp.Outcome.OUT_OF_SERVICE, rp.Outcome.REFUSED, rp.Outcome.WRONG_PERSON)
CALLS_OF_THE_CLIENT = tuple(outcome for outcome in TALKS if outcome not in NOT_OF_THE_CLIENT)


def possible(channel: rp.Channel, direction: rp.Direction) -> tuple[rp.Outcome, ...]:
    if direction is rp.Direction.OUTBOUND:
        return TALKS if channel.is_live else MESSAGES
    return CALLS_OF_THE_CLIENT if channel.is_live else (rp.Outcome.RECEIVED,)


@pytest.mark.parametrize("outcome", rp.Outcome, ids=lambda outcome: outcome.name)
@pytest.mark.parametrize("direction", rp.Direction, ids=lambda direction: direction.name)
@pytest.mark.parametrize("channel", rp.Channel, ids=lambda channel: channel.name)
def test_an_outcome_is_one_of_the_channel_and_the_direction(
    channel: rp.Channel, direction: rp.Direction, outcome: rp.Outcome
) -> None:
    first = possible(channel, direction)[0]
    base = call(channel=channel, direction=direction, outcome=first)
    if outcome in possible(channel, direction):
        assert attrs.evolve(base, outcome=outcome).outcome is outcome
        return
    error = refusal(base, outcome=outcome)
    assert type(error) is rp.CommunicationError
    assert (error.code, error.field) == ("contact.outcome", "outcome")


def test_an_interpreter_is_one() -> None:
    error = refusal(call(), interpreter=CLIENT)
    assert (error.code, error.field) == ("contact.interpreter", "interpreter")


# ------------------------------------------------------------------------------------------ ids


@pytest.mark.parametrize("field", ["debts", "debts_raised", "external_ids"])
def test_ids_are_given_once_and_are_lines_of_text(field: str) -> None:
    assert getattr(changed(call(), **{field: ["a", "b"]}), field) == ("a", "b")
    hundred = tuple(map(str, range(100)))
    assert getattr(changed(call(), **{field: hundred}), field) == hundred
    cases: list[tuple[Any, str, str]] = [
        (("a", "b", "a"), "record.twice", f"{field}[2]"),
        (("a", ""), "text.empty", f"{field}[1]"),
        (("a\n",), "text.control", f"{field}[0]"),
        (("a", "b" * 201), "text.length", f"{field}[1]"),
        ((*hundred, "x"), "tuple.length", field),
        (("a", 7), "type.wrong", f"{field}[1]"),
        ((type("Text", (str,), {})("a"),), "text.type", f"{field}[0]"),
        ("card", "tuple.type", field),
    ]
    for value, code, place in cases:
        error = refusal(call(), **{field: value})
        assert (error.code, error.field) == (code, place)


def test_a_contact_does_not_answer_itself() -> None:
    assert call(answers="letter").answers == "letter"
    error = refusal(call(), answers="call")
    assert type(error) is rp.CommunicationError
    assert (error.code, error.field) == ("contact.itself", "answers")


# ------------------------------------------------------------------------------------------ zone, languages


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../x", "Asia", "UTC+8"])
def test_the_zone_of_the_client_is_one_that_there_is(zone: str) -> None:
    error = refusal(call(), zone=zone)
    assert type(error) is rp.DateError
    assert (error.code, error.field) == ("zone.unknown", "zone")


@pytest.mark.parametrize("field", ["spoken_language", "written_language"])
def test_languages_are_known_and_kept_in_their_customary_spelling(field: str) -> None:
    contact = changed(call(), **{field: "ZH-hant-hk"})
    assert getattr(contact, field) == "zh-Hant-HK"
    for tag in ("", "und", "mul", "zxx", "Cantonese", "zh_HK"):
        error = refusal(call(), **{field: tag})
        assert type(error) is rp.CommunicationError
        assert (error.code, error.field) == ("language.unknown", field)


# ------------------------------------------------------------------------------------------ parts


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"direction": "outbound"}, "type.wrong", "direction"),
        ({"channel": rp.Outcome.SENT}, "type.wrong", "channel"),
        ({"purpose": None}, "type.wrong", "purpose"),
        ({"outcome": rp.Channel.SMS}, "type.wrong", "outcome"),
        ({"participants": (CLIENT,)}, "type.wrong", "participants[0]"),
        ({"documents_sent": (AUDIO,)}, "type.wrong", "documents_sent[0]"),
        ({"documents_received": (AUDIO,)}, "type.wrong", "documents_received[0]"),
        ({"receipts": (rp.ReceiptKind.SIGNATURE,)}, "type.wrong", "receipts[0]"),
        ({"stated": (rp.ClientStatement.COMPLAINS,)}, "type.wrong", "stated"),
        ({"client_said": (rp.StatedItem.SEAL,)}, "type.wrong", "client_said"),
        ({"hardship": rp.SupportNeed.BEREAVEMENT}, "type.wrong", "hardship"),
        ({"point": CLIENT}, "type.wrong", "point"),
        ({"interpreter": MOBILE}, "type.wrong", "interpreter"),
        ({"original": rp.Document(id="d", title="t")}, "type.wrong", "original"),
    ],
)
def test_a_part_of_another_kind_is_refused(fields: dict[str, Any], code: str, field: str) -> None:
    error = refusal(call(), **fields)
    assert type(error) is rp.InputTypeError
    assert (error.code, error.field) == (code, field)


# ------------------------------------------------------------------------------------------ what follows


@pytest.mark.parametrize("outcome", TALKS, ids=lambda outcome: outcome.name)
def test_two_people_talked_where_the_outcome_says_so(outcome: rp.Outcome) -> None:
    assert call(outcome=outcome).is_conversation is (outcome is rp.Outcome.CONVERSATION)


def test_an_oral_agreement_is_an_agreement_in_a_talk() -> None:
    agreed = call(purpose=rp.Purpose.AGREEMENT)
    assert agreed.is_oral_agreement
    assert attrs.evolve(agreed, channel=rp.Channel.IN_PERSON).is_oral_agreement
    assert not attrs.evolve(agreed, purpose=rp.Purpose.OFFER).is_oral_agreement
    assert not attrs.evolve(agreed, outcome=rp.Outcome.DROPPED).is_oral_agreement
    assert not letter(purpose=rp.Purpose.AGREEMENT).is_oral_agreement


@pytest.mark.parametrize("form", rp.OriginalForm, ids=lambda form: form.name)
def test_a_talk_is_recorded_where_its_sound_is_kept(form: rp.OriginalForm) -> None:
    original = attrs.evolve(AUDIO, form=form)
    assert call(original=original).is_recorded is form.is_recording
    assert not letter(original=original).is_recorded
    assert not call().is_recorded


def test_those_who_took_part_are_named_once() -> None:
    talk = call(
        participants=(
            rp.Participant(party=CLIENT),
            rp.Participant(party=CLIENT, verification=CHECKED),
            rp.Participant(party=OFFICER),
        )
    )
    assert talk.party_ids == {"client", "officer"}


def test_all_debts_are_those_of_both_sides_each_once_and_in_order() -> None:
    assert call(debts=("b", "a"), debts_raised=("c", "a", "d")).all_debts == ("b", "a", "c", "d")
    assert call(debts=(), debts_raised=("c",)).all_debts == ("c",)
