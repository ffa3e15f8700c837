"""The best channel: the client's choice, then what has worked, then the rest, among what is permitted."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.communication.barrier_stories import (
    CHANNEL,
    CLIENT,
    DESK,
    EMAIL,
    HOME,
    IN,
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

if TYPE_CHECKING:
    from collections.abc import Callable

REASON, WHY_NOT = rp.ChannelReason, rp.PassedOverReason


def everything(_channel: rp.Channel, _point: rp.ContactPoint) -> bool:
    return True


def all_but(*channels: rp.Channel) -> Callable[[rp.Channel, rp.ContactPoint], bool]:
    return lambda channel, _point: channel not in channels


def best(
    story: Story, who: rp.Client = CLIENT, permitted: Wrong = everything, day: int = 30, **more: Wrong
) -> rp.BestChannel:
    found = rp.best_channel(who, story.log, moment(day), permitted=permitted, **more)
    assert isinstance(found, rp.BestChannel)
    return found


def said(found: rp.BestChannel) -> tuple[rp.Channel, str, rp.ChannelReason, str | None]:
    return found.channel, found.point.id, found.reason, found.worked_in


def passed_over(found: rp.BestChannel | rp.NoChannel) -> list[tuple[rp.Channel, str, rp.PassedOverReason]]:
    return [(one.channel, one.point_id, one.reason) for one in found.passed_over]


WISH = rp.ContactPreference(channels=(CHANNEL.EMAIL, CHANNEL.PHONE), not_at={rp.Place.WORK})
WISHING = client(LANDLINE, DESK, MOBILE, EMAIL, HOME, wish=WISH)


def test_without_a_wish_or_a_record_the_first_point_is_taken() -> None:
    assert said(best(Story())) == (CHANNEL.PHONE, "mobile", REASON.AVAILABLE, None)
    assert said(best(Story(), client(HOME, MOBILE))) == (CHANNEL.LETTER, "home", REASON.AVAILABLE, None)


def test_the_clients_choice_comes_before_what_has_worked() -> None:
    story = Story()
    story.talk("talk", 1)
    found = best(story, WISHING)
    assert said(found) == (CHANNEL.EMAIL, "email", REASON.CLIENTS_CHOICE, None)
    assert found.passed_over == ()


@pytest.mark.parametrize(
    ("difficulty", "who", "channel"),
    [
        (rp.Difficulty.NOT_HEARD, client(MOBILE), CHANNEL.SMS),
        (rp.Difficulty.NOT_READ, client(HOME, EMAIL), CHANNEL.EMAIL),
    ],
)
def test_what_a_barrier_shows_that_the_client_needs_is_respected_until_it_is_closed(
    difficulty: rp.Difficulty, who: rp.Client, channel: rp.Channel
) -> None:
    story = Story()
    story.talk("talk", 1)
    story.note("note", "talk", 1, difficulty)
    found = best(story, who)
    assert found.channel is channel
    assert [one.reason for one in found.passed_over] == [WHY_NOT.DOES_NOT_SUIT]
    story.talk("well", 2)
    assert best(story, who).passed_over == ()


def test_a_point_is_used_as_the_log_noted_it_last() -> None:
    story = Story()
    story.letter("letter", 1, OUTCOME.BOUNCED)
    story.point("left", 2, HOME, valid_until=moment(1).date())
    assert isinstance(
        rp.best_channel(client(HOME), story.log, moment(30), permitted=everything), rp.NoChannel
    )
    story.point("moved", 3, HOME, value="14 Elm Row", verified_on=moment(3).date())
    assert best(story, client(HOME)).point.value == "14 Elm Row"
    story.point("found", 4, LANDLINE)
    assert best(story, client(HOME), all_but(CHANNEL.LETTER)).point == LANDLINE
    story.point("sister's", 5, LANDLINE, owner="sister")
    gone = client(attrs.evolve(HOME, valid_until=moment(4).date()))  # as is known besides the log
    assert isinstance(rp.best_channel(gone, story.log, moment(30), permitted=everything), rp.NoChannel)


def test_of_two_lines_of_the_chosen_channel_the_one_that_worked_is_taken() -> None:
    story = Story()
    story.talk("talk", 1)
    found = best(story, WISHING, all_but(CHANNEL.EMAIL))
    assert said(found) == (CHANNEL.PHONE, "mobile", REASON.CLIENTS_CHOICE, "talk")
    assert passed_over(found) == [(CHANNEL.EMAIL, "email", WHY_NOT.NOT_PERMITTED)]


def test_where_no_choice_can_be_used_what_worked_last_is_taken() -> None:
    story = Story()
    story.letter("letter", 1)
    story.arrives("answer", 2, channel=CHANNEL.LETTER, at=HOME, answers="letter")
    story.contact("sms", 3, OUTCOME.RECEIVED, channel=CHANNEL.SMS, direction=IN)
    forbidden = all_but(CHANNEL.EMAIL, CHANNEL.PHONE)
    found = best(story, WISHING, forbidden)
    assert said(found) == (CHANNEL.SMS, "mobile", REASON.HAS_WORKED, "sms")
    # the excluded place is named before the rules are asked
    assert passed_over(found)[1:] == [
        (CHANNEL.PHONE, "landline", WHY_NOT.NOT_PERMITTED),
        (CHANNEL.PHONE, "desk", WHY_NOT.EXCLUDED_PLACE),
        (CHANNEL.PHONE, "mobile", WHY_NOT.NOT_PERMITTED),
    ]


def test_a_message_that_was_answered_elsewhere_has_worked() -> None:
    story = Story()
    story.letter("letter", 1)
    story.arrives("answer", 2, answers="letter")
    found = best(story, permitted=all_but(CHANNEL.EMAIL))
    assert said(found) == (CHANNEL.LETTER, "home", REASON.HAS_WORKED, "letter")


def test_what_worked_more_than_a_year_ago_or_at_no_known_point_does_not_count() -> None:
    story = Story()
    story.talk("talk", 1, at=LANDLINE)
    story.talk("somewhere", 2, at=None)
    assert said(best(story, day=366))[1:3] == ("landline", REASON.HAS_WORKED)
    assert said(best(story, day=367))[1:3] == ("mobile", REASON.AVAILABLE)


def test_a_talk_with_somebody_else_is_not_what_worked() -> None:
    story = Story()
    story.talk("sister", 1, at=LANDLINE, participants=(rp.Participant(party=SISTER),))
    who = client(MOBILE, LANDLINE, SISTERS, others=(SISTER,))
    assert said(best(story, who)) == (CHANNEL.PHONE, "mobile", REASON.AVAILABLE, None)


def test_a_point_with_an_open_barrier_of_its_own_is_not_used() -> None:
    story = Story()
    story.message("returned", 1, OUTCOME.BOUNCED)
    story.contact("wrong", 1, OUTCOME.WRONG_PERSON, at=LANDLINE)
    story.contact("busy 1", 1, OUTCOME.BUSY)
    story.contact("busy 2", 2, OUTCOME.BUSY)
    found = best(story, WISHING)
    assert said(found) == (CHANNEL.SMS, "mobile", REASON.AVAILABLE, None)
    assert passed_over(found) == [
        (CHANNEL.EMAIL, "email", WHY_NOT.BARRIER),
        (CHANNEL.PHONE, "landline", WHY_NOT.BARRIER),
        (CHANNEL.PHONE, "desk", WHY_NOT.EXCLUDED_PLACE),
        (CHANNEL.PHONE, "mobile", WHY_NOT.BARRIER),
    ]
    story.talk("talk", 3)
    assert said(best(story, WISHING)) == (CHANNEL.PHONE, "mobile", REASON.CLIENTS_CHOICE, "talk")


def test_old_data_bar_nothing_and_a_failure_at_no_point_bars_the_channel() -> None:
    story = Story()
    story.point("noted", 1, EMAIL)
    assert said(best(story, WISHING, day=500))[0] is CHANNEL.EMAIL
    story.message("returned", 2, OUTCOME.BOUNCED, at=None)
    assert said(best(story, WISHING, day=500))[0] is CHANNEL.PHONE


def test_a_channel_that_was_found_unsuitable_is_barred_while_no_other_way_has_worked() -> None:
    wish = rp.ContactPreference(channels=(CHANNEL.EMAIL,))
    who = client(LANDLINE, EMAIL, HOME, wish=wish)
    story = Story()
    for day in (1, 2):
        story.contact(f"call {day}", day, OUTCOME.NO_ANSWER, at=LANDLINE)
    found = best(story, who, all_but(CHANNEL.EMAIL))
    assert said(found) == (CHANNEL.LETTER, "home", REASON.AVAILABLE, None)
    assert passed_over(found)[1:] == [(CHANNEL.PHONE, "landline", WHY_NOT.BARRIER)]


def test_calls_to_an_excluded_place_do_not_bar_the_other_lines() -> None:
    story = Story()
    for day in (1, 2):
        story.contact(f"call {day}", day, OUTCOME.NO_ANSWER, at=DESK)
    assert best(story, WISHING, all_but(CHANNEL.EMAIL)).point.id == "landline"


def test_nothing_of_another_case_bars_or_works() -> None:
    story = Story("other case")
    story.message("returned", 1, OUTCOME.BOUNCED)
    assert best(story, WISHING).channel is CHANNEL.PHONE
    assert best(story, WISHING, case_id="case").channel is CHANNEL.EMAIL


def test_a_channel_that_does_not_suit_is_used_only_at_the_clients_own_wish() -> None:
    who = client(LANDLINE, EMAIL, needs={NEED.HEARING})
    found = best(Story(), who)
    assert said(found)[0] is CHANNEL.EMAIL
    assert passed_over(found) == [(CHANNEL.PHONE, "landline", WHY_NOT.DOES_NOT_SUIT)]
    wish = rp.ContactPreference(channels=(CHANNEL.PHONE,))
    assert said(best(Story(), attrs.evolve(who, preferences=(wish,))))[0] is CHANNEL.PHONE


def test_a_wish_noted_in_the_log_counts() -> None:
    story = Story()
    story.wish("wish", 1, channels=(CHANNEL.LETTER,))
    assert said(best(story, WISHING)) == (CHANNEL.LETTER, "home", REASON.CLIENTS_CHOICE, None)


def test_points_that_are_not_in_use_or_anothers_are_not_candidates() -> None:
    old = attrs.evolve(MOBILE, valid_until=moment(29).date())
    found = rp.best_channel(
        client(old, SISTERS, others=(SISTER,)), Story().log, moment(30), permitted=everything
    )
    assert found == rp.NoChannel()


def test_where_nothing_is_permitted_every_channel_says_why() -> None:
    found = rp.best_channel(client(LANDLINE, EMAIL), Story().log, moment(1), permitted=all_but(*rp.Channel))
    assert isinstance(found, rp.NoChannel)
    assert passed_over(found) == [
        (CHANNEL.PHONE, "landline", WHY_NOT.NOT_PERMITTED),
        (CHANNEL.EMAIL, "email", WHY_NOT.NOT_PERMITTED),
    ]
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  # our own
    assert rp.from_dict(rp.NoChannel, rp.to_dict(found)) == found


def test_a_client_of_a_hundred_numbers_gets_an_answer_too() -> None:
    mobiles = [attrs.evolve(MOBILE, id=f"mobile {number}") for number in range(100)]
    found = rp.best_channel(client(*mobiles), Story().log, moment(1), permitted=all_but(*rp.Channel))
    assert len(found.passed_over) == 200


def test_a_choice_is_stored_and_does_not_show_the_point() -> None:
    found = best(Story(), WISHING)
    assert repr(found) == "<BestChannel email: the client's choice>"
    assert rp.from_dict(rp.BestChannel, rp.to_dict(found)) == found


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"channel": CHANNEL.PHONE}, "channel"),
        ({"channel": "email"}, "channel"),
        ({"point": "email"}, "point"),
        ({"reason": "best"}, "reason"),
        ({"worked_in": ""}, "worked_in"),
        ({"passed_over": ("email",)}, "passed_over[0]"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(change: dict[str, Wrong], field: str) -> None:
    with pytest.raises(rp.RepayPlanError) as caught:
        attrs.evolve(best(Story(), WISHING), **change)
    assert caught.value.field == field


@pytest.mark.parametrize("field", ["channel", "point_id", "reason"])
def test_what_is_passed_over_is_checked(field: str) -> None:
    one = rp.PassedOver(channel=CHANNEL.SMS, point_id="mobile", reason=WHY_NOT.BARRIER)
    change: dict[str, Wrong] = {field: 1}
    with pytest.raises(rp.InputTypeError) as caught:
        attrs.evolve(one, **change)
    assert caught.value.field == field


def test_wrong_input_is_refused() -> None:
    log, wrong = Story().log, "wrong"
    with pytest.raises(rp.InputTypeError, match="permitted"):
        best(Story(), permitted=True)
    with pytest.raises(rp.DateError, match="at"):
        rp.best_channel(CLIENT, log, pendulum.naive(2027, 1, 1), permitted=everything)
    bad: Wrong = wrong
    every: list[Wrong] = [(bad, log, moment(1)), (CLIENT, bad, moment(1)), (CLIENT, log, moment(1), bad)]
    for arguments in every:
        with pytest.raises(rp.InputTypeError):
            rp.best_channel(*arguments, permitted=everything)
