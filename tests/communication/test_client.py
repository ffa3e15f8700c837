from __future__ import annotations

from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.communication.examples import CLIENT, MOBILE, POSTAL, ZONE

DATE = pendulum.date
MOTHER = rp.Party(id="mother", role=rp.PartyRole.EMERGENCY_CONTACT)
HERS = attrs.evolve(MOBILE, id="hers", owner="mother")
OLD = attrs.evolve(MOBILE, id="old", valid_until=DATE(2025, 12, 31))
FIRST = rp.ContactPreference(channels=(rp.Channel.PHONE,), valid_from=DATE(2026, 1, 1))
SECOND = rp.ContactPreference(channels=(rp.Channel.SMS,), valid_from=DATE(2026, 6, 1))
MAN = rp.Client(
    party=CLIENT,
    zones=(ZONE,),
    points=(MOBILE, POSTAL, OLD, HERS),
    preferences=(FIRST, SECOND),
    others=(MOTHER,),
    needs={rp.SupportNeed.HEARING},
)


def test_the_last_wish_in_force_counts() -> None:
    assert MAN.preference_on(DATE(2025, 12, 31)) == rp.ContactPreference()
    assert MAN.preference_on(DATE(2026, 5, 31)) is FIRST
    assert MAN.preference_on(DATE(2026, 6, 1)) is SECOND


def test_wishes_without_days_are_those_of_every_day() -> None:
    assert MAN.lasting_preference is None
    undated = attrs.evolve(SECOND, valid_from=None, valid_until=None)
    assert attrs.evolve(MAN, preferences=(undated,)).lasting_preference is undated
    assert attrs.evolve(MAN, preferences=()).lasting_preference == rp.ContactPreference()


def test_points_are_those_in_use_of_one_owner() -> None:
    assert MAN.points_on(DATE(2026, 1, 1)) == (MOBILE, POSTAL)
    assert MAN.points_on(DATE(2025, 12, 31)) == (MOBILE, POSTAL, OLD)
    assert MAN.points_on(DATE(2026, 1, 1), "mother") == (HERS,)


def test_others_are_found_by_id() -> None:
    assert MAN.other("mother") is MOTHER
    assert MAN.other("client") is None


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"party": attrs.evolve(CLIENT, role=rp.PartyRole.ADVISER)}, "client.role", "party.role"),
        ({"zones": ()}, "client.zones", "zones"),
        ({"zones": (ZONE, "Mars/Base")}, "zone.unknown", "zones[1]"),
        ({"others": (MOTHER, MOTHER)}, "client.twice", "others"),
        ({"others": (attrs.evolve(MOTHER, id="client"),)}, "client.twice", "others"),
        ({"points": (MOBILE, MOBILE)}, "client.twice", "points"),
        ({"others": ()}, "client.owner", "points[3].owner"),
        ({"party": None}, "type.wrong", "party"),
        ({"points": (None,)}, "type.wrong", "points[0]"),
        ({"preferences": None}, "tuple.type", "preferences"),
        ({"needs": "hearing"}, "set.type", "needs"),
    ],
)
def test_the_parts_fit_together(change: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(rp.RepayPlanError) as caught:
        attrs.evolve(MAN, **change)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_its_repr_is_the_id_alone() -> None:
    assert repr(MAN) == "<Client client>"
