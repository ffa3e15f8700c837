"""May we contact somebody now, and if not, when?"""

from __future__ import annotations

import datetime as dt
import pickle
from typing import TYPE_CHECKING, Any

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.communication.blocked_spans import BlockedSpan
from repayplan.communication.contact_hours import PermittedHours
from repayplan.communication.contact_limits import (
    CalendarSpan,
    ConsecutiveDays,
    CountedContacts,
    CountedPer,
)
from repayplan.communication.contact_rule_book import ContactRules
from repayplan.communication.contact_rules import may_contact, next_window
from repayplan.communication.log_store import View
from repayplan.policies.contact import AU_RG96, CN_GBT_45251, IN_RBI_2022, US_REGULATION_F
from tests.communication.contact_case import (
    CLIENT,
    COLLECTOR,
    EMAIL,
    HOUSE,
    LANDLINE,
    MOBILE,
    OFFICE,
    POINTS,
    SISTER,
    SISTERS,
    SPOUSE,
    SPOUSES,
    Wrong,
    allowed,
    answer,
    arguments,
    client,
    consent,
    contact,
    denied,
    earliest,
    limit,
    log_of,
    moment,
    observed,
    point,
    reasons,
    windows,
    withdrawal,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

US, CN, AU = US_REGULATION_F, CN_GBT_45251, AU_RG96
FREE = ContactRules()
SCOPE = rp.ConsentScope
BY_EMAIL: dict[str, Any] = {"channel": rp.Channel.EMAIL, "point": EMAIL}
BY_SMS: dict[str, Any] = {"channel": rp.Channel.SMS}
NOON = moment("2026-03-04 12:00")  # a Wednesday
SHANGHAI = "Asia/Shanghai"
SYDNEY = "Australia/Sydney"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# ------------------------------------------------------------------------------------------ the answer


def test_an_answer_names_every_rule_that_was_looked_at() -> None:
    found = answer(NOON, US)
    assert [finding.rule for finding in found.findings] == [
        "permitted_hours",
        "wished_times",
        "wished_places",
        "contact_limit",
        "quiet_days",
        "not_stopped",
        "not_represented",
        "point_in_use",
        "right_person",
    ]
    assert all(finding.passed for finding in found.findings)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  # our own


def test_a_denial_gives_its_reasons_with_their_source() -> None:
    found = denied(NOON.set(hour=21), US)
    (reason,) = found.reasons
    assert (reason.rule, reason.observed) == ("permitted_hours", ("2026-03-04 21:00",))
    assert reason.citation is not None
    assert str(reason.citation) == "12 CFR Part 1006 (Regulation F) § 1006.6(b)(1)(i)"
    assert len(found.findings) == len(answer(NOON, US).findings)


def test_the_earliest_moment_has_the_offset_of_the_clients_zone() -> None:
    found = denied(NOON.set(hour=21).in_timezone("UTC"), US).earliest
    assert found is not None
    assert found.isoformat() == "2026-03-05T08:00:00-05:00"


def test_without_rules_all_that_the_client_does_not_forbid_is_allowed() -> None:
    assert allowed(NOON.set(hour=3), FREE)
    assert reasons(NOON, FREE, recipient="sister", point=SISTERS) == ["party_permitted"]


# ------------------------------------------------------------------------------------------ hours


@pytest.mark.parametrize(
    ("time", "expected"),
    [("07:59:59", False), ("08:00", True), ("20:59:59", True), ("21:00", False)],
)
def test_hours_begin_with_their_first_minute_and_end_before_their_last(time: str, *, expected: bool) -> None:
    assert allowed(moment(f"2026-03-04 {time}"), US) is expected


def test_hours_of_india_and_china() -> None:
    for rules, zone, first, last in ((IN_RBI_2022, "Asia/Kolkata", 8, 19), (CN, SHANGHAI, 8, 22)):
        midnight = moment("2026-03-04 00:00", zone)
        assert windows(midnight, rules, 1, client=client(zones=[zone])) == [
            (f"2026-03-04 {first:02}:00", f"2026-03-04 {last}:00")
        ]


@pytest.mark.parametrize(
    ("start", "first", "second"),
    [
        ("2026-03-08 00:00", "2026-03-08T08:00:00-04:00", "2026-03-08T21:00:00-04:00"),  # after a gap at 2:00
        (
            "2026-11-01 00:00",
            "2026-11-01T08:00:00-05:00",
            "2026-11-01T21:00:00-05:00",
        ),  # after a fold at 1:00
    ],
)
def test_hours_are_local_on_days_on_which_the_clock_is_moved(start: str, first: str, second: str) -> None:
    (found,) = next_window(**arguments(moment(start), US))
    assert (found.start.isoformat(), found.end.isoformat()) == (first, second)


def hours(start: str, end: str) -> ContactRules:
    times: rp.Limit[tuple[rp.WeeklyTimes, ...]] = rp.Limit((rp.WeeklyTimes(start=start, end=end),), HOUSE)
    return ContactRules(hours=(PermittedHours(channels={rp.Channel.PHONE}, times=times),))


def test_hours_in_a_gap_are_left_out_and_those_in_a_fold_come_twice() -> None:
    gap = next_window(**arguments(moment("2026-03-08 00:00"), hours("01:30", "02:30")))
    assert [(item.end - item.start).in_minutes() for item in gap] == [30]
    assert not windows(moment("2026-03-08 00:00"), hours("02:15", "02:45"), 1)[0][0].startswith("2026-03-08")
    fold = next_window(**arguments(moment("2026-11-01 00:00"), hours("01:15", "01:45")), count=2)
    assert [item.start.isoformat() for item in fold] == [
        "2026-11-01T01:15:00-04:00",
        "2026-11-01T01:15:00-05:00",
    ]


def test_a_point_tied_to_a_place_has_the_clock_of_that_place_and_a_mobile_phone_adds_one() -> None:
    early = moment("2026-03-04 09:00")
    pacific = "America/Los_Angeles"
    tied = point("tied", rp.PointKind.LANDLINE, place=rp.Place.HOME, zone=pacific)
    mobile = point("carried", rp.PointKind.MOBILE, zone=pacific)
    assert allowed(early, US)
    assert earliest(early, US, point=tied) == "2026-03-04 08:00"  # by its own clock
    assert earliest(early, US, point=mobile) == "2026-03-04 08:00"
    late = moment("2026-03-04 22:00")
    assert allowed(late, US, point=tied)
    assert not allowed(late, US, point=mobile)


CLOSED = rp.ExplicitCalendar(
    day("2026-01-01"), day("2026-12-31"), closed=[day("2026-12-25"), day("2026-12-26")], weekend=()
)
AUSTRALIA = AU.with_holidays(SYDNEY, CLOSED)


def in_sydney(text: str) -> dict[str, Any]:
    return {"at": moment(text, SYDNEY), "client": client(zones=[SYDNEY])}


def test_australian_hours_differ_on_weekends_and_holidays() -> None:
    at = in_sydney("2026-12-24 20:00")
    found = next_window(**arguments(at.pop("at"), AUSTRALIA, **at), count=3)
    assert [(item.start.format("DD HH:mm"), item.end.format("DD HH:mm")) for item in found] == [
        ("24 20:00", "24 21:00"),
        ("27 09:00", "27 21:00"),  # the 25th and the 26th are holidays, the 27th a Sunday
        ("28 07:30", "28 21:00"),
    ]


def test_a_holiday_is_the_reason_by_its_own_figure() -> None:
    at = in_sydney("2026-12-25 12:00")
    (reason,) = denied(at.pop("at"), AUSTRALIA, **at).reasons
    assert (reason.rule, reason.limit) == ("permitted_hours", ())


def test_at_work_the_hours_of_work_hold_too() -> None:
    at = in_sydney("2026-03-04 17:00")
    assert allowed(at["at"], AUSTRALIA, client=at["client"])
    assert reasons(at["at"], AUSTRALIA, client=at["client"], point=OFFICE) == ["permitted_hours"]


def test_holidays_that_nobody_gave_are_not_guessed() -> None:
    at = in_sydney("2026-12-24 20:00")
    with pytest.raises(rp.PolicyError) as caught:
        answer(at["at"], AU, client=at["client"])
    assert (caught.value.code, caught.value.data) == ("contact.holidays", {"zone": SYDNEY})
    assert allowed(at["at"], AU, client=at["client"], channel=rp.Channel.SMS)


def test_a_point_that_is_not_named_may_be_at_work() -> None:
    at = in_sydney("2026-12-24 20:00")
    visit: dict[str, Any] = {"client": at["client"], "channel": rp.Channel.IN_PERSON}
    home = point("house", rp.PointKind.PREMISES, place=rp.Place.HOME)
    assert allowed(at["at"], AU, point=home, **visit)
    assert reasons(at["at"], AU, point=None, **visit) == ["permitted_hours"]


def test_a_calendar_is_asked_about_the_days_that_matter_alone() -> None:
    at = in_sydney("2026-12-31 12:00")
    assert allowed(at["at"], AUSTRALIA, client=at["client"])
    late = in_sydney("2026-12-31 22:00")
    with pytest.raises(rp.DateError) as caught:
        answer(late["at"], AUSTRALIA, client=late["client"])
    assert caught.value.code == "calendar.unknown_day"


def test_an_email_to_work_is_never_allowed_in_the_united_states() -> None:
    work = point("work mail", rp.PointKind.EMAIL, place=rp.Place.WORK)
    assert denied(NOON, US, channel=rp.Channel.EMAIL, point=work).earliest is None


def test_a_consent_to_other_times_opens_no_address_at_work() -> None:
    work = point("work mail", rp.PointKind.EMAIL, place=rp.Place.WORK)
    late = log_of(consent("late", moment("2026-03-04 10:00"), SCOPE.OUTSIDE_HOURS))
    assert reasons(NOON, US, log=late, channel=rp.Channel.EMAIL, point=work) == ["permitted_hours"]
    assert allowed(moment("2026-03-04 23:00"), US, log=late, **BY_EMAIL)


def test_who_consents_is_reached_outside_the_hours() -> None:
    night = moment("2026-03-04 23:00")
    given = consent("night", moment("2026-03-04 20:00"), SCOPE.OUTSIDE_HOURS, channel=rp.Channel.PHONE)
    back = withdrawal("back", moment("2026-03-04 23:30"), SCOPE.OUTSIDE_HOURS)
    assert allowed(night, US, log=log_of(given))
    assert reasons(night, US, log=log_of(given), **BY_SMS) == ["permitted_hours"]
    assert reasons(night.set(minute=30), US, log=log_of(given, back)) == ["permitted_hours"]
    assert reasons(night, IN_RBI_2022, log=log_of(given)) == ["permitted_hours"]  # no rule permits it


def test_a_consent_begins_with_its_first_whole_minute_and_ends_with_its_last() -> None:
    given = consent(
        "night",
        moment("2026-03-04 22:00:30"),
        SCOPE.OUTSIDE_HOURS,
        until=moment("2026-03-04 22:10:30"),
    )
    log = log_of(given)
    assert windows(moment("2026-03-04 21:30"), US, 1, log=log) == [("2026-03-04 22:01", "2026-03-04 22:10")]


# ------------------------------------------------------------------------------------------ limits


def calls(*times: str, **more: Wrong) -> list[rp.Contact]:
    return [contact(f"call {time}", moment(time), **more) for time in times]


THREE = calls("2026-03-04 09:00", "2026-03-04 10:00", "2026-03-04 11:00")


def test_three_calls_a_day_and_the_fourth_tomorrow() -> None:
    log = log_of(*THREE)
    assert reasons(NOON, CN, log=log) == ["contact_limit"]
    assert observed("contact_limit", NOON, CN, log=log) == 4
    assert earliest(NOON, CN, log=log) == "2026-03-05 08:00"
    assert allowed(NOON, CN, log=log_of(*THREE[:2]))


@pytest.mark.parametrize(
    "more",
    [
        {"outcome": rp.Outcome.BUSY},
        {"outcome": rp.Outcome.OUT_OF_SERVICE},
        {"direction": rp.Direction.INBOUND},
        {"channel": rp.Channel.SMS, "outcome": rp.Outcome.SENT},
        {"purpose": rp.Purpose.ANSWER},
        {"point": SPOUSES},
        {"participants": [rp.Participant(party=SPOUSE)], "outcome": rp.Outcome.REFUSED},
    ],
    ids=str,
)
def test_what_the_rule_does_not_count_is_not_counted(more: dict[str, Any]) -> None:
    log = log_of(*THREE[:2], *calls("2026-03-04 11:00", **more))
    assert allowed(NOON, CN, log=log)
    assert allowed(NOON, CN, log=log_of(*THREE), purpose=rp.Purpose.ANSWER)


def test_a_contact_counts_from_the_minute_in_which_it_began() -> None:
    log = log_of(*THREE)
    assert allowed(moment("2026-03-04 10:59:59"), CN, log=log)
    assert not allowed(moment("2026-03-04 11:00:00"), CN, log=log)
    assert allowed(moment("2026-03-04 11:00"), CN, log=log.known_by(moment("2026-03-04 10:59")))


def test_a_call_whose_point_was_erased_counts_for_the_client() -> None:
    log = log_of(*THREE[:2], *calls("2026-03-04 11:00", point=None))
    assert not allowed(NOON, CN, log=log)
    assert allowed(NOON, CN, log=log, recipient="spouse", point=SPOUSES)


def test_an_interpreter_and_the_bank_are_not_whom_a_call_reached() -> None:
    helper = rp.Party(id="helper", role=rp.PartyRole.INTERPRETER)
    present = [rp.Participant(party=helper), rp.Participant(party=COLLECTOR)]
    log = log_of(*THREE[:2], *calls("2026-03-04 11:00", participants=present, outcome=rp.Outcome.DROPPED))
    assert not allowed(NOON, CN, log=log)


def test_contacts_made_are_counted_where_the_rule_says_so() -> None:
    rules = ContactRules(limits=[limit(1, counts=CountedContacts.CONTACTS_MADE)])
    for outcome, counts in (
        (rp.Outcome.NO_ANSWER, False),
        (rp.Outcome.VOICEMAIL_NOT_LEFT, False),
        (rp.Outcome.WRONG_PERSON, False),
        (rp.Outcome.VOICEMAIL_LEFT, True),
        (rp.Outcome.DROPPED, True),
        (rp.Outcome.REFUSED, True),
        (rp.Outcome.CONVERSATION, True),
    ):
        log = log_of(*calls("2026-03-04 11:00", outcome=outcome, point=LANDLINE))
        assert allowed(NOON, rules, log=log) is not counts


def test_a_limit_per_debt_holds_for_each_debt_and_for_all_where_none_is_named() -> None:
    rules = ContactRules(limits=[limit(1, per={CountedPer.PERSON, CountedPer.DEBT})])
    log = log_of(*calls("2026-03-04 11:00", debts=("card",)))
    assert allowed(NOON, rules, log=log, debts=("loan",))
    assert reasons(NOON, rules, log=log, debts=("loan", "card")) == ["contact_limit"]
    assert reasons(NOON, rules, log=log, debts=()) == ["contact_limit"]
    raised = log_of(*calls("2026-03-04 11:00", debts=("loan",), debts_raised=("card",)))
    assert allowed(NOON, rules, log=raised)


def test_a_limit_per_channel_counts_the_channel_in_question_alone() -> None:
    both = {rp.Channel.PHONE, rp.Channel.SMS}
    apart = ContactRules(limits=[limit(1, per={CountedPer.PERSON, CountedPer.CHANNEL}, channels=both)])
    together = ContactRules(limits=[limit(1, channels=both)])
    log = log_of(*calls("2026-03-04 11:00"))
    assert allowed(NOON, apart, log=log, **BY_SMS)
    assert reasons(NOON, apart, log=log) == ["contact_limit"]
    assert reasons(NOON, together, log=log, **BY_SMS) == ["contact_limit"]


def test_a_limit_of_the_account_counts_everybody() -> None:
    log = log_of(*calls("2026-03-04 09:00", point=SPOUSES), *calls("2026-03-04 11:00"))
    assert allowed(NOON, ContactRules(limits=[limit(2)]), log=log)
    assert reasons(NOON, ContactRules(limits=[limit(2, per={CountedPer.DEBT})]), log=log) == ["contact_limit"]


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (ConsecutiveDays(1), "2026-03-05 00:00"),
        (ConsecutiveDays(7), "2026-03-11 00:00"),
        (CalendarSpan.WEEK, "2026-03-09 00:00"),
        (CalendarSpan.MONTH, "2026-04-01 00:00"),
    ],
)
def test_windows_end_at_the_local_midnight(window: ConsecutiveDays | CalendarSpan, expected: str) -> None:
    rules = ContactRules(limits=[limit(1, window=window)])
    assert earliest(NOON, rules, log=log_of(*calls("2026-03-04 11:00"))) == expected


def test_the_day_of_a_window_is_that_of_every_zone_of_the_client() -> None:
    rules = ContactRules(limits=[limit(1)])
    log = log_of(*calls("2026-03-04 11:00"))
    both = client(zones=["America/New_York", "America/Los_Angeles"])
    assert earliest(NOON, rules, log=log, client=both) == "2026-03-05 03:00"


def test_australia_counts_three_contacts_in_any_week_and_ten_in_any_month_for_an_account() -> None:
    made = [
        contact(f"{number}", moment(f"2026-03-0{1 + number} 12:00", SYDNEY), outcome=rp.Outcome.REFUSED)
        for number in range(3)
    ]
    at = in_sydney("2026-03-04 12:00")
    assert reasons(at["at"], AUSTRALIA, client=at["client"], log=log_of(*made)) == ["contact_limit"]
    ten = [
        contact(
            f"{number}", moment("2026-02-05 12:00", SYDNEY).add(days=2 * number), outcome=rp.Outcome.REFUSED
        )
        for number in range(10)
    ]
    later = in_sydney("2026-03-05 12:00")
    assert observed_all(later, ten) == [1, 11]
    after = in_sydney("2026-03-08 12:00")
    assert observed_all(after, ten) == [1, 10]


SPARED = [rp.Purpose.ANSWER, rp.Purpose.COMPLAINT, rp.Purpose.OPT_OUT_CONFIRMATION]


@pytest.mark.parametrize("purpose", rp.Purpose)
def test_what_the_client_asked_for_or_the_law_demands_is_counted_in_australia_and_not_barred(
    purpose: rp.Purpose,
) -> None:
    texts = [
        contact(
            f"{number}",
            moment(f"2026-03-0{1 + number} 12:00", SYDNEY),
            channel=rp.Channel.SMS,
            outcome=rp.Outcome.SENT,
            purpose=purpose,
        )
        for number in range(3)
    ]
    at = in_sydney("2026-03-04 12:00")
    asked: dict[str, Any] = {"client": at["client"], "log": log_of(*texts)}
    assert reasons(at["at"], AUSTRALIA, **asked, **BY_SMS) == ["contact_limit"]  # a demand: they all count
    is_spared = purpose in {*SPARED, rp.Purpose.STATUTORY_NOTICE}
    for more in (BY_SMS, BY_EMAIL, {"channel": rp.Channel.LETTER, "point": None}):
        barred = reasons(at["at"], AUSTRALIA, purpose=purpose, **asked, **more)
        assert barred == ([] if is_spared else ["contact_limit"]), more


def test_neither_limits_nor_quiet_days_bar_a_notice_that_the_law_demands() -> None:
    eight = [TALK, *(contact(f"{hour}", moment(f"2026-03-03 {hour}:00")) for hour in range(10, 17))]
    assert reasons(NOON, US, log=log_of(*eight)) == ["contact_limit", "quiet_days"]
    assert reasons(NOON, US, log=log_of(*eight), purpose=rp.Purpose.ANSWER) == ["contact_limit", "quiet_days"]
    assert allowed(NOON, US, log=log_of(*eight), purpose=rp.Purpose.STATUTORY_NOTICE)


def observed_all(at: dict[str, Any], made: list[rp.Contact]) -> list[object]:
    found = answer(at["at"], AUSTRALIA, client=at["client"], log=log_of(*made))
    return [finding.observed for finding in found.findings if finding.rule == "contact_limit"]


# ------------------------------------------------------------------------------------------ quiet days


TALK = contact("talk", moment("2026-03-02 12:00"), outcome=rp.Outcome.CONVERSATION)


def test_quiet_days_say_which_day_it_is() -> None:
    assert observed("quiet_days", NOON, US) is None
    assert observed("quiet_days", NOON, US, log=log_of(TALK)) == 3
    assert reasons(NOON, US, log=log_of(TALK)) == ["quiet_days"]
    assert earliest(NOON, US, log=log_of(TALK)) == "2026-03-09 08:00"


def test_a_conversation_at_a_number_that_turns_out_wrong_was_still_one() -> None:
    wrong = contact("wrong", moment("2026-03-03 12:00"), outcome=rp.Outcome.WRONG_PERSON)
    tried = contact("tried", moment("2026-03-03 09:00"))
    log = log_of(TALK, tried, wrong)
    assert reasons(NOON, US, log=log) == ["quiet_days", "right_person"]
    assert observed("contact_limit", NOON, US, log=log) == 2  # TALK and this one


def test_messages_need_not_wait_after_a_conversation() -> None:
    assert allowed(NOON, US, log=log_of(TALK), **BY_EMAIL)


def test_a_conversation_that_the_client_began_is_followed_by_quiet_days_too() -> None:
    rung = contact(
        "rung", moment("2026-03-02 12:00"), outcome=rp.Outcome.CONVERSATION, direction=rp.Direction.INBOUND
    )
    assert reasons(NOON, US, log=log_of(rung)) == ["quiet_days"]
    assert allowed(NOON, US, log=log_of(rung), debts=("loan",))


def ended(outcome: rp.Outcome, **more: Wrong) -> rp.Contact:
    return contact("ended", moment("2026-03-02 12:00"), outcome=outcome, **more)


@pytest.mark.parametrize(
    "more",
    [
        {"spoken_language": "en"},
        {"content": "On the train; the line went dead."},
        {"stated": {rp.StatedItem.RECORDED}},
        {"client_said": {rp.ClientStatement.ASKS_TO_DEFER}},
        {"promise_ids": ("p1",)},
        {"debts_raised": ("card",)},
        {"next_step": "we call again"},
        {"hardship": rp.HardshipReason.ILLNESS},
        {"participants": [rp.Participant(party=CLIENT)]},
        {"participants": [rp.Participant(party=CLIENT)], "direction": rp.Direction.INBOUND},
    ],
    ids=str,
)
def test_a_call_that_broke_off_while_people_talked_is_followed_by_quiet_days(more: dict[str, Any]) -> None:
    assert reasons(NOON, US, log=log_of(ended(rp.Outcome.DROPPED, **more))) == ["quiet_days"]


def test_a_call_that_broke_off_before_a_word_is_not() -> None:
    silent = ended(rp.Outcome.DROPPED, participants=[rp.Participant(party=COLLECTOR)])
    assert allowed(NOON, US, log=log_of(silent))
    assert observed("quiet_days", NOON, US, log=log_of(silent)) is None


def test_who_declines_to_talk_has_talked() -> None:
    refused = ended(rp.Outcome.REFUSED)
    assert reasons(NOON, US, log=log_of(refused)) == ["quiet_days"]
    assert earliest(NOON, US, log=log_of(refused)) == "2026-03-09 08:00"
    letters = ContactRules(quiet=[attrs.evolve(US.quiet[0], channels={rp.Channel.PHONE, rp.Channel.LETTER})])
    home = next(item for item in POINTS if item.id == "home")
    returned = ended(rp.Outcome.REFUSED, channel=rp.Channel.LETTER, point=home)
    assert allowed(NOON, letters, log=log_of(returned))


def test_a_talk_that_broke_off_ends_a_consent_to_more() -> None:
    again = contact("again", moment("2026-03-04 10:00"), outcome=rp.Outcome.DROPPED, spoken_language="en")
    assert reasons(NOON, US, log=log_of(TALK, extra(), again)) == ["quiet_days"]
    assert allowed(NOON, US, log=log_of(TALK, extra(), attrs.evolve(again, spoken_language=None)))


def extra(name: str = "extra", at: str = "2026-03-03 09:00", **more: Wrong) -> rp.Consent:
    return consent(name, moment(at), SCOPE.EXTRA_CONTACT, **more)


def test_a_consent_to_more_ends_with_the_next_conversation() -> None:
    again = contact("again", moment("2026-03-04 10:00"), outcome=rp.Outcome.CONVERSATION)
    assert allowed(NOON, US, log=log_of(TALK, extra()))
    assert reasons(NOON, US, log=log_of(TALK, extra(), again)) == ["quiet_days"]
    assert observed("contact_limit", NOON, US, log=log_of(TALK, extra(), again)) == 2  # TALK and this one


def test_a_conversation_before_a_consent_starts_ends_it_and_counts() -> None:
    later = extra(starts_at=moment("2026-03-05 00:00"))
    again = contact("again", moment("2026-03-04 10:00"), outcome=rp.Outcome.CONVERSATION)
    friday = moment("2026-03-06 12:00")
    assert allowed(friday, US, log=log_of(TALK, later))
    assert reasons(friday, US, log=log_of(TALK, later, again)) == ["quiet_days"]
    assert observed("contact_limit", friday, US, log=log_of(TALK, later, again)) == 3


def test_a_consent_to_more_is_withdrawn_or_ends_or_is_for_another_channel_person_or_time() -> None:
    back = withdrawal("back", moment("2026-03-04 10:00"), SCOPE.EXTRA_CONTACT)
    other = withdrawal("other", moment("2026-03-04 10:00"), SCOPE.EXTRA_CONTACT, consent_id="something")
    own = withdrawal("own", moment("2026-03-04 10:00"), SCOPE.EXTRA_CONTACT, consent_id="extra")
    before = withdrawal("before", moment("2026-03-03 08:00"), SCOPE.EXTRA_CONTACT)
    elsewhere = withdrawal("sms", moment("2026-03-04 10:00"), SCOPE.EXTRA_CONTACT, channel=rp.Channel.SMS)
    recording = withdrawal("recording", moment("2026-03-04 10:00"), SCOPE.RECORDING)
    for record, holds in (
        (back, False),
        (own, False),
        (other, True),
        (before, True),
        (elsewhere, True),
        (recording, True),
    ):
        assert allowed(NOON, US, log=log_of(TALK, extra(), record)) is holds
    others: tuple[dict[str, Any], ...] = (
        {"until": moment("2026-03-04 11:00")},
        {"channel": rp.Channel.SMS},
        {"point_id": "landline"},
        {"party_id": "spouse"},
        {"at": "2026-02-20 09:00"},
        {"at": "2026-06-20 09:00"},
        {"starts_at": moment("2026-03-05 00:00")},
    )
    for more in others:
        assert not allowed(NOON, US, log=log_of(TALK, extra(**more))), more
    assert allowed(NOON, US, log=log_of(TALK, extra(point_id="mobile")))
    assert not allowed(NOON, US, log=log_of(TALK, extra(point_id="mobile")), point=None)
    assert not allowed(NOON, CN, log=log_of(*THREE, extra()))  # whose rules know no such consent


# ------------------------------------------------------------------------------------------ stops


def test_ceasing_stops_everything_but_answers_and_notices() -> None:
    log = log_of(withdrawal("stop", moment("2026-03-04 10:00")))
    assert denied(NOON, US, log=log).earliest is None
    assert allowed(NOON, US, log=log, purpose=rp.Purpose.ANSWER)
    assert allowed(NOON, US, log=log, purpose=rp.Purpose.STATUTORY_NOTICE)
    assert allowed(NOON, US, log=log, recipient="spouse", point=SPOUSES)


def test_a_later_consent_lifts_a_stop_as_far_as_it_goes() -> None:
    stop = withdrawal("stop", moment("2026-03-01 10:00"))
    for more, expected in (
        ({}, True),
        ({"channel": rp.Channel.PHONE}, True),
        ({"channel": rp.Channel.SMS}, False),
        ({"point_id": "mobile"}, True),
        ({"until": moment("2026-03-04 11:00")}, False),
        ({"party_id": "spouse"}, False),
    ):
        again = consent("again", moment("2026-03-02 10:00"), SCOPE.CONTACT, **more)
        assert allowed(NOON, FREE, log=log_of(stop, again)) is expected, more
    earlier = consent("again", moment("2026-02-02 10:00"), SCOPE.CONTACT)
    assert not allowed(NOON, FREE, log=log_of(earlier, stop))


def test_an_opt_out_of_a_channel_leaves_the_others_and_holds_for_answers_too() -> None:
    log = log_of(withdrawal("no texts", moment("2026-03-04 10:00"), channel=rp.Channel.SMS))
    assert allowed(NOON, US, log=log)
    assert reasons(NOON, US, log=log, purpose=rp.Purpose.ANSWER, **BY_SMS) == ["not_stopped"]
    notice = rp.Purpose.STATUTORY_NOTICE
    assert allowed(NOON, US, log=log, purpose=notice, **BY_SMS)


def test_an_opt_out_of_a_number_holds_under_every_id_of_the_number() -> None:
    again = point("again", rp.PointKind.MOBILE, value=MOBILE.value)
    log = log_of(withdrawal("not here", moment("2026-03-04 10:00"), point_id="mobile"))
    for asked, expected in ((MOBILE, False), (again, False), (LANDLINE, True), (None, False)):
        assert allowed(NOON, US, log=log, point=asked) is expected


def test_a_withdrawn_consent_stops_what_it_was_for() -> None:
    texts = consent("texts", moment("2026-03-01 10:00"), SCOPE.CONTACT, channel=rp.Channel.SMS)
    back = withdrawal("back", moment("2026-03-02 10:00"), consent_id="texts")
    assert reasons(NOON, US, log=log_of(texts, back), **BY_SMS) == ["not_stopped"]
    assert allowed(NOON, US, log=log_of(texts, back))
    unknown = withdrawal("back", moment("2026-03-02 10:00"), consent_id="nowhere")
    assert not allowed(NOON, US, log=log_of(texts, unknown))


def test_thousands_of_opt_outs_and_consents_are_weighed_in_turn() -> None:
    first = moment("2026-03-01 08:00")
    records: list[rp.Record] = []
    for number in range(1_500):
        out = first.add(minutes=2 * number)
        records.append(withdrawal(f"out {number}", out, channel=rp.Channel.PHONE))
        records.append(consent(f"in {number}", out.add(minutes=1), SCOPE.CONTACT, channel=rp.Channel.PHONE))
    log = log_of(*records)
    for minutes, is_allowed in ((599, True), (600, False), (601, True), (2_999, True)):
        assert allowed(first.add(minutes=minutes), FREE, log=log) is is_allowed, minutes


def test_an_opt_out_is_confirmed_only_where_the_rules_say_so() -> None:
    log = log_of(withdrawal("no texts", moment("2026-03-04 10:00"), channel=rp.Channel.SMS))
    confirming: dict[str, Any] = {"purpose": rp.Purpose.OPT_OUT_CONFIRMATION}
    assert allowed(NOON, US, log=log, **BY_SMS, **confirming)
    assert reasons(NOON, CN, log=log, **BY_SMS, **confirming) == ["not_stopped"]
    through = contact(
        "by mail",
        moment("2026-03-04 11:00"),
        channel=rp.Channel.EMAIL,
        point=EMAIL,
        outcome=rp.Outcome.SENT,
        **confirming,
    )
    opted_out = withdrawal("no texts", moment("2026-03-04 10:00"), channel=rp.Channel.SMS)
    assert allowed(NOON, US, log=log_of(opted_out, through), **BY_SMS, **confirming)


@pytest.mark.parametrize(
    ("written", "kind", "is_same"),
    [
        ("+1 (212) 555-0100", rp.PointKind.MOBILE, True),
        ("+12125550100", rp.PointKind.LANDLINE, True),
        ("+1 212 555 0101", rp.PointKind.MOBILE, False),
    ],
)
def test_a_number_is_the_same_however_it_is_written(
    written: str, kind: rp.PointKind, *, is_same: bool
) -> None:
    one = point("one", rp.PointKind.MOBILE, value="+12125550100")
    other = point("other", kind, value=written)
    log = log_of(withdrawal("not there", moment("2026-03-04 10:00"), point_id="one"))
    barred = reasons(NOON, US, log=log, client=client(points=(one, other)), point=other)
    assert barred == (["not_stopped"] if is_same else [])


@pytest.mark.parametrize("channel", [rp.Channel.PHONE, rp.Channel.LETTER])
def test_nobody_is_called_or_written_a_letter_to_confirm_that_this_stops(channel: rp.Channel) -> None:
    log = log_of(withdrawal("no more", moment("2026-03-04 10:00"), channel=channel))
    asked: dict[str, Any] = {"purpose": rp.Purpose.OPT_OUT_CONFIRMATION, "channel": channel, "point": None}
    assert reasons(NOON, US, log=log, **asked) == ["not_stopped"]


# ------------------------------------------------------------------------------------------ wishes


def test_only_convenient_times_suit_where_they_are_named() -> None:
    wish = rp.ContactPreference(
        convenient=[rp.WeeklyTimes(start="18:00", end="20:00")],
        inconvenient=[rp.WeeklyTimes(weekdays={3}, start="19:00")],
    )
    assert windows(NOON, US, 2, client=client(wish)) == [
        ("2026-03-04 18:00", "2026-03-04 19:00"),
        ("2026-03-05 18:00", "2026-03-05 20:00"),
    ]


def test_wishes_hold_for_their_days_and_for_the_client_and_not_for_letters_or_notices() -> None:
    never = rp.ContactPreference(inconvenient=[rp.WeeklyTimes()], valid_until=day("2026-03-05"))
    asked: dict[str, Any] = {"client": client(never)}
    home = next(item for item in POINTS if item.id == "home")
    assert earliest(NOON, US, **asked) == "2026-03-06 08:00"
    assert allowed(NOON, US, channel=rp.Channel.LETTER, point=home, **asked)
    assert allowed(NOON, US, purpose=rp.Purpose.STATUTORY_NOTICE, **asked)
    assert allowed(NOON, US, recipient="spouse", point=SPOUSES, **asked)


def noted(at: str, party: str = "client", **wish: Wrong) -> rp.PreferenceNote:
    preference = rp.ContactPreference(**wish)
    return rp.PreferenceNote(
        id=f"note {at}", case_id="case", recorded_at=moment(at), party_id=party, preference=preference
    )


def test_a_wish_that_the_log_notes_holds_from_its_minute_on() -> None:
    log = log_of(
        noted("2026-03-03 10:00", inconvenient=[rp.WeeklyTimes(end="15:00")]),
        noted("2026-03-04 13:30", inconvenient=[rp.WeeklyTimes(start="17:00")]),
    )
    assert windows(moment("2026-03-03 09:00"), US, 4, log=log) == [
        ("2026-03-03 09:00", "2026-03-03 10:00"),
        ("2026-03-03 15:00", "2026-03-03 21:00"),
        ("2026-03-04 13:30", "2026-03-04 17:00"),
        ("2026-03-05 08:00", "2026-03-05 17:00"),
    ]


def test_what_the_log_notes_comes_before_what_is_known_of_the_client() -> None:
    known = client(rp.ContactPreference(not_at=[rp.Place.WORK]))
    office = {"client": known, "point": OFFICE}
    assert reasons(NOON, US, **office) == ["wished_places"]
    assert allowed(NOON, US, log=log_of(noted("2026-03-03 10:00")), **office)
    over = log_of(noted("2026-03-03 10:00", valid_until=day("2026-03-03")))
    assert reasons(NOON, US, log=over, **office) == ["wished_places"]
    log = log_of(noted("2026-03-03 10:00", not_at=[rp.Place.WORK]))
    assert reasons(NOON, US, log=log, point=OFFICE) == ["wished_places"]


def test_the_noted_wishes_of_a_joint_debtor_are_kept_too() -> None:
    log = log_of(noted("2026-03-03 10:00", party="spouse", inconvenient=[rp.WeeklyTimes(end="15:00")]))
    assert earliest(NOON, US, log=log, recipient="spouse", point=SPOUSES) == "2026-03-04 15:00"
    assert allowed(NOON, US, log=log)


def test_a_point_that_is_not_named_may_be_at_a_place_that_does_not_suit() -> None:
    wish = rp.ContactPreference(not_at=[rp.Place.WORK])
    assert reasons(NOON, US, client=client(wish), point=OFFICE) == ["wished_places"]
    assert reasons(NOON, US, client=client(wish), point=None) == ["wished_places"]
    assert allowed(NOON, US, client=client(wish))


def test_a_reply_is_for_messages_that_come_under_rules_that_permit_it() -> None:
    wish = rp.ContactPreference(inconvenient=[rp.WeeklyTimes()])
    asked: dict[str, Any] = {"client": client(wish), "purpose": rp.Purpose.ANSWER, **BY_EMAIL}
    came = contact(
        "came",
        moment("2026-03-04 11:00"),
        direction=rp.Direction.INBOUND,
        outcome=rp.Outcome.RECEIVED,
        **BY_EMAIL,
    )
    assert allowed(NOON, US, log=log_of(came), **asked)
    assert reasons(NOON, CN, log=log_of(came), **asked) == ["wished_times"]
    for more in (
        {"channel": rp.Channel.SMS, "point": MOBILE},
        {"outcome": rp.Outcome.SENT, "direction": rp.Direction.OUTBOUND},
        {"started_at": moment("2026-03-03 23:59")},
    ):
        fields = {"direction": rp.Direction.INBOUND, "outcome": rp.Outcome.RECEIVED, **BY_EMAIL} | more
        other = contact("came", moment("2026-03-04 11:00"), **fields)
        assert reasons(NOON, US, log=log_of(other), **asked) == ["wished_times"], more


def by_email(name: str, at: str, **more: Wrong) -> rp.Contact:
    fields = {"direction": rp.Direction.INBOUND, "outcome": rp.Outcome.RECEIVED, **BY_EMAIL} | more
    return contact(name, moment(at), **fields)


def test_a_reply_goes_where_the_message_came_from() -> None:
    private = point("private", rp.PointKind.EMAIL)
    wish = rp.ContactPreference(inconvenient=[rp.WeeklyTimes()])
    asked: dict[str, Any] = {"client": client(wish), "purpose": rp.Purpose.ANSWER, **BY_EMAIL}
    elsewhere = log_of(by_email("came", "2026-03-04 11:00", point=private))
    assert reasons(NOON, US, log=elsewhere, **asked) == ["wished_times"]
    renamed = log_of(by_email("came", "2026-03-04 11:00", point=attrs.evolve(EMAIL, id="other")))
    assert allowed(NOON, US, log=renamed, **asked)
    assert allowed(NOON, US, log=log_of(by_email("came", "2026-03-04 11:00", point=None)), **asked)


def test_only_a_message_after_an_opt_out_is_answered_where_it_came_from() -> None:
    out = withdrawal("out", moment("2026-03-04 10:00"), channel=rp.Channel.EMAIL)
    asked: dict[str, Any] = {"purpose": rp.Purpose.ANSWER, **BY_EMAIL}
    for came in ("2026-03-04 09:00", "2026-03-04 10:00"):  # a question before it, and the opt-out itself
        assert reasons(NOON, US, log=log_of(by_email("came", came), out), **asked) == ["not_stopped"], came
    assert allowed(NOON, US, log=log_of(out, by_email("came", "2026-03-04 11:00")), **asked)


# ------------------------------------------------------------------------------------------ parties


LOCATING: dict[str, Any] = {"recipient": "sister", "point": SISTERS, "purpose": rp.Purpose.LOCATION}


def test_an_emergency_contact_is_asked_once_where_the_client_is_and_about_nothing_else() -> None:
    assert allowed(NOON, US, **LOCATING)
    assert reasons(NOON, US, **LOCATING | {"purpose": rp.Purpose.INFORMATION}) == ["party_permitted"]
    assert reasons(NOON, CN, **LOCATING) == ["party_permitted"]
    asked = {"point": SISTERS, "purpose": rp.Purpose.LOCATION}
    tried, reached = (
        contact(name, moment("2024-03-04 11:00"), outcome=outcome, **asked)
        for name, outcome in (("tried", rp.Outcome.NO_ANSWER), ("reached", rp.Outcome.REFUSED))
    )
    assert allowed(NOON, US, log=log_of(tried), **LOCATING)
    assert denied(NOON, US, log=log_of(reached), **LOCATING).earliest is None


def test_only_those_are_asked_whom_the_rule_names() -> None:
    lodger = rp.Party(id="helper", role=rp.PartyRole.INTERPRETER)
    asked: dict[str, Any] = {
        "client": client(others=(lodger,), points=()),
        "recipient": "helper",
        "purpose": rp.Purpose.LOCATION,
        "point": None,
    }
    assert reasons(NOON, US, **asked) == ["party_permitted"]


def test_the_client_may_consent_to_somebody() -> None:
    given = consent("talk to her", NOON.subtract(hours=1), SCOPE.THIRD_PARTY, with_party="sister")
    asked: dict[str, Any] = {"recipient": "sister", "point": SISTERS}
    assert allowed(NOON, US, log=log_of(given), **asked)
    other = consent("talk to him", NOON.subtract(hours=1), SCOPE.THIRD_PARTY, with_party="stranger")
    assert reasons(NOON, US, log=log_of(other), **asked) == ["party_permitted"]


def test_a_joint_debtor_is_asked_as_the_client_is() -> None:
    assert allowed(NOON, US, recipient="spouse", point=SPOUSES)


AUTHORITY = rp.Authority(scope="the debts", valid_from=day("2026-03-02"), valid_until=day("2026-03-10"))
ATTORNEY = rp.Party(id="attorney", role=rp.PartyRole.ATTORNEY, authority=AUTHORITY)


def with_attorney(party: rp.Party = ATTORNEY) -> dict[str, Any]:
    return {"client": client(others=(party,), points=(MOBILE,)), "debts": ("card",)}


def test_who_has_an_attorney_is_reached_through_the_attorney_while_the_authority_is_in_force() -> None:
    assert reasons(NOON, US, **with_attorney()) == ["not_represented"]
    assert earliest(NOON, US, **with_attorney()) == "2026-03-11 08:00"
    assert allowed(moment("2026-03-01 12:00"), US, **with_attorney())
    assert allowed(NOON, US, **with_attorney(), recipient="attorney", point=None)
    late = moment("2026-03-11 12:00")
    assert reasons(late, US, **with_attorney(), recipient="attorney", point=None) == ["party_permitted"]
    assert allowed(NOON, CN, **with_attorney())  # whose rules do not say so


def test_answers_and_notices_pass_and_an_attorney_without_authority_stands_nowhere() -> None:
    for purpose in (rp.Purpose.ANSWER, rp.Purpose.STATUTORY_NOTICE):
        assert allowed(NOON, US, **with_attorney(), purpose=purpose)
    assert allowed(NOON, US, **with_attorney(rp.Party(id="attorney", role=rp.PartyRole.ATTORNEY)))


def test_calls_to_the_attorney_of_the_client_are_not_counted() -> None:
    parties = (rp.Participant(party=ATTORNEY), rp.Participant(party=COLLECTOR))
    talks = [
        contact(
            f"talk {hour}",
            moment(f"2026-03-03 {hour}:00"),
            outcome=rp.Outcome.CONVERSATION,
            point=None,
            participants=parties,
        )
        for hour in range(10, 18)
    ]
    asked: dict[str, Any] = {"recipient": "attorney", "point": None, "log": log_of(*talks)}
    assert allowed(NOON, US, **(with_attorney() | asked))
    counted = attrs.evolve(US, uncounted=None)
    assert reasons(NOON, counted, **(with_attorney() | asked)) == ["contact_limit", "quiet_days"]


def test_nobody_is_asked_where_a_client_is_who_has_an_attorney() -> None:
    asked: dict[str, Any] = LOCATING | {"client": client(others=(ATTORNEY, SISTER), points=(SISTERS,))}
    agreed = consent("agreed", moment("2026-03-03 12:00"), SCOPE.CONTACT, party_id="attorney")
    for log in (log_of(), log_of(agreed)):
        assert reasons(NOON, US, log=log, **asked) == ["not_represented"]
    assert allowed(moment("2026-03-11 12:00"), US, **asked)
    assert allowed(NOON, US, **(asked | {"recipient": "attorney", "point": None}))


def test_an_attorney_may_agree_that_the_client_is_contacted() -> None:
    agreed = consent("agreed", moment("2026-03-03 12:00"), SCOPE.CONTACT, party_id="attorney")
    assert allowed(NOON, US, **with_attorney(), log=log_of(agreed))


def noted_point(at: str, **changes: Wrong) -> rp.ContactPointNote:
    return rp.ContactPointNote(
        id=f"note {at}",
        case_id="case",
        recorded_at=moment(at),
        point_id="mobile",
        source=rp.PointSource.CLIENT,
        point=attrs.evolve(MOBILE, **changes),
    )


def test_a_point_that_the_log_notes_as_left_or_as_anothers_is_not_used_from_then_on() -> None:
    for change in ({"valid_until": day("2026-03-02")}, {"owner": "sister"}):
        left = noted_point("2026-03-04 11:30", **change)
        assert allowed(moment("2026-03-04 11:29"), US, log=log_of(left))
        assert reasons(NOON, US, log=log_of(left)) == ["point_in_use"]
        back = noted_point("2026-03-04 15:00")
        assert earliest(NOON, US, log=log_of(left, back)) == "2026-03-04 15:00"
        assert allowed(NOON, US, log=log_of(left), **BY_EMAIL)


def test_a_point_out_of_use_is_not_used() -> None:
    old = point("old", rp.PointKind.MOBILE, valid_until=day("2026-03-03"))
    new = point("new", rp.PointKind.MOBILE, valid_from=day("2026-03-06"))
    assert denied(NOON, US, point=old).earliest is None
    assert earliest(NOON, US, point=new) == "2026-03-06 08:00"


# ------------------------------------------------------------------------------------------ wrong numbers


WRONG = contact("wrong", moment("2026-03-02 12:00"), outcome=rp.Outcome.WRONG_PERSON)


def confirmed(at: str, party: rp.Party = CLIENT, **more: Wrong) -> rp.Contact:
    """A talk in which it was made sure who spoke."""
    check = rp.Verification(method="three questions", at=moment(at), result=rp.VerificationResult.CONFIRMED)
    return contact(
        f"confirmed {at}",
        moment(at),
        **{
            "direction": rp.Direction.INBOUND,
            "outcome": rp.Outcome.CONVERSATION,
            "participants": [rp.Participant(party=party, verification=check)],
        }
        | more,
    )


@pytest.mark.parametrize("purpose", rp.Purpose)
def test_where_somebody_else_answered_nobody_is_asked_for_whatever_purpose(purpose: rp.Purpose) -> None:
    asked: dict[str, Any] = {"log": log_of(WRONG), "purpose": purpose}
    (reason,) = denied(NOON, US, **asked).reasons
    assert (reason.rule, reason.observed, reason.citation) == ("right_person", "mobile", US.third_parties)
    assert denied(NOON, US, **asked).earliest is None
    assert reasons(NOON, US, **asked, **BY_SMS) == ["right_person"]
    assert allowed(NOON, US, **asked, point=LANDLINE)
    assert allowed(moment("2026-03-02 11:59"), US, **asked)


def test_a_wrong_number_is_wrong_under_every_id_and_for_its_owner_alone() -> None:
    again = point("again", rp.PointKind.MOBILE, value=f" {MOBILE.value.upper()}")
    shared = attrs.evolve(MOBILE, owner="spouse")
    assert reasons(NOON, US, log=log_of(WRONG), point=again) == ["right_person"]
    assert allowed(NOON, US, log=log_of(WRONG), point=shared, recipient="spouse")
    theirs = log_of(attrs.evolve(WRONG, point=shared))
    assert allowed(NOON, US, log=theirs)
    assert reasons(NOON, US, log=theirs, point=shared, recipient="spouse") == ["right_person"]


def test_who_answered_a_wrong_number_is_asked_where_the_client_is_as_far_as_the_rules_permit() -> None:
    theirs = attrs.evolve(MOBILE, owner="stranger")
    asked: dict[str, Any] = {"recipient": "stranger", "point": theirs, "log": log_of(WRONG)}
    assert allowed(NOON, US, purpose=rp.Purpose.LOCATION, **asked)
    assert reasons(NOON, US, **asked) == ["party_permitted"]
    assert reasons(NOON, CN, purpose=rp.Purpose.LOCATION, **asked) == ["party_permitted"]


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        (confirmed("2026-03-03 12:00:30"), "2026-03-03 12:01"),
        (confirmed("2026-03-02 11:00"), None),  # before it
        (confirmed("2026-03-03 12:00", SPOUSE), None),
        (confirmed("2026-03-03 12:00", point=LANDLINE), None),
        (confirmed("2026-03-03 12:00", participants=[rp.Participant(party=CLIENT)]), None),
        (confirmed("2026-03-03 12:00", outcome=rp.Outcome.DROPPED), None),
    ],
)
def test_a_confirmed_talk_there_ends_it(check: rp.Contact, expected: str | None) -> None:
    assert earliest(moment("2026-03-02 13:00"), FREE, log=log_of(WRONG, check)) == expected


@pytest.mark.parametrize(
    ("at", "source", "change", "expected"),
    [
        ("2026-03-03 12:00:30", rp.PointSource.CLIENT, {}, "2026-03-03 12:01"),
        ("2026-03-03 12:00", rp.PointSource.CONTRACT, {"verified_on": day("2026-03-02")}, "2026-03-03 12:00"),
        ("2026-03-03 12:00", rp.PointSource.CREDIT_BUREAU, {}, None),
        ("2026-03-03 12:00", rp.PointSource.CLIENT, {"verified_on": day("2026-03-01")}, None),
        ("2026-03-03 12:00", rp.PointSource.CLIENT, {"verified_on": None}, None),
        ("2026-03-03 12:00", rp.PointSource.CLIENT, {"owner": "spouse"}, None),
        ("2026-03-03 12:00", rp.PointSource.CLIENT, {"id": "landline", "value": LANDLINE.value}, None),
        ("2026-03-02 11:00", rp.PointSource.CLIENT, {}, None),
    ],
)
def test_a_note_that_the_point_was_verified_since_ends_it(
    at: str, source: rp.PointSource, change: dict[str, Any], expected: str | None
) -> None:
    found = attrs.evolve(MOBILE, **{"verified_on": day("2026-03-03")} | change)
    note = attrs.evolve(noted_point(at), source=source, point=found, point_id=found.id)
    assert earliest(moment("2026-03-02 13:00"), FREE, log=log_of(WRONG, note)) == expected


def test_the_rules_say_whose_word_verifies_a_point() -> None:
    note = attrs.evolve(
        noted_point("2026-03-03 12:00", verified_on=day("2026-03-03")), source=rp.PointSource.CREDIT_BUREAU
    )
    rules = ContactRules(sources=rp.Limit(frozenset({rp.PointSource.CREDIT_BUREAU}), HOUSE))
    assert allowed(NOON, rules, log=log_of(WRONG, note))


def test_a_check_ends_the_wrong_answers_before_it_and_none_after_it() -> None:
    again = attrs.evolve(WRONG, id="again", started_at=moment("2026-03-03 15:00"), recorded_at=NOON)
    between = confirmed("2026-03-03 12:00")
    log = log_of(WRONG, between, again)
    assert earliest(moment("2026-03-02 13:00"), FREE, log=log) == "2026-03-03 12:00"
    assert denied(moment("2026-03-03 16:00"), FREE, log=log).earliest is None
    noted = noted_point("2026-03-04 09:00", verified_on=day("2026-03-02"))  # before the second answer
    assert not allowed(NOON, FREE, log=log_of(WRONG, between, again, noted))


def amended(log: rp.CommunicationLog, record: rp.Record, **changes: Wrong) -> rp.CommunicationLog:
    correction = rp.amend(
        record,
        attrs.evolve(record, **changes),
        amendment_id=f"amendment {len(log)}",
        reason="entered wrongly",
        recorded_at=NOON,
    )
    return log.append(correction, at=NOON, salts=[(1_000_000 + len(log)).to_bytes(16, "big")])


def test_a_wrong_number_is_what_the_amendments_say_and_each_log_sees_its_own() -> None:
    call = attrs.evolve(WRONG, outcome=rp.Outcome.NO_ANSWER)
    log = log_of(call)
    wrong = amended(log, call, outcome=rp.Outcome.WRONG_PERSON)
    elsewhere = amended(wrong, wrong.record("wrong"), point=LANDLINE)
    back = amended(elsewhere, elsewhere.record("wrong"), point=MOBILE)
    for found, mobile, landline in (
        (log, True, True),
        (wrong, False, True),
        (elsewhere, True, False),
        (back, False, True),
    ):
        assert allowed(NOON, FREE, log=found) is mobile
        assert allowed(NOON, FREE, log=found, point=LANDLINE) is landline


def test_thousands_of_wrong_answers_and_talks_are_weighed() -> None:
    first = moment("2026-03-01 08:00")
    records: list[rp.Record] = []
    for number in range(1_500):
        at = first.add(minutes=2 * number)
        records.append(attrs.evolve(WRONG, id=f"wrong {number}", started_at=at, recorded_at=at))
        talk = attrs.evolve(confirmed("2026-03-01 08:00"), id=f"talk {number}")
        records.append(attrs.evolve(talk, started_at=at.add(minutes=1), recorded_at=at.add(minutes=1)))
    log = log_of(*records)
    for minutes, is_allowed in ((599, True), (600, False), (601, True), (2_999, True)):
        assert allowed(first.add(minutes=minutes), FREE, log=log) is is_allowed, minutes


# ------------------------------------------------------------------------------------------ blocked


def span(**more: Wrong) -> BlockedSpan:
    fields: dict[str, Any] = {
        "start": moment("2026-03-04 00:00"),
        "end": moment("2026-03-10 09:30:30"),
        "reason": "breathing space",
    }
    return BlockedSpan(**(fields | more))


def test_a_moratorium_bars_demands_and_nothing_that_helps() -> None:
    found = denied(NOON, US, blocked=[span(citation=HOUSE)])
    (reason,) = found.reasons
    assert (reason.rule, reason.observed, reason.citation) == ("not_blocked", "breathing space", HOUSE)
    assert earliest(NOON, US, blocked=[span()]) == "2026-03-10 09:31"
    for purpose in rp.Purpose:
        who: dict[str, Any] = {"recipient": "client", "purpose": purpose}
        assert allowed(NOON, US, blocked=[span()], **who) is not purpose.asks_for_payment


def test_a_block_is_for_its_purposes_its_debtor_and_its_debts() -> None:
    everything = span(purposes=list(rp.Purpose))
    assert reasons(NOON, US, purpose=rp.Purpose.REMINDER, blocked=[everything]) == ["not_blocked"]
    assert reasons(NOON, US, blocked=[span(end=None)]) == ["not_blocked"]
    assert denied(NOON, US, blocked=[span(end=None)]).earliest is None
    assert reasons(NOON, US, blocked=[span(debtor="client")]) == ["not_blocked"]
    assert allowed(NOON, US, blocked=[span(debtor="spouse")])
    assert allowed(NOON, US, recipient="spouse", point=SPOUSES, blocked=[span(debtor="client")])
    assert allowed(NOON, US, blocked=[span(debts=("loan",))])
    assert reasons(NOON, US, blocked=[span(debts=("loan", "card"))]) == ["not_blocked"]
    assert reasons(NOON, US, debts=(), blocked=[span(debts=("loan",))]) == ["not_blocked"]


def test_who_speaks_for_the_client_is_not_asked_to_pay_either() -> None:
    asked = with_attorney() | {"recipient": "attorney", "point": None}
    assert reasons(NOON, US, **asked, blocked=[span(debtor="client")]) == ["not_blocked"]


# ------------------------------------------------------------------------------------------ what is asked


def wrong(**more: Wrong) -> rp.RepayPlanError:
    with pytest.raises(rp.RepayPlanError) as caught:
        may_contact(**arguments(NOON, US) | more)
    return caught.value


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("purpose", "demand", "type.wrong"),
        ("recipient", "nobody", "contact.recipient"),
        ("recipient", "desk-7", "contact.recipient"),
        ("recipient", None, "text.type"),
        ("debts", "card", "tuple.type"),
        ("debts", ("card", "card"), "record.twice"),
        ("channel", "phone", "type.wrong"),
        ("channel", rp.Channel.EMAIL, "contact.channel"),
        ("point", "mobile", "type.wrong"),
        ("at", dt.datetime(2026, 3, 4, 12), "moment.naive"),  # noqa: DTZ001  # the point of the test
        ("at", dt.date(2026, 3, 4), "moment.type"),
        ("log", [], "type.wrong"),
        ("client", CLIENT, "type.wrong"),
        ("rules", None, "type.wrong"),
        ("blocked", [NOON], "type.wrong"),
        ("blocked", [span()] * 1_001, "tuple.length"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(field: str, value: Wrong, code: str) -> None:
    found = wrong(**{field: value})
    assert found.code == code
    assert found.field.startswith(field)


def test_the_point_of_another_is_refused() -> None:
    found = wrong(point=SISTERS)
    assert (found.code, found.field) == ("contact.point", "point.owner")


@pytest.mark.parametrize("count", [0, 101, True, 1.0])
def test_a_count_of_windows_out_of_range_is_refused(count: Wrong) -> None:
    with pytest.raises(rp.RepayPlanError) as caught:
        next_window(**arguments(NOON, US), count=count)
    assert caught.value.field == "count"


def test_windows_end_with_the_horizon() -> None:
    assert windows(NOON, US, 100)[-1] == ("2026-05-03 08:00", "2026-05-03 13:00")  # 60 days of 24 hours
    assert windows(NOON, FREE, 1) == [("2026-03-04 12:00", "2026-05-03 13:00")]


def test_what_the_log_holds_of_later_counts_at_its_own_time() -> None:
    log = log_of(*calls("2026-03-04 13:00", "2026-03-04 14:00", "2026-03-04 15:00"))
    assert windows(NOON, CN, 2, log=log) == [
        ("2026-03-04 12:00", "2026-03-04 15:00"),
        ("2026-03-05 08:00", "2026-03-05 22:00"),
    ]


# ------------------------------------------------------------------------------------------ cost


@pytest.fixture
def visited(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The numbers of the entries that are looked at."""
    seen: list[int] = []
    current, said_by = View.current, View._as_said_by  # noqa: SLF001  # each looks at one entry

    def count_record(self: View, number: int) -> rp.Record:
        seen.append(number)
        return current(self, number)

    def count_contact(self: View, number: int, by: int) -> rp.Contact | None:
        seen.append(number)
        return said_by(self, number, by)

    monkeypatch.setattr(View, "current", count_record)
    monkeypatch.setattr(View, "_as_said_by", count_contact)
    yield seen
    monkeypatch.undo()


def test_only_the_window_is_looked_at(visited: list[int]) -> None:
    first = pendulum.datetime(2006, 1, 1, 12, tz="UTC")
    every = [contact(f"{number}", first.add(hours=12 * number)) for number in range(9_995)]
    asked = contact("asked", first, purpose=rp.Purpose.LOCATION, point=SISTERS)
    wrong = contact("wrong", first, outcome=rp.Outcome.WRONG_PERSON)
    elsewhere = contact("elsewhere", first, outcome=rp.Outcome.WRONG_PERSON, point=LANDLINE)
    given = consent("consent", first, SCOPE.EXTRA_CONTACT)
    stopped = withdrawal("stop", first, channel=rp.Channel.SMS)
    log = log_of(*every, asked, wrong, elsewhere, given, stopped)
    assert len(log) == 10_000
    at = first.add(hours=12 * 9_000)
    numbers = {entry.record.id: entry.number for entry in log}
    visited.clear()
    answer(at, US, log=log)
    days = US.lookback_days + US.horizon.value
    # two contacts a day, the consent, the withdrawal, and the wrong answer at this number
    assert 2 * days <= len(visited) <= 2 * days + 1 + 3
    assert [visited.count(numbers[name]) for name in ("0", "wrong", "elsewhere", "asked")] == [0, 1, 0, 0]
    visited.clear()
    answer(at, US, log=log, **LOCATING)
    assert [visited.count(numbers[name]) for name in ("0", "wrong", "elsewhere", "asked")] == [0, 0, 0, 1]
