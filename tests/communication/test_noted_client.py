"""The client as the log notes it."""

from __future__ import annotations

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.communication.barrier_stories import (
    CHANNEL,
    CLIENT,
    EMAIL,
    HOME,
    LANDLINE,
    MOBILE,
    NEED,
    OUTCOME,
    SISTER,
    SISTERS,
    Story,
    Wrong,
    client,
    moment,
)


def channels(who: rp.Client, day: int) -> tuple[rp.Channel, ...]:
    return who.preference_on(moment(day).date()).channels


def test_without_notes_the_client_is_as_before() -> None:
    story = Story()
    assert rp.client_as_noted(CLIENT, story.log, moment(1)) == CLIENT
    story.talk("talk", 1)
    assert rp.client_as_noted(CLIENT, story.log, moment(30)) == CLIENT


def test_a_noted_wish_comes_before_the_known_one_from_its_day_on() -> None:
    story = Story()
    story.wish("email", 5, channels=[CHANNEL.EMAIL])
    story.wish("sms until", 7, channels=[CHANNEL.SMS], valid_until=moment(8).date())
    known = client(MOBILE, wish=rp.ContactPreference(channels=[CHANNEL.LETTER]))
    found = rp.client_as_noted(known, story.log, moment(30))
    assert [channels(found, day) for day in (4, 5, 7, 8, 9)] == [
        (CHANNEL.LETTER,),
        (CHANNEL.EMAIL,),
        (CHANNEL.SMS,),
        (CHANNEL.SMS,),
        (CHANNEL.EMAIL,),
    ]
    assert channels(rp.client_as_noted(known, story.log, moment(4)), 30) == (CHANNEL.LETTER,)


def test_a_wish_counts_at_once_by_a_clock_that_is_behind() -> None:
    story = Story()
    story.wish("email", 5, channels=[CHANNEL.EMAIL])  # at nine in Shanghai
    there = moment(5).in_timezone("America/Los_Angeles")
    found = rp.client_as_noted(CLIENT, story.log, there)
    assert found.preference_on(there.date()).channels == (CHANNEL.EMAIL,)


def test_a_wish_that_was_over_when_it_was_noted_and_an_erased_one_say_nothing() -> None:
    story = Story()
    story.wish("over", 5, channels=[CHANNEL.SMS], valid_until=moment(4).date())
    story.wish("erased", 6, channels=[CHANNEL.EMAIL])
    story.log = story.log.redact(1, ["preference"], "asked for", moment(7))
    assert rp.client_as_noted(CLIENT, story.log, moment(30)).preferences == ()


def test_more_wishes_than_a_client_may_have_leave_the_latest() -> None:
    story = Story()
    for day in range(1, 103):
        story.wish(f"wish {day}", day, channels=[CHANNEL.EMAIL if day == 102 else CHANNEL.SMS])
    assert channels(rp.client_as_noted(CLIENT, story.log, moment(200)), 200) == (CHANNEL.EMAIL,)


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({"value": "14 Elm Row"}, "14 Elm Row"),
        ({"owner": "sister"}, None),
        ({"owner": "a stranger"}, None),
        ({"valid_until": moment(2).date()}, None),
    ],
)
def test_a_point_is_as_it_was_noted_last(changes: dict[str, Wrong], value: str | None) -> None:
    story = Story()
    story.point("note", 3, HOME, **changes)
    found = rp.client_as_noted(client(HOME, others=(SISTER,)), story.log, moment(30))
    assert [one.value for one in found.points_on(moment(30).date())] == ([] if value is None else [value])


def test_a_point_that_was_noted_alone_is_added_and_one_that_is_known_as_left_stays_left() -> None:
    story = Story()
    story.point("landline", 3, LANDLINE)
    story.point("home", 3, HOME)
    story.point("sister's", 3, SISTERS)
    gone = attrs.evolve(HOME, valid_until=moment(9).date())
    found = rp.client_as_noted(client(gone, EMAIL, others=(SISTER,)), story.log, moment(30))
    assert found.points == (gone, EMAIL, LANDLINE, SISTERS)


def test_needs_add_up_and_those_of_others_do_not() -> None:
    story = Story()
    story.need("hearing", 2, NEED.HEARING)
    story.need("sister's", 2, NEED.SIGHT, party_id="sister")
    found = rp.client_as_noted(client(needs={NEED.ABUSE}), story.log, moment(30))
    assert found.needs == {NEED.HEARING, NEED.ABUSE}


def test_only_notes_of_the_case_count_where_one_is_named() -> None:
    story = Story()
    story.wish("wish", 1, channels=[CHANNEL.EMAIL])
    story.point("point", 1, LANDLINE)
    story.need("need", 1, NEED.HEARING)
    assert rp.client_as_noted(CLIENT, story.log, moment(30), case_id="another") == CLIENT
    assert rp.client_as_noted(client(), story.log, moment(30), case_id="case") != client()


def test_remedies_follow_the_wish_that_was_noted() -> None:
    story = Story()
    story.wish("email", 1, channels=[CHANNEL.EMAIL])
    story.contact("call 1", 2, OUTCOME.NO_ANSWER)
    story.contact("call 2", 3, OUTCOME.NO_ANSWER)
    barrier = story.one(rp.BarrierKind.UNSUITABLE_CHANNEL)
    noted = rp.client_as_noted(CLIENT, story.log, moment(4))
    (found,) = [one for one in rp.remedies(barrier, noted) if one.kind is rp.RemedyKind.CLIENTS_CHANNEL]
    assert found.channels == (CHANNEL.EMAIL,)


def test_wrong_input_is_refused() -> None:
    log = Story().log
    with pytest.raises(rp.DateError):
        rp.client_as_noted(CLIENT, log, pendulum.naive(2027, 1, 1))
    for who, what in ((None, log), (CLIENT, None)):
        with pytest.raises(rp.InputTypeError):
            rp.client_as_noted(who, what, moment(1))  # type: ignore[arg-type]  # on purpose
