"""Published examples of how often, when and with whose consent somebody may be contacted."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

import pendulum
import pytest

import repayplan as rp
from repayplan.policies.contact import US_REGULATION_F
from tests.communication import contact_case as made
from tests.reference import Case, case

OUTCOMES = {
    "limited_content_message": rp.Outcome.VOICEMAIL_LEFT,
    "unanswered": rp.Outcome.NO_ANSWER,
    "conversation": rp.Outcome.CONVERSATION,
}
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
RULES = US_REGULATION_F


def worked(identity: str) -> Case:
    return case("worked_examples.json", None, identity)


def at(day: str, time: str = "12:00") -> pendulum.DateTime:
    return made.moment(f"{day} {time}")


def calls(events: list[Any], **more: Any) -> list[rp.Contact]:  # noqa: ANN401  # fields of a contact
    """The calls of an example; those of one day follow each other by the minute from ten o'clock."""
    found: list[rp.Contact] = []
    placed = [event for event in events if event["type"] == "outbound_call"]
    for day, of_day in groupby(placed, key=lambda event: event["date"]):
        for minute, event in enumerate(of_day):
            outcome = OUTCOMES[event["outcome"]]
            found.append(
                made.contact(f"call {len(found)}", at(day, f"10:{minute:02}"), outcome=outcome, **more)
            )
    return found


def verdicts(contacts: list[rp.Contact], *others: rp.Record, **more: Any) -> list[bool]:  # noqa: ANN401
    """Whether each contact was allowed, given those before it."""
    return [
        made.allowed(
            contact.started_at,
            RULES,
            log=made.log_of(*contacts[:place], *others),
            debts=contact.debts,
            **more,
        )
        for place, contact in enumerate(contacts)
    ]


def counted(log: rp.CommunicationLog, day: str, debt: str = "card") -> int:
    """How many calls are in the window, without the one in question."""
    found = made.observed("contact_limit", at(day, "20:59"), RULES, log=log, debts=(debt,))
    assert isinstance(found, int)
    return found - 1


def conversations(log: rp.CommunicationLog, day: str, debt: str) -> int:
    return int("quiet_days" in made.reasons(at(day, "20:59"), RULES, log=log, debts=(debt,)))


# ------------------------------------------------------------------------------------------ contact_frequency


def test_the_eighth_call_waits_for_the_eighth_day() -> None:
    example = worked("regf-14b2i-1-i")
    placed = calls(example["inputs"]["events"])
    expected = example["expected"]
    assert verdicts(placed) == [True] * 8
    log = made.log_of(*placed[:7])
    assert counted(log, "2020-04-07") == expected["calls_in_window_2020-04-01_07"]
    assert made.earliest(at("2020-04-07"), RULES, log=log) == f"{expected['next_call_allowed']} 08:00"


def test_a_third_party_is_called_seven_times_to_find_the_client() -> None:
    example = worked("regf-14b2i-1-iii")
    asked = {"recipient": "sister", "point": made.SISTERS, "purpose": rp.Purpose.LOCATION}
    placed = calls(example["inputs"]["events"], point=made.SISTERS, purpose=rp.Purpose.LOCATION)
    assert verdicts(placed, **asked) == [True] * example["expected"]["calls_in_window"]
    assert made.reasons(at("2020-10-12"), RULES, log=made.log_of(*placed), **asked) == ["contact_limit"]


def test_calls_to_what_turns_out_a_wrong_number_do_not_count() -> None:
    example = worked("regf-14b2i-3-i")
    monday, wednesday, thursday = "2020-04-06", "2020-04-08", "2020-04-09"
    assert [event["weekday"] for event in example["inputs"]["events"]] == ["Mon", "Wed", "Thu"]
    log = made.log_of(
        made.contact("call 0", at(monday)),
        made.contact("call 1", at(wednesday)),
        made.contact(
            "wrong",
            at(thursday),
            outcome=rp.Outcome.WRONG_PERSON,
            participants=[rp.Participant(party=made.STRANGER)],
        ),
    )
    assert counted(log, wednesday) == 2
    assert counted(log, thursday) == example["expected"]["calls_counted_to_consumer"]


def test_eight_calls_in_seven_days_are_too_many() -> None:
    example = worked("regf-14b2ii-1-i")
    placed = calls(example["inputs"]["events"], debts=("mortgage",))
    assert verdicts(placed) == [True] * 7 + [False]
    assert counted(made.log_of(*placed), "2020-04-07", "mortgage") == example["expected"]["calls_in_window"]


BASE = "regf-14b2ii-1-ii"


def test_after_a_conversation_a_week_is_quiet() -> None:
    example = worked(BASE)
    log = made.log_of(*calls(example["inputs"]["events"]))
    wanted = f"{example['expected']['earliest_next_outbound_call']} 08:00"
    assert made.earliest(at("2020-08-14"), RULES, log=log) == wanted
    assert made.reasons(at("2020-08-20", "20:59"), RULES, log=log) == ["quiet_days"]


@pytest.mark.parametrize("identity", ["regf-14b2ii-2-iv-A", "regf-14b2ii-2-iv-C"])
def test_a_call_in_the_quiet_week_is_presumed_too_much_whatever_its_reason(identity: str) -> None:
    example = worked(identity)
    assert (example["inputs"]["base"], example["expected"]["result"]) == (BASE, "presumed_violation")
    log = made.log_of(*calls(worked(BASE)["inputs"]["events"]))
    assert made.reasons(at(example["inputs"]["event"]["date"]), RULES, log=log) == ["quiet_days"]


def test_call_me_back_on_monday_permits_the_call_on_monday() -> None:
    example = worked("regf-14b3i-3-i")
    talk, wish, again = example["inputs"]["events"]
    (conversation,) = calls([talk])
    monday = pendulum.Date.fromisoformat(wish["scope_date"])
    scope = made.consent(
        "call back",
        at(wish["date"], "10:05"),
        rp.ConsentScope.EXTRA_CONTACT,
        how=wish["text"],
        starts_at=at(str(monday), "00:00"),
        until=at(str(monday.add(days=1)), "00:00"),
    )
    log = made.log_of(conversation, scope)
    assert made.allowed(at(again["date"]), RULES, log=log)
    assert made.reasons(at(again["date"]), RULES, log=made.log_of(conversation)) == ["quiet_days"]
    for other in ("2020-04-05", "2020-04-07"):
        assert made.reasons(at(other), RULES, log=log) == ["quiet_days"]


def test_calls_within_a_week_of_a_consent_do_not_count() -> None:
    example = worked("regf-14b3i-3-iii")
    events, expected = example["inputs"]["events"], example["expected"]
    placed = calls(events)
    given = next(event for event in events if event["type"] == "consent")
    agreed = made.consent(
        "consent", at(given["date"], "00:00"), rp.ConsentScope.EXTRA_CONTACT, how=given["channel"]
    )
    sent = made.contact(
        "email",
        at("2020-06-03"),
        channel=rp.Channel.EMAIL,
        point=made.EMAIL,
        outcome=rp.Outcome.SENT,
    )
    assert verdicts(placed, agreed, sent) == [True] * len(placed)
    again = expected["calls_count_again_from"]
    log, without = made.log_of(*placed, agreed, sent), made.log_of(*placed, sent)
    assert counted(without, again) - counted(log, again) == expected["calls_excluded_by_consent"]
    first, last = expected["consent_window"]
    assert (first, last) == (given["date"], str(pendulum.Date.fromisoformat(again).subtract(days=1)))
    later = [made.contact("later", at(again, "09:00"))]
    assert counted(made.log_of(*placed, agreed, *later), again) == 1


def test_three_debts_may_have_seven_calls_each() -> None:
    debts = worked("regf-14b4-2-i")["inputs"]["debts"]
    placed = [
        made.contact(f"{debt} {day}", at(f"2020-04-0{day}", f"{10 + place}:00"), debts=(debt,))
        for day in range(1, 8)
        for place, debt in enumerate(debts)
    ]
    assert len(placed) == 21
    assert verdicts(placed) == [True] * 21
    log = made.log_of(*placed)
    assert [counted(log, "2020-04-07", debt) for debt in debts] == [7, 7, 7]
    assert not any(made.allowed(at("2020-04-07", "20:00"), RULES, log=log, debts=(debt,)) for debt in debts)


def test_a_voicemail_for_two_debts_counts_for_the_one_that_is_recorded() -> None:
    debts = worked("regf-14b4-2-ii")["inputs"]["debts"]
    for chosen in debts:
        left = made.contact("one", at("2020-11-09"), outcome=rp.Outcome.VOICEMAIL_LEFT, debts=(chosen,))
        log = made.log_of(left)
        assert {debt: counted(log, "2020-11-09", debt) for debt in debts} == {
            debt: int(debt == chosen) for debt in debts
        }


@pytest.mark.parametrize("identity", ["regf-14b4-2-iv", "regf-14b4-2-vi"])
def test_a_conversation_is_one_about_every_debt_that_came_up(identity: str) -> None:
    example = worked(identity)
    (event,) = example["inputs"]["events"]
    (talk,) = calls(
        [event],
        debts=event.get("discussed") or event["initiated"],
        debts_raised=event.get("consumer_raised", []),
    )
    log = made.log_of(talk)
    for debt, expected in example["expected"].items():
        assert counted(log, event["date"], debt) == expected["calls"]
        assert conversations(log, event["date"], debt) == expected["conversations"]


def test_loans_under_one_account_number_are_one_debt() -> None:
    example = worked("regf-14b4-2-vii")
    most = example["expected"]["max_calls_per_7_days"]
    placed = [made.contact(f"{day}", at(f"2020-04-0{day}"), debts=("account",)) for day in range(1, 8)]
    assert verdicts(placed) == [True] * most
    assert not made.allowed(at("2020-04-07", "20:00"), RULES, log=made.log_of(*placed), debts=("account",))


# ------------------------------------------------------------------------------------------ contact_time


def test_where_two_zones_are_likely_both_must_suit() -> None:
    example = worked("regf-6b1i-2-i")
    client = made.client(zones=example["inputs"]["locations"])
    ((start, end),) = made.windows(at("2020-04-01", "00:00"), RULES, 1, client=client)
    wanted = [f"2020-04-01 {time}" for time in example["expected"]["window_eastern"]]
    assert [start, end] == wanted


def test_two_weekdays_do_not_suit_until_the_year_ends() -> None:
    example = worked("regf-6b1-1-i")
    blocked = {1 + WEEKDAYS.index(name) for name in example["expected"]["blocked_weekdays"]}
    wish = rp.ContactPreference(
        inconvenient=[rp.WeeklyTimes(weekdays=blocked)], valid_until=dt.date(2020, 12, 31)
    )
    client = made.client(wish)
    for day in range(1, 32):
        date = pendulum.date(2020, 12, day)
        assert made.allowed(at(str(date)), RULES, client=client) is (date.isoweekday() not in blocked)
    tuesday = pendulum.date(2021, 1, 5)
    assert tuesday.isoweekday() == 2
    assert made.allowed(at(str(tuesday)), RULES, client=client)


def test_hours_of_weekdays_and_all_weekends_do_not_suit() -> None:
    (days, start, end), (rest, midnight, day_end) = worked("regf-6b1-1-ii")["expected"]["blocked"]
    assert (days, rest) == ("Mon-Fri", "Sat-Sun")
    wish = rp.ContactPreference(
        inconvenient=[
            rp.WeeklyTimes(weekdays=tuple(range(1, 6)), start=start, end=end),
            rp.WeeklyTimes(weekdays={6, 7}, start=midnight, end=day_end),
        ]
    )
    friday = at("2020-04-03", "00:00")
    assert made.windows(friday, RULES, 3, client=made.client(wish)) == [
        ("2020-04-03 08:00", "2020-04-03 15:00"),
        ("2020-04-03 17:00", "2020-04-03 21:00"),
        ("2020-04-06 08:00", "2020-04-06 15:00"),
    ]


def test_not_at_home_leaves_what_goes_with_the_client() -> None:
    expected = worked("regf-6b1-1-iii")["expected"]
    media = {
        "mail_to_home_address": (rp.Channel.LETTER, made.HOME),
        "home_landline": (rp.Channel.PHONE, made.LANDLINE),
        "mobile_call": (rp.Channel.PHONE, made.MOBILE),
        "email": (rp.Channel.EMAIL, made.EMAIL),
        "text": (rp.Channel.SMS, made.MOBILE),
    }
    client = made.client(rp.ContactPreference(not_at={rp.Place.HOME}))
    found = {
        name: made.reasons(at("2020-04-01"), RULES, client=client, channel=channel, point=point)
        for name, (channel, point) in media.items()
    }
    assert {name for name, barred in found.items() if barred == ["wished_places"]} == set(
        expected["blocked_media"]
    )
    assert {name for name, barred in found.items() if not barred} == set(expected["allowed_media"])


def email(name: str, day: str, time: str, **more: Any) -> rp.Contact:  # noqa: ANN401  # fields of a contact
    fields = {"channel": rp.Channel.EMAIL, "point": made.EMAIL, "purpose": rp.Purpose.ANSWER}
    return made.contact(name, at(day, time), **(fields | more))


def received(day: str, time: str) -> rp.Contact:
    return email("message", day, time, direction=rp.Direction.INBOUND, outcome=rp.Outcome.RECEIVED)


REPLY = {"channel": rp.Channel.EMAIL, "point": made.EMAIL, "purpose": rp.Purpose.ANSWER}


def test_a_message_in_hours_that_do_not_suit_is_answered_once() -> None:
    example = worked("regf-6b1-2-i")
    event, expected = example["inputs"]["event"], example["expected"]
    assert (event["weekday"], expected["one_email_reply_allowed_before"]) == ("Wed", "17:00 same day")
    wish = rp.ContactPreference(inconvenient=[rp.WeeklyTimes(start="15:00", end="17:00")])
    asked: dict[str, Any] = {"client": made.client(wish)}
    wednesday = "2020-04-01"
    log = made.log_of(received(wednesday, event["time"]))
    before = at(wednesday, "16:59")
    assert made.allowed(before, RULES, log=log, **asked, **REPLY)
    assert made.reasons(before, RULES, log=log, **asked) == ["wished_times"]  # a call for payment is no reply
    assert made.reasons(at(wednesday, "15:29"), RULES, log=log, **asked, **REPLY) == ["wished_times"]
    reply = email("reply", wednesday, "15:40", outcome=rp.Outcome.SENT, answers="message")
    answered = made.log_of(received(wednesday, event["time"]), reply)
    assert made.reasons(before, RULES, log=answered, **asked, **REPLY) == ["wished_times"]
    assert expected["further_outbound_in_blocked_time"] is False


def test_a_message_on_a_day_that_does_not_suit_is_answered_once() -> None:
    example = worked("regf-6b1-2-iv")
    wish = rp.ContactPreference(inconvenient=[rp.WeeklyTimes(weekdays={5})])
    asked: dict[str, Any] = {"client": made.client(wish)}
    friday, time = "2020-04-03", example["inputs"]["event"]["time"]
    log = made.log_of(received(friday, time))
    assert (
        made.allowed(at(friday, "20:31"), RULES, log=log, **asked, **REPLY)
        is (example["expected"]["one_automated_reply_allowed"])
    )
    reply = email("reply", friday, "20:31", outcome=rp.Outcome.SENT)
    answered = made.log_of(received(friday, time), reply)
    assert made.reasons(at(friday, "20:40"), RULES, log=answered, **asked, **REPLY) == ["wished_times"]
    assert (
        made.allowed(at(friday, "20:31"), RULES, log=log, **asked)
        is (example["expected"]["other_friday_contact"])
    )


# ------------------------------------------------------------------------------------------ contact_consent


def test_the_demand_to_cease_takes_effect_when_it_arrives() -> None:
    example = worked("regf-6c1-1-i")
    events = {event["type"]: event["date"] for event in example["inputs"]["events"]}
    expected = example["expected"]
    stop = made.withdrawal("stop", at(events["cease_letter_received"], "09:00"))
    asked: dict[str, Any] = {"log": made.log_of(stop), "channel": rp.Channel.EMAIL, "point": made.EMAIL}
    assert made.allowed(at(events["email_sent"]), RULES, **asked) is not expected["email_2020-08-04_violates"]
    assert made.allowed(at(expected["cease_effective"], "08:59"), RULES, **asked)
    assert made.denied(at(expected["cease_effective"], "09:00"), RULES, **asked).earliest is None


def test_an_opt_out_holds_for_every_debt_and_is_confirmed_once() -> None:
    expected = worked("regf-14h1-3-ii")["expected"]
    assert (expected["blocked"], expected["confirmation_message_allowed"][:4]) == (
        "that address/number for every debt",
        "once",
    )
    opt_out = made.withdrawal("opt-out", at("2020-04-01"), channel=rp.Channel.SMS, point_id="mobile")
    log = made.log_of(opt_out)
    asked: dict[str, Any] = {"channel": rp.Channel.SMS}
    confirming = {"purpose": rp.Purpose.OPT_OUT_CONFIRMATION}
    later = at("2020-04-02")
    for debt in ("card", "loan"):
        assert made.reasons(later, RULES, log=log, debts=(debt,), **asked) == ["not_stopped"]
    assert made.allowed(later, RULES, log=log, channel=rp.Channel.EMAIL, point=made.EMAIL)
    assert made.allowed(later, RULES, log=log, **asked, **confirming)
    sent = made.contact(
        "confirmation",
        at("2020-04-02"),
        channel=rp.Channel.SMS,
        outcome=rp.Outcome.SENT,
        purpose=rp.Purpose.OPT_OUT_CONFIRMATION,
    )
    confirmed = made.log_of(opt_out, sent)
    assert made.reasons(later.add(days=1), RULES, log=confirmed, **asked, **confirming) == ["not_stopped"]
