"""Diagnosis: what shows a barrier of each kind, what does not, and what closes it."""

from __future__ import annotations

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.communication.barrier_stories import (
    CHANNEL,
    CLIENT,
    DESK,
    DIFFICULTY,
    EMAIL,
    HOME,
    IN,
    INTERPRETER,
    KIND,
    LANDLINE,
    MOBILE,
    NEED,
    OUTCOME,
    PURPOSE,
    SISTER,
    SISTERS,
    STRANGER,
    Story,
    Wrong,
    client,
    confirmed,
    moment,
    point,
)

HOUSE = rp.HOUSE_BARRIER_RULES
NEW_HOME = point("new home", rp.PointKind.POSTAL)


# ------------------------------------------------------------------------------------------ the question


def test_an_empty_log_shows_nothing() -> None:
    assert Story().barriers() == ()
    assert Story().barriers(day=5) == ()


def test_nothing_is_known_that_was_entered_later() -> None:
    story = Story()
    story.letter("letter", 2, OUTCOME.BOUNCED)
    story.point("noted", 9, HOME, verified_on=moment(9).date())
    assert story.barriers(day=1) == ()
    assert story.one(KIND.INACCURATE_DATA, day=8).is_open
    assert story.one(KIND.INACCURATE_DATA).closed_by == "noted"


def test_a_naive_moment_and_wrong_types_are_refused() -> None:
    log = Story().log
    wrong: Wrong = "log"
    with pytest.raises(rp.DateError, match="as_of"):
        rp.diagnose(log, CLIENT, as_of=pendulum.naive(2027, 1, 1))
    every: list[Wrong] = [(wrong, CLIENT), (log, wrong), (log, CLIENT, wrong)]
    for arguments in every:
        with pytest.raises(rp.InputTypeError):
            rp.diagnose(*arguments)


def test_only_records_of_the_case_count_where_one_is_named() -> None:
    story = Story()
    story.letter("letter", 1, OUTCOME.BOUNCED)
    other = Story("other case", story.log)
    other.contact("wrong", 2, OUTCOME.WRONG_PERSON)
    other.point("noted", 2, HOME, verified_on=moment(2).date())
    assert [one.kind for one in other.barriers()] == [KIND.INACCURATE_DATA, KIND.WRONG_PERSON]
    (found,) = other.barriers(case_id="case")
    assert (found.kind, found.is_open) == (KIND.INACCURATE_DATA, True)
    assert [one.kind for one in other.barriers(case_id="other case")] == [KIND.WRONG_PERSON]


def test_contacts_with_others_are_not_the_clients() -> None:
    story = Story()
    others = (rp.Participant(party=SISTER),)
    who = client(MOBILE, SISTERS, others=(SISTER,))
    story.contact("a", 1, OUTCOME.REFUSED, at=SISTERS)
    story.contact("b", 2, OUTCOME.REFUSED, at=None, participants=others)
    story.contact("c", 3, OUTCOME.REFUSED, at=None, purpose=PURPOSE.LOCATION)
    assert story.barriers(who) == ()
    story.contact(
        "d", 4, OUTCOME.REFUSED, at=SISTERS, participants=(rp.Participant(party=CLIENT.party), *others)
    )
    story.contact("e", 5, OUTCOME.REFUSED, at=None)
    assert story.one(KIND.REFUSAL, who).evidence == ("d", "e")


def test_barriers_come_in_the_order_in_which_they_began() -> None:
    story = Story()
    story.contact("refused", 1, OUTCOME.REFUSED)
    story.letter("b", 2, OUTCOME.BOUNCED)
    story.message("a", 2, OUTCOME.BOUNCED)
    story.contact("stranger", 2, OUTCOME.WRONG_PERSON)
    assert [(one.kind, one.point_id) for one in story.barriers()] == [
        (KIND.REFUSAL, None),
        (KIND.INACCURATE_DATA, "email"),
        (KIND.INACCURATE_DATA, "home"),
        (KIND.WRONG_PERSON, "mobile"),
    ]


def test_a_failure_after_a_closing_is_a_new_barrier() -> None:
    story = Story()
    story.contact("no 1", 1, OUTCOME.REFUSED)
    story.talk("talk", 2)
    story.contact("no 2", 3, OUTCOME.REFUSED)
    assert [(one.evidence, one.closed_by) for one in story.only(KIND.REFUSAL)] == [
        (("no 1",), "talk"),
        (("no 2",), None),
    ]


# ------------------------------------------------------------------------------------------ language


SPANISH = rp.ContactPreference(spoken_language="es", written_language="es")


@pytest.mark.parametrize(
    ("outcome", "more", "shows"),
    [
        (OUTCOME.CONVERSATION, {"spoken_language": "en"}, True),
        (OUTCOME.DROPPED, {"spoken_language": "en"}, True),
        (OUTCOME.CONVERSATION, {"spoken_language": "es-MX"}, False),
        (OUTCOME.CONVERSATION, {"spoken_language": "en", "interpreter": INTERPRETER}, False),
        (OUTCOME.NO_ANSWER, {"spoken_language": "en"}, False),
        (OUTCOME.CONVERSATION, {}, False),
    ],
)
def test_a_talk_in_another_language_than_the_clients_shows_it(
    outcome: rp.Outcome, more: dict[str, Wrong], *, shows: bool
) -> None:
    story = Story()
    story.contact("call", 1, outcome, **more)
    found = story.only(KIND.LANGUAGE, client(MOBILE, wish=SPANISH))
    assert [(one.evidence, one.language) for one in found] == ([(("call",), "es")] if shows else [])
    assert story.only(KIND.LANGUAGE) == ()


def test_a_letter_in_another_language_shows_it_and_an_answer_to_one_in_the_clients_closes() -> None:
    who = client(MOBILE, EMAIL, HOME, wish=rp.ContactPreference(written_language="zh-Hant"))
    story = Story()
    story.letter("simplified", 1, written_language="zh-Hans")
    story.arrives("what", 2, answers="simplified", written_language="en")
    assert story.one(KIND.LANGUAGE, who).language == "zh-Hant"
    story.letter("traditional", 3, written_language="zh-Hant-HK")
    assert story.one(KIND.LANGUAGE, who).is_open
    story.arrives("thanks", 4, answers="traditional")
    assert story.one(KIND.LANGUAGE, who).closed_by == "thanks"


@pytest.mark.parametrize(
    ("more", "closes"),
    [
        ({"spoken_language": "yue"}, True),
        ({"spoken_language": "cmn"}, False),
        ({}, False),
        ({"interpreter": INTERPRETER}, True),
    ],
)
def test_where_the_clients_language_is_not_known_any_that_did_not_fail_closes(
    more: dict[str, Wrong], *, closes: bool
) -> None:
    story = Story()
    story.contact("call", 1, OUTCOME.REFUSED, spoken_language="zh")
    story.note("note", "call", 1, DIFFICULTY.LANGUAGE_NOT_SHARED)
    story.contact("dropped", 2, OUTCOME.DROPPED, direction=IN, spoken_language="yue")
    story.arrives("message", 3)
    story.talk("talk", 4, **more)
    assert story.one(KIND.LANGUAGE).closed_by == ("talk" if closes else None)


def test_a_talk_in_the_language_that_was_noted_closes() -> None:
    story = Story()
    story.contact("call", 1, OUTCOME.DROPPED)
    story.note("note", "call", 1, DIFFICULTY.LANGUAGE_NOT_SHARED, language="ug")
    story.talk("mandarin", 2, spoken_language="cmn")
    story.talk("uyghur", 3, spoken_language="ug-CN")
    assert story.one(KIND.LANGUAGE).closed_by == "uyghur"


# ------------------------------------------------------------------------------------------ connections


@pytest.mark.parametrize("outcome", [OUTCOME.BUSY, OUTCOME.OUT_OF_SERVICE, OUTCOME.DROPPED])
def test_failed_connections_in_a_row_on_one_line_are_a_technical_failure(outcome: rp.Outcome) -> None:
    story = Story()
    story.contact("a", 1, outcome)
    story.contact("other line", 1, outcome, at=LANDLINE)
    assert story.only(KIND.TECHNICAL_FAILURE) == ()
    story.contact("b", 2, OUTCOME.NO_ANSWER)
    story.contact("c", 3, outcome)
    assert story.one(KIND.TECHNICAL_FAILURE).evidence == ("a", "c")


@pytest.mark.parametrize(
    ("outcome", "at", "closes"),
    [
        (OUTCOME.VOICEMAIL_LEFT, MOBILE, True),
        (OUTCOME.VOICEMAIL_LEFT, LANDLINE, False),
        (OUTCOME.REFUSED, MOBILE, True),
        (OUTCOME.CONVERSATION, LANDLINE, True),
        (OUTCOME.NO_ANSWER, MOBILE, False),
    ],
)
def test_getting_through_on_the_line_or_the_client_on_any_closes_a_technical_failure(
    outcome: rp.Outcome, at: rp.ContactPoint, *, closes: bool
) -> None:
    story = Story()
    story.contact("a", 1, OUTCOME.BUSY)
    story.contact("b", 2, OUTCOME.BUSY)
    story.contact("c", 3, outcome, at=at)
    assert story.one(KIND.TECHNICAL_FAILURE).closed_by == ("c" if closes else None)


def test_a_text_that_arrives_does_not_mend_the_line_of_its_number() -> None:
    story = Story()
    story.contact("a", 1, OUTCOME.DROPPED)
    story.contact("b", 2, OUTCOME.DROPPED)
    story.contact("text", 3, OUTCOME.DELIVERED, channel=CHANNEL.SMS)
    assert story.one(KIND.TECHNICAL_FAILURE).is_open
    story.arrives("answer", 4, channel=CHANNEL.SMS, at=MOBILE)
    assert story.one(KIND.TECHNICAL_FAILURE).closed_by == "answer"


def test_getting_through_in_between_begins_a_new_row() -> None:
    story = Story()
    story.contact("a", 1, OUTCOME.BUSY)
    story.contact("b", 2, OUTCOME.VOICEMAIL_LEFT)
    story.contact("c", 3, OUTCOME.BUSY)
    assert story.only(KIND.TECHNICAL_FAILURE) == ()


# ------------------------------------------------------------------------------------------ data


def test_a_dead_line_shows_wrong_data_the_second_time_and_a_returned_message_the_first() -> None:
    story = Story()
    story.contact("dead 1", 1, OUTCOME.OUT_OF_SERVICE)
    assert story.only(KIND.INACCURATE_DATA) == ()
    story.contact("dead 2", 2, OUTCOME.OUT_OF_SERVICE)
    assert story.one(KIND.INACCURATE_DATA).evidence == ("dead 1", "dead 2")
    story.message("returned", 3, OUTCOME.BOUNCED)
    assert [one.point_id for one in story.only(KIND.INACCURATE_DATA)] == ["mobile", "email"]


def test_data_that_the_client_calls_wrong_are_wrong_although_the_letter_arrived() -> None:
    story = Story()
    story.letter("letter", 1)
    story.note("note", "letter", 4, DIFFICULTY.DATA_WRONG)
    assert story.one(KIND.INACCURATE_DATA).evidence == ("letter", "note")


def test_a_talk_in_which_the_client_calls_the_data_wrong_does_not_close_what_it_shows() -> None:
    story = Story()
    story.talk("talk", 1)
    story.note("note", "talk", 1, DIFFICULTY.DATA_WRONG, words="My daughter has this number now.")
    found = story.one(KIND.INACCURATE_DATA)
    assert (found.evidence, found.is_open) == (("talk", "note"), True)


def test_where_no_contact_point_was_recorded_the_channel_is_what_fails() -> None:
    story = Story()
    story.letter("letter", 1, OUTCOME.BOUNCED, at=None)
    found = story.one(KIND.INACCURATE_DATA)
    assert (found.channel, found.point_id) == (CHANNEL.LETTER, None)
    checked: dict[str, Wrong] = {"verified_on": moment(2).date()}
    story.point("phone", 2, MOBILE, **checked)
    story.point("unchecked", 2, HOME)
    story.point("sister's", 2, NEW_HOME, owner="sister", **checked)
    story.point("left", 2, NEW_HOME, valid_until=moment(1).date(), **checked)
    assert story.one(KIND.INACCURATE_DATA).is_open
    story.point("address", 3, HOME, verified_on=moment(3).date())
    assert story.one(KIND.INACCURATE_DATA).closed_by == "address"


@pytest.mark.parametrize(
    ("noted", "changes", "closes"),
    [
        (HOME, {}, False),
        (HOME, {"verified_on": moment(1).date()}, False),
        (HOME, {"verified_on": moment(2).date()}, True),
        (NEW_HOME, {"verified_on": moment(4).date()}, False),
        (EMAIL, {"verified_on": moment(4).date()}, False),
        (HOME, {"valid_until": moment(3).date()}, True),
        (HOME, {"owner": "sister"}, True),
    ],
)
def test_a_note_that_was_verified_after_the_failure_closes(
    noted: rp.ContactPoint, changes: dict[str, Wrong], *, closes: bool
) -> None:
    story = Story()
    story.letter("letter", 2, OUTCOME.BOUNCED)
    story.point("noted", 4, noted, **changes)
    assert story.one(KIND.INACCURATE_DATA).closed_by == ("noted" if closes else None)


@pytest.mark.parametrize("source", rp.PointSource, ids=lambda source: source.name)
def test_only_a_permitted_source_verifies(source: rp.PointSource) -> None:
    story = Story()
    story.letter("letter", 2, OUTCOME.BOUNCED)
    story.contact("stranger", 2, OUTCOME.WRONG_PERSON)
    for name, noted in (("address", HOME), ("number", MOBILE)):
        story.point(name, 4, noted, source=source, verified_on=moment(4).date())
    permitted = source in rp.HOUSE_BARRIER_RULES.sources.value
    for kind in (KIND.INACCURATE_DATA, KIND.WRONG_PERSON):
        assert story.one(kind).is_open is not permitted, kind
    for name, noted in (("moved", HOME), ("changed", MOBILE)):
        story.point(name, 5, noted, source=source, valid_until=moment(1).date())
    assert not story.one(KIND.INACCURATE_DATA).is_open  # that it is left may be said by anybody


def test_an_old_point_stays_outdated_until_a_permitted_source_verifies_it() -> None:
    story = Story()
    story.point("first", 1, HOME, verified_on=moment(1).date())
    story.point("heard", 380, HOME, source=rp.PointSource.OTHER, verified_on=moment(380).date())
    assert story.one(KIND.OUTDATED_DATA).is_open
    story.point("register", 381, HOME, source=rp.PointSource.PUBLIC_REGISTER, verified_on=moment(381).date())
    assert story.one(KIND.OUTDATED_DATA).closed_by == "register"


def test_another_line_that_is_verified_does_not_make_a_strangers_the_clients() -> None:
    story = Story()
    story.contact("stranger", 1, OUTCOME.WRONG_PERSON)
    story.point("landline", 2, LANDLINE, verified_on=moment(2).date())
    story.talk("talk", 3, at=LANDLINE)
    assert story.one(KIND.WRONG_PERSON).is_open
    story.point("left", 4, MOBILE, valid_until=moment(3).date())
    assert story.one(KIND.WRONG_PERSON).closed_by == "left"


def test_an_amendment_that_says_verified_closes_and_is_the_evidence() -> None:
    story = Story()
    story.point("noted", 1, HOME)
    story.letter("letter", 2, OUTCOME.BOUNCED)
    said = attrs.evolve(HOME, value="14 Elm Row", verified_on=moment(3).date())
    story.amend("amended", "noted", 3, point=said)
    assert story.one(KIND.INACCURATE_DATA).closed_by == "amended"


def test_what_was_erased_shows_and_closes_nothing() -> None:
    story = Story()
    story.letter("letter", 2, OUTCOME.BOUNCED)
    story.point("noted", 4, HOME, verified_on=moment(4).date())
    story.log = story.log.redact(1, ["point"], "asked for", moment(5))
    assert story.one(KIND.INACCURATE_DATA).is_open


def test_a_contact_as_it_was_corrected_counts() -> None:
    story = Story()
    story.letter("letter", 2, OUTCOME.BOUNCED)
    story.amend("amended", "letter", 3, outcome=OUTCOME.DELIVERED)
    assert story.only(KIND.INACCURATE_DATA) == ()


def test_a_contact_point_is_outdated_a_year_after_it_was_verified_until_it_is_verified_again() -> None:
    story = Story()
    story.point("noted", 1, MOBILE, verified_on=moment(1).date())
    assert story.barriers(day=366) == ()
    found = story.one(KIND.OUTDATED_DATA, day=367)
    assert (found.evidence, found.point_id, found.channel) == (("noted",), "mobile", None)
    assert found.began_at == moment(367, 0)
    story.talk("elsewhere", 370, at=LANDLINE)
    story.talk("unconfirmed", 371, participants=())
    assert story.one(KIND.OUTDATED_DATA).is_open
    story.talk("there", 372)
    assert story.one(KIND.OUTDATED_DATA).closed_by == "there"
    assert len(story.only(KIND.OUTDATED_DATA, day=372 + 366)) == 2


def test_a_point_never_verified_ages_from_its_note_and_leaving_it_closes() -> None:
    story = Story()
    story.point("noted", 1, EMAIL)
    story.point("again", 5, EMAIL)
    assert story.barriers(day=370) == ()
    assert story.one(KIND.OUTDATED_DATA, day=371).evidence == ("again",)
    story.point("sister's", 2, SISTERS)
    story.point("left", 380, EMAIL, valid_until=moment(379).date())
    assert story.one(KIND.OUTDATED_DATA, day=900).closed_by == "left"


def test_a_point_noted_with_an_old_verification_is_outdated_at_once() -> None:
    story = Story()
    story.point("noted", 800, MOBILE, verified_on=moment(1).date())
    assert story.one(KIND.OUTDATED_DATA).is_open
    story.point("checked", 801, MOBILE, verified_on=moment(801).date())
    assert story.one(KIND.OUTDATED_DATA).closed_by == "checked"


def test_a_point_that_expires_by_one_clock_is_verified_on_that_day_by_another() -> None:
    story = Story()
    noted_at = moment(1, 12).in_timezone("Pacific/Honolulu")
    said = attrs.evolve(MOBILE, verified_on=noted_at.date().add(days=1))
    fields: dict[str, Wrong] = story.common("noted", 1) | {"recorded_at": noted_at}
    source = rp.PointSource.CLIENT
    story.add(rp.ContactPointNote(**fields, point_id="mobile", source=source, point=said))
    story.talk("talk", 367)
    found = story.one(KIND.OUTDATED_DATA, day=400)
    assert (found.began_at, found.closed_by, found.closed_at) == (moment(367), "talk", moment(367))


# ------------------------------------------------------------------------------------------ other persons


@pytest.mark.parametrize(
    ("talk", "closes"),
    [
        ({}, True),
        ({"at": LANDLINE}, False),
        ({"participants": ()}, False),
        ({"participants": (confirmed(STRANGER),)}, False),
        ({"participants": (confirmed(failed=True),)}, False),
    ],
)
def test_another_person_answers_until_it_is_confirmed_that_the_client_does(
    talk: dict[str, Wrong], *, closes: bool
) -> None:
    story = Story()
    story.contact("wrong", 1, OUTCOME.WRONG_PERSON, participants=(rp.Participant(party=STRANGER),))
    story.talk("talk", 2, **talk)
    found = story.one(KIND.WRONG_PERSON)
    assert (found.point_id, found.closed_by) == ("mobile", "talk" if closes else None)


def test_a_wrong_number_without_a_point_counts_as_the_clients() -> None:
    story = Story()
    stranger = (rp.Participant(party=STRANGER),)
    story.contact("wrong", 1, OUTCOME.WRONG_PERSON, at=None, participants=stranger)
    assert story.one(KIND.WRONG_PERSON).channel is CHANNEL.PHONE


# ------------------------------------------------------------------------------------------ silence, refusal


def silent(*days: int) -> Story:
    story = Story()
    for day in days:
        story.contact(f"call {day}", day, OUTCOME.NO_ANSWER)
    return story


def test_three_attempts_and_fourteen_days_without_a_reply_are_a_barrier() -> None:
    story = silent(1, 4, 9)
    assert story.only(KIND.NO_REPLY) == ()
    assert story.only(KIND.NO_REPLY, day=14) == ()
    assert story.one(KIND.NO_REPLY, day=15).evidence == ("call 1", "call 4", "call 9")
    assert silent(1, 4).only(KIND.NO_REPLY, day=90) == ()


@pytest.mark.parametrize(
    ("outcome", "more", "closes"),
    [
        (OUTCOME.CONVERSATION, {}, True),
        (OUTCOME.NO_ANSWER, {"direction": IN}, True),
        (OUTCOME.REFUSED, {}, True),
        (OUTCOME.REFUSED, {"participants": (confirmed(STRANGER),)}, False),
        (OUTCOME.CONVERSATION, {"participants": (confirmed(failed=True),)}, False),
        (OUTCOME.CONVERSATION, {"participants": (confirmed(STRANGER),)}, False),
        (OUTCOME.WRONG_PERSON, {}, False),
    ],
)
def test_the_client_being_heard_ends_the_silence(
    outcome: rp.Outcome, more: dict[str, Wrong], *, closes: bool
) -> None:
    story = silent(1, 4, 9)
    story.contact("then", 20, outcome, **more)
    assert story.one(KIND.NO_REPLY).closed_by == ("then" if closes else None)


def test_a_reply_within_the_days_was_no_silence() -> None:
    story = silent(1, 4, 9)
    story.talk("talk", 10)
    assert story.only(KIND.NO_REPLY, day=90) == ()


@pytest.mark.parametrize(
    ("more", "counts"),
    [
        ({}, True),
        ({"outcome": OUTCOME.DELIVERED}, True),
        ({"outcome": OUTCOME.BOUNCED}, False),
        ({"purpose": PURPOSE.REMINDER}, False),
        ({"purpose": PURPOSE.STATUTORY_NOTICE}, False),
        ({"purpose": PURPOSE.INFORMATION}, False),
        ({"purpose": PURPOSE.ANSWER}, False),
        ({"answers": "call 1"}, False),
        (
            {"purpose": PURPOSE.REMINDER, "channel": CHANNEL.PHONE, "outcome": OUTCOME.BUSY, "at": MOBILE},
            False,
        ),
        (
            {
                "purpose": PURPOSE.REMINDER,
                "channel": CHANNEL.PHONE,
                "outcome": OUTCOME.VOICEMAIL_LEFT,
                "at": MOBILE,
            },
            True,
        ),
    ],
)
def test_silence_counts_only_where_a_reply_is_expected(more: dict[str, Wrong], *, counts: bool) -> None:
    story = silent(1, 4)
    story.message("third", 9, **more)
    assert bool(story.only(KIND.NO_REPLY, day=90)) is counts


def test_the_refusal_of_another_is_not_the_clients() -> None:
    story = Story()
    story.contact("flatmate", 1, OUTCOME.REFUSED, at=LANDLINE, participants=(confirmed(STRANGER),))
    assert story.only(KIND.REFUSAL) == ()
    story.contact("client", 2, OUTCOME.REFUSED, at=LANDLINE, participants=(confirmed(),))
    assert story.one(KIND.REFUSAL).evidence == ("client",)


def test_a_call_of_the_client_that_was_missed_shows_will_and_the_evidence_says_so() -> None:
    story = Story()
    story.contact("refused", 1, OUTCOME.REFUSED, participants=(confirmed(),))
    story.contact("missed", 2, OUTCOME.NO_ANSWER, direction=rp.Direction.INBOUND)
    barrier = story.one(KIND.REFUSAL)
    assert barrier.closed_by == "missed"
    evidence = {
        remedy.closes_when
        for remedy in rp.remedies(attrs.evolve(barrier, closed_by=None, closed_at=None), CLIENT)
    }
    assert {item.value for item in evidence} == {
        "a talk with the client, a message or a call from the client, or a new consent to contact"
    }


def test_a_demand_that_contact_ceases_is_a_refusal_until_a_new_consent() -> None:
    story = Story()
    story.talk("talk", 1)
    story.consent("stop", 1, rp.ConsentWithdrawal)
    story.consent("not e-mail", 2, rp.ConsentWithdrawal, channel=CHANNEL.EMAIL)
    story.consent("not there", 2, rp.ConsentWithdrawal, point_id="desk")
    story.consent("no recording", 2, rp.ConsentWithdrawal, scope=rp.ConsentScope.RECORDING)
    story.consent("sister's", 2, rp.ConsentWithdrawal, party_id="sister")
    assert story.one(KIND.REFUSAL).evidence == ("stop",)
    story.consent("by letter", 39, channel=CHANNEL.LETTER)
    story.consent("yes", 40)
    assert story.one(KIND.REFUSAL).closed_by == "yes"


# ------------------------------------------------------------------------------------------ care, trust


@pytest.mark.parametrize(
    ("kind", "need", "difficulty"),
    [
        (KIND.HEARING, NEED.HEARING, DIFFICULTY.NOT_HEARD),
        (KIND.SIGHT, NEED.SIGHT, DIFFICULTY.NOT_READ),
    ],
)
def test_a_need_or_a_difficulty_shows_it_and_being_heard_without_it_closes(
    kind: rp.BarrierKind, need: rp.SupportNeed, difficulty: rp.Difficulty
) -> None:
    story = Story()
    story.talk("talk 1", 1)
    story.note("note", "talk 1", 1, difficulty)
    story.need("need", 2, need, NEED.ABUSE)
    story.need("other", 2, NEED.BEREAVEMENT)
    story.need("sister's", 2, need, party_id="sister")
    assert story.one(kind).evidence == ("talk 1", "note", "need")
    story.contact("nobody", 3, OUTCOME.NO_ANSWER)
    story.contact("missed", 3, OUTCOME.NO_ANSWER, direction=IN, participants=(confirmed(),))
    assert story.one(kind).is_open
    story.arrives("message", 4)
    assert story.one(kind).closed_by == "message"


@pytest.mark.parametrize(
    ("more", "closes"),
    [({"direction": IN, "participants": ()}, True), ({"participants": ()}, False), ({}, True)],
)
def test_fear_of_fraud_ends_with_the_clients_own_call_or_a_confirmed_talk(
    more: dict[str, Wrong], *, closes: bool
) -> None:
    story = Story()
    story.contact("call", 1, OUTCOME.REFUSED)
    story.note("note", "call", 1, DIFFICULTY.FEARED_FRAUD, words="How do I know that you are the bank?")
    story.talk("talk", 2, **more)
    assert story.one(KIND.DISTRUST).evidence == ("call", "note")
    assert story.one(KIND.DISTRUST).closed_by == ("talk" if closes else None)


def test_a_note_of_another_party_on_no_contact_or_erased_shows_nothing() -> None:
    story = Story()
    story.talk("talk", 1)
    story.note("sister's", "talk", 1, DIFFICULTY.FEARED_FRAUD, party_id="sister")
    story.note("lost", "nothing", 1, DIFFICULTY.FEARED_FRAUD)
    story.note("erased", "talk", 1, DIFFICULTY.FEARED_FRAUD)
    assert len(story.barriers()) == 1
    story.log = story.log.redact(3, ["difficulties"], "asked for", moment(2))
    assert story.barriers() == ()


# ------------------------------------------------------------------------------------------ the channel


WRITES = rp.ContactPreference(channels=(CHANNEL.SMS,), not_at={rp.Place.WORK})


@pytest.mark.parametrize(
    ("more", "shows"),
    [
        ({}, True),
        ({"purpose": PURPOSE.STATUTORY_NOTICE}, False),
        ({"outcome": OUTCOME.BOUNCED}, False),
        ({"channel": CHANNEL.SMS, "at": MOBILE}, False),
        ({"channel": CHANNEL.PHONE, "at": DESK, "outcome": OUTCOME.VOICEMAIL_LEFT}, True),
    ],
)
def test_attempts_in_a_way_that_the_client_does_not_wish_show_an_unsuitable_channel(
    more: dict[str, Wrong], *, shows: bool
) -> None:
    story = Story()
    for day in (1, 2):
        story.message(f"m{day}", day, **more)
    assert bool(story.only(KIND.UNSUITABLE_CHANNEL, client(MOBILE, wish=WRITES))) is shows


def test_at_work_is_unwished_on_a_channel_that_is_wished_for() -> None:
    wish = rp.ContactPreference(channels=(CHANNEL.PHONE,), not_at={rp.Place.WORK})
    story = Story()
    for day in (1, 2):
        story.contact(f"call {day}", day, OUTCOME.NO_ANSWER, at=DESK)
        story.contact(f"mobile {day}", day, OUTCOME.NO_ANSWER, at=MOBILE)
    who = client(MOBILE, wish=wish)
    found = story.one(KIND.UNSUITABLE_CHANNEL, who)
    assert (found.evidence, found.point_id) == (("call 1", "call 2"), "desk")
    story.talk("at the desk", 3, at=DESK)
    assert story.one(KIND.UNSUITABLE_CHANNEL, who).is_open
    story.talk("mobile", 4)
    assert story.one(KIND.UNSUITABLE_CHANNEL, who).closed_by == "mobile"


def test_where_only_a_place_is_excluded_being_heard_elsewhere_closes() -> None:
    who = client(MOBILE, wish=rp.ContactPreference(not_at={rp.Place.WORK}))
    story = Story()
    for day in (1, 2):
        story.contact(f"call {day}", day, OUTCOME.NO_ANSWER, at=DESK)
    story.talk("mobile", 4)
    assert story.one(KIND.UNSUITABLE_CHANNEL, who).closed_by == "mobile"


def test_an_answered_message_was_suitable_enough() -> None:
    story = Story()
    story.message("m1", 1)
    story.message("m2", 2)
    story.arrives("answer", 3, answers="m1")
    assert story.only(KIND.UNSUITABLE_CHANNEL, client(MOBILE, wish=WRITES)) == ()


def test_the_clients_word_is_enough_and_another_channel_closes_where_none_was_named() -> None:
    story = Story()
    story.talk("call", 1)
    story.note("note", "call", 1, DIFFICULTY.CHANNEL_UNSUITABLE)
    story.talk("call again", 2)
    assert story.one(KIND.UNSUITABLE_CHANNEL).evidence == ("call", "note")
    assert story.one(KIND.UNSUITABLE_CHANNEL).is_open
    story.arrives("mail", 3)
    assert story.one(KIND.UNSUITABLE_CHANNEL).closed_by == "mail"


def test_a_response_in_another_way_that_is_not_wished_closes_nothing() -> None:
    story = Story()
    story.message("m1", 1)
    story.message("m2", 2)
    story.talk("call", 3)
    assert story.one(KIND.UNSUITABLE_CHANNEL, client(MOBILE, wish=WRITES)).is_open


def test_the_wish_that_was_noted_by_then_counts_and_an_erased_or_later_one_does_not() -> None:
    story = Story()
    story.wish("first", 1, channels=(CHANNEL.PHONE,), valid_until=moment(5).date())
    story.message("m2", 2)
    story.message("m3", 3)
    story.wish("second", 4, channels=(CHANNEL.EMAIL,))
    assert story.one(KIND.UNSUITABLE_CHANNEL).evidence == ("m2", "m3")
    story.message("m5", 5)
    assert story.one(KIND.UNSUITABLE_CHANNEL).evidence == ("m2", "m3")
    story.log = story.log.redact(0, ["preference"], "asked for", moment(6))
    assert story.only(KIND.UNSUITABLE_CHANNEL) == ()


def test_rules_move_the_thresholds() -> None:
    story = Story()
    story.contact("busy", 1, OUTCOME.BUSY)
    strict = attrs.evolve(HOUSE, technical_attempts=attrs.evolve(HOUSE.technical_attempts, value=1))
    (found,) = rp.diagnose(story.log, CLIENT, strict)
    assert found.kind is KIND.TECHNICAL_FAILURE


def test_of_a_very_long_row_the_latest_hundred_records_are_the_evidence() -> None:
    story = Story()
    for day in range(1, 103):
        story.contact(f"busy {day}", day, OUTCOME.BUSY)
    found = story.one(KIND.TECHNICAL_FAILURE)
    assert (len(found.evidence), found.evidence[0], found.evidence[-1]) == (100, "busy 3", "busy 102")
    assert found.began_at == moment(1)
