"""The four barriers of practice, each from the failed contacts to the evidence that it is overcome."""

from __future__ import annotations

import pendulum

import repayplan as rp
from tests.communication.barrier_stories import (
    CHANNEL,
    CLIENT,
    DIFFICULTY,
    EMAIL,
    HOME,
    INTERPRETER,
    KIND,
    LANDLINE,
    MOBILE,
    OUTCOME,
    REMEDY,
    Story,
    client,
    moment,
)


def kinds(found: tuple[rp.Remedy, ...]) -> list[rp.RemedyKind]:
    return [remedy.kind for remedy in found]


def test_a_client_who_speaks_uyghur_is_called_in_mandarin_until_an_interpreter_takes_part() -> None:
    story = Story()
    story.contact("call 1", 1, OUTCOME.DROPPED, spoken_language="zh")
    story.note("note 1", "call 1", 1, DIFFICULTY.LANGUAGE_NOT_SHARED, language="ug")
    story.contact("call 2", 3, OUTCOME.DROPPED, spoken_language="zh")
    story.note("note 2", "call 2", 3, DIFFICULTY.LANGUAGE_NOT_SHARED)

    barrier = story.one(KIND.LANGUAGE)
    assert barrier.evidence == ("call 1", "note 1", "call 2", "note 2")
    assert (barrier.began_at, barrier.latest_at) == (moment(1), moment(3))
    assert (barrier.language, barrier.channel, barrier.is_open) == ("ug", CHANNEL.PHONE, True)

    found = rp.remedies(barrier, client(MOBILE, others=(INTERPRETER,)))
    assert kinds(found) == [REMEDY.INTERPRETER, REMEDY.TRANSLATED_LETTER, REMEDY.MEETING, REMEDY.ADVISER]
    interpreter, letter, *_ = found
    assert (interpreter.by, interpreter.language) == (rp.RemedyHelper.INTERPRETER, "ug")
    assert interpreter.party_ids == ("interpreter",)
    assert interpreter.due_on == pendulum.date(2027, 1, 10)
    assert rp.Prohibition.RELATIVES_INTERPRET in interpreter.not_allowed
    assert (letter.by, letter.language) == (rp.RemedyHelper.TRANSLATOR, "ug")
    assert interpreter.closes_when is rp.ClosingEvidence.UNDERSTOOD

    story.talk("call 3", 8, spoken_language="zh", interpreter=INTERPRETER)
    closed = story.one(KIND.LANGUAGE)
    assert (closed.closed_by, closed.closed_at) == ("call 3", moment(8))
    assert rp.remedies(closed, CLIENT) == ()


def test_a_line_that_breaks_off_twice_is_checked_and_another_line_works() -> None:
    story = Story()
    story.contact("call 1", 1, OUTCOME.DROPPED)
    assert story.only(KIND.TECHNICAL_FAILURE) == ()
    story.contact("call 2", 2, OUTCOME.CONVERSATION)
    story.note("note 2", "call 2", 2, DIFFICULTY.BAD_LINE)

    barrier = story.one(KIND.TECHNICAL_FAILURE)
    assert barrier.evidence == ("call 1", "call 2", "note 2")
    assert (barrier.point_id, barrier.channel) == ("mobile", CHANNEL.PHONE)

    found = rp.remedies(barrier, CLIENT)
    assert kinds(found) == [
        REMEDY.CLIENTS_CHANNEL,
        REMEDY.CHECK_EQUIPMENT,
        REMEDY.OTHER_LINE,
        REMEDY.TECHNICAL_SUPPORT,
    ]
    assert found[2].point_ids == ("landline",)
    assert [remedy.by.value for remedy in found] == ["bank", "bank", "bank", "technical support"]
    assert {remedy.closes_when for remedy in found} == {rp.ClosingEvidence.CONNECTED}

    story.talk("call 3", 4, at=LANDLINE)
    closed = story.one(KIND.TECHNICAL_FAILURE)
    assert (closed.closed_by, closed.is_open) == ("call 3", False)


def test_a_letter_that_comes_back_is_followed_by_an_address_from_another_permitted_source() -> None:
    story = Story()
    story.letter("letter 1", 1, OUTCOME.BOUNCED)

    barrier = story.one(KIND.INACCURATE_DATA)
    assert (barrier.evidence, barrier.point_id) == (("letter 1",), "home")

    found = rp.remedies(barrier, CLIENT)
    assert kinds(found) == [REMEDY.STOP_USING_POINT, REMEDY.CONFIRM_WITH_CLIENT, REMEDY.VERIFY_DATA]
    assert found[0].point_ids == ("home",)
    assert found[1].channels == (CHANNEL.PHONE, CHANNEL.SMS, CHANNEL.EMAIL)
    assert found[2].sources == {
        rp.PointSource.CONTRACT,
        rp.PointSource.REPRESENTATIVE,
        rp.PointSource.PUBLIC_REGISTER,
    }
    assert rp.Prohibition.USING_FAILED_POINT in found[2].not_allowed
    assert rp.Prohibition.ASKING_OTHERS_ABOUT_MONEY in found[2].not_allowed

    verified_on = moment(5).date()
    story.point("address", 5, HOME, rp.PointSource.PUBLIC_REGISTER, verified_on=verified_on)
    closed = story.one(KIND.INACCURATE_DATA)
    assert (closed.closed_by, closed.closed_at) == ("address", moment(5, 12))


def test_a_client_who_asked_for_messages_is_called_in_vain_until_a_message_is_answered() -> None:
    story = Story()
    story.wish("wish", 1, channels=(CHANNEL.EMAIL, CHANNEL.SMS))
    story.contact("call 1", 2, OUTCOME.NO_ANSWER)
    assert story.only(KIND.UNSUITABLE_CHANNEL) == ()
    story.contact("call 2", 4, OUTCOME.REFUSED)

    barrier = story.one(KIND.UNSUITABLE_CHANNEL)
    assert (barrier.evidence, barrier.channel, barrier.point_id) == (
        ("call 1", "call 2"),
        CHANNEL.PHONE,
        None,
    )

    wish = rp.ContactPreference(channels=(CHANNEL.EMAIL, CHANNEL.SMS))
    found = rp.remedies(barrier, client(MOBILE, LANDLINE, EMAIL, wish=wish))
    assert kinds(found) == [REMEDY.ASK_WISHES, REMEDY.CLIENTS_CHANNEL, REMEDY.MEETING, REMEDY.ADVISER]
    assert found[1].channels == (CHANNEL.EMAIL, CHANNEL.SMS)
    assert rp.Prohibition.UNANNOUNCED_VISIT in found[2].not_allowed
    assert found[1].closes_when is rp.ClosingEvidence.ON_CLIENTS_CHANNEL

    story.message("message", 5)
    assert story.one(KIND.UNSUITABLE_CHANNEL).is_open
    story.arrives("answer", 6, answers="message")
    assert story.one(KIND.UNSUITABLE_CHANNEL).closed_by == "answer"
