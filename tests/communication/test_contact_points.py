"""Contact points and preferences: when they hold, and what is refused."""

from __future__ import annotations

from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.communication.examples import MOBILE

DATE = pendulum.date
SPRING = attrs.evolve(MOBILE, valid_from=DATE(2026, 3, 1), valid_until=DATE(2026, 5, 31))


def changed(value: Any, **fields: Any) -> Any:  # noqa: ANN401  # any value, any field
    return attrs.evolve(value, **fields)


def refusal(value: Any, **fields: Any) -> rp.RepayPlanError:  # noqa: ANN401  # any value, any field
    with pytest.raises(rp.RepayPlanError) as caught:
        changed(value, **fields)
    return caught.value


# ------------------------------------------------------------------------------------------ points


def test_what_is_not_known_of_a_point_is_none() -> None:
    point = rp.ContactPoint(id="p", kind=rp.PointKind.EMAIL, value="wang@example.com", owner="client")
    assert point.place is rp.Place.ANYWHERE
    assert (point.shared, point.valid_from, point.valid_until, point.verified_on, point.zone) == (None,) * 5


def test_a_point_is_in_use_on_its_first_and_its_last_day() -> None:
    days = [DATE(2026, 2, 28), DATE(2026, 3, 1), DATE(2026, 5, 31), DATE(2026, 6, 1)]
    assert [SPRING.is_in_use(day) for day in days] == [False, True, True, False]
    assert all(MOBILE.is_in_use(day) for day in (DATE(1, 1, 1), DATE(9999, 12, 31)))


@pytest.mark.parametrize(
    ("kind", "one", "other", "is_same"),
    [
        (rp.PointKind.MOBILE, "+1 (212) 555-0100", "+12125550100", True),
        (rp.PointKind.MOBILE, "٢١٢ ٣٣٣", "212333", True),
        (rp.PointKind.MOBILE, "0212 555 0100", "+12125550100", False),
        (rp.PointKind.FAX, "the red one", "the blue one", False),
        (rp.PointKind.EMAIL, "Wang@Example.com", "wang@example.com", True),
        (rp.PointKind.EMAIL, "wang1@example.com", "wang2@example.com", False),
        (rp.PointKind.POSTAL, "1 Elm  Row", "1 elm row", True),
        (rp.PointKind.POSTAL, "1 Elm Row", "11 Elm Row", False),
    ],
)
def test_a_point_is_the_same_however_it_is_written(
    kind: rp.PointKind, one: str, other: str, *, is_same: bool
) -> None:
    first = rp.ContactPoint(id="a", kind=kind, value=one, owner="client")
    second = rp.ContactPoint(id="b", kind=kind, value=other, owner="client")
    assert first.is_same_as(second) is second.is_same_as(first) is is_same
    assert first.is_same_as(attrs.evolve(second, id="a"))


def test_a_number_is_the_same_whatever_kind_of_line_it_is_called() -> None:
    landline = attrs.evolve(MOBILE, id="other", kind=rp.PointKind.LANDLINE)
    assert MOBILE.is_same_as(landline)
    assert not MOBILE.is_same_as(attrs.evolve(landline, kind=rp.PointKind.EMAIL))


def test_the_repr_of_a_point_gives_its_id_and_kind() -> None:
    assert repr(MOBILE) == "<ContactPoint mobile: mobile>"


def test_a_point_may_be_in_use_for_one_day_and_ends_no_earlier() -> None:
    assert attrs.evolve(SPRING, valid_until=DATE(2026, 3, 1)).is_in_use(DATE(2026, 3, 1))
    error = refusal(SPRING, valid_until=DATE(2026, 2, 28))
    assert type(error) is rp.CommunicationError
    assert (error.code, error.field) == ("record.order", "valid_until")


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../x", "Asia", "+08:00"])
def test_a_point_lies_in_a_zone_that_there_is(zone: str) -> None:
    error = refusal(MOBILE, zone=zone)
    assert type(error) is rp.DateError
    assert (error.code, error.field) == ("zone.unknown", "zone")


@pytest.mark.parametrize("shared", [True, False, None])
def test_whether_a_point_is_shared_may_be_unknown(shared: bool | None) -> None:  # noqa: FBT001  # as recorded
    assert attrs.evolve(MOBILE, shared=shared).shared is shared


@pytest.mark.parametrize("shared", [0, 1, "yes"])
def test_whether_a_point_is_shared_is_no_number_and_no_text(shared: object) -> None:
    assert (refusal(MOBILE, shared=shared).code, refusal(MOBILE, shared=shared).field) == (
        "type.wrong",
        "shared",
    )


# ------------------------------------------------------------------------------------------ preferences

WISH = rp.ContactPreference(valid_from=DATE(2026, 3, 1), valid_until=DATE(2026, 5, 31))


def test_a_preference_wishes_nothing_by_default() -> None:
    wish = rp.ContactPreference()
    assert (wish.channels, wish.convenient, wish.inconvenient) == ((), (), ())
    assert (wish.not_at, wish.formats) == (frozenset(), frozenset())
    assert (wish.spoken_language, wish.written_language, wish.valid_from, wish.valid_until) == (None,) * 4


def test_a_preference_holds_on_its_first_and_its_last_day() -> None:
    days = [DATE(2026, 2, 28), DATE(2026, 3, 1), DATE(2026, 5, 31), DATE(2026, 6, 1)]
    assert [WISH.is_in_force(day) for day in days] == [False, True, True, False]
    assert all(rp.ContactPreference().is_in_force(day) for day in (DATE(1, 1, 1), DATE(9999, 12, 31)))


def test_the_repr_of_a_preference_gives_its_days() -> None:
    wish = attrs.evolve(WISH, spoken_language="yue", not_at={rp.Place.WORK})
    assert repr(wish) == "<ContactPreference from 2026-03-01 to 2026-05-31>"


def test_a_preference_ends_no_earlier_than_it_begins() -> None:
    error = refusal(WISH, valid_until=DATE(2026, 2, 28))
    assert (error.code, error.field) == ("record.order", "valid_until")


def test_the_order_of_channels_is_kept_and_each_is_named_once() -> None:
    order = (rp.Channel.SMS, rp.Channel.PHONE, rp.Channel.EMAIL)
    assert rp.ContactPreference(channels=order).channels == order
    assert rp.ContactPreference(channels=[*rp.Channel]).channels == (*rp.Channel,)
    error = refusal(WISH, channels=(*order, rp.Channel.SMS))
    assert type(error) is rp.CommunicationError
    assert (error.code, error.field) == ("preference.twice", "channels[3]")
    assert "'sms' twice" in error.message


@pytest.mark.parametrize("field", ["spoken_language", "written_language"])
def test_languages_are_kept_in_their_customary_spelling(field: str) -> None:
    wish = changed(WISH, **{field: "ZH-hant-hk"})
    assert getattr(wish, field) == "zh-Hant-HK"
    assert wish == changed(WISH, **{field: "zh-Hant-HK"})
    for tag in ("", "und", "Chinese", "zh_Hant"):
        error = refusal(WISH, **{field: tag})
        assert type(error) is rp.CommunicationError
        assert (error.code, error.field) == ("language.unknown", field)


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"channels": (rp.Channel.SMS, "phone")}, "type.wrong", "channels[1]"),
        ({"convenient": (rp.WeeklyTimes(), "08:00")}, "type.wrong", "convenient[1]"),
        ({"inconvenient": ("08:00",)}, "type.wrong", "inconvenient[0]"),
        ({"not_at": {rp.Channel.SMS}}, "type.wrong", "not_at"),
        ({"not_at": rp.Place.WORK}, "set.type", "not_at"),
        ({"formats": "braille"}, "set.type", "formats"),
        ({"formats": [["braille"]]}, "type.wrong", "formats"),
    ],
)
def test_parts_of_another_kind_are_refused_by_place(fields: dict[str, Any], code: str, field: str) -> None:
    error = refusal(WISH, **fields)
    assert type(error) is rp.InputTypeError
    assert (error.code, error.field) == (code, field)


def test_a_set_of_more_members_than_any_record_has_is_refused() -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        rp.ContactPreference(not_at=[rp.Place.HOME] * 101)
    assert (caught.value.code, caught.value.field) == ("set.length", "not_at")
