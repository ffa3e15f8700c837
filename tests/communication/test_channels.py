"""Channels, directions, outcomes and points: the names that records store, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import repayplan as rp

if TYPE_CHECKING:
    import enum

STORED: dict[type[enum.Enum], dict[str, str]] = {
    rp.Channel: {
        "PHONE": "phone",
        "SMS": "sms",
        "EMAIL": "email",
        "LETTER": "letter",
        "IN_PERSON": "in person",
        "VIDEO": "video",
        "APP_MESSAGE": "app message",
        "MESSAGING_SERVICE": "messaging service",
        "FAX": "fax",
    },
    rp.Direction: {"OUTBOUND": "outbound", "INBOUND": "inbound"},
    rp.Outcome: {
        "CONVERSATION": "conversation",
        "NO_ANSWER": "no answer",
        "BUSY": "busy",
        "OUT_OF_SERVICE": "out of service",
        "DROPPED": "dropped",
        "VOICEMAIL_LEFT": "voicemail left",
        "VOICEMAIL_NOT_LEFT": "voicemail not left",
        "SENT": "sent",
        "DELIVERED": "delivered",
        "BOUNCED": "bounced",
        "RECEIVED": "received",
        "REFUSED": "refused",
        "WRONG_PERSON": "wrong person",
    },
    rp.PointKind: {
        "MOBILE": "mobile",
        "LANDLINE": "landline",
        "EMAIL": "email",
        "POSTAL": "postal address",
        "PREMISES": "premises",
        "APP_ACCOUNT": "app account",
        "MESSAGING_ACCOUNT": "messaging account",
        "VIDEO_ACCOUNT": "video account",
        "FAX": "fax",
    },
    rp.Place: {"HOME": "home", "WORK": "work", "ANYWHERE": "anywhere", "OTHER": "other"},
    rp.AccessibleFormat: {
        "LARGE_PRINT": "large print",
        "BRAILLE": "braille",
        "AUDIO": "audio",
        "EASY_READ": "easy read",
        "SIGN_LANGUAGE": "sign language",
        "TEXT_RELAY": "text relay",
        "SCREEN_READER": "screen reader",
    },
}


@pytest.mark.parametrize("kind", STORED, ids=lambda kind: kind.__name__)
def test_names_and_values_stay_since_records_store_them(kind: type[enum.Enum]) -> None:
    assert {name: member.value for name, member in kind.__members__.items()} == STORED[kind]
    assert all(kind(value).name == name for name, value in STORED[kind].items())


LIVE = {rp.Channel.PHONE, rp.Channel.IN_PERSON, rp.Channel.VIDEO}
MESSAGES = {rp.Channel.SMS, rp.Channel.EMAIL, rp.Channel.APP_MESSAGE, rp.Channel.MESSAGING_SERVICE}


def test_on_live_channels_two_people_talk_at_once() -> None:
    assert {channel for channel in rp.Channel if channel.is_live} == LIVE


def test_electronic_messages_are_text_that_is_sent() -> None:
    assert {channel for channel in rp.Channel if channel.is_electronic_message} == MESSAGES
    assert {*rp.Channel} - LIVE - MESSAGES == {rp.Channel.LETTER, rp.Channel.FAX}


def test_busy_and_dead_lines_do_not_connect() -> None:
    # 12 CFR 1006.14(b)(3)(ii)
    assert {outcome for outcome in rp.Outcome if not outcome.connected} == {
        rp.Outcome.BUSY,
        rp.Outcome.OUT_OF_SERVICE,
    }


def test_failures_did_not_reach_the_client() -> None:
    assert {outcome for outcome in rp.Outcome if not outcome.is_failure} == {
        rp.Outcome.CONVERSATION,
        rp.Outcome.VOICEMAIL_LEFT,
        rp.Outcome.SENT,
        rp.Outcome.DELIVERED,
        rp.Outcome.RECEIVED,
        rp.Outcome.REFUSED,
    }


@pytest.mark.parametrize(
    ("kind", "channels"),
    [
        (rp.PointKind.MOBILE, {rp.Channel.PHONE, rp.Channel.SMS}),
        (rp.PointKind.LANDLINE, {rp.Channel.PHONE}),
        (rp.PointKind.EMAIL, {rp.Channel.EMAIL}),
        (rp.PointKind.POSTAL, {rp.Channel.LETTER}),
        (rp.PointKind.PREMISES, {rp.Channel.IN_PERSON}),
        (rp.PointKind.APP_ACCOUNT, {rp.Channel.APP_MESSAGE}),
        (rp.PointKind.MESSAGING_ACCOUNT, {rp.Channel.MESSAGING_SERVICE}),
        (rp.PointKind.VIDEO_ACCOUNT, {rp.Channel.VIDEO}),
        (rp.PointKind.FAX, {rp.Channel.FAX}),
    ],
)
def test_the_kind_of_a_point_says_which_channels_reach_it(
    kind: rp.PointKind, channels: set[rp.Channel]
) -> None:
    assert kind.channels == channels
    assert type(kind.channels) is frozenset


def test_every_channel_reaches_some_kind_of_point() -> None:
    assert frozenset().union(*(kind.channels for kind in rp.PointKind)) == {*rp.Channel}
