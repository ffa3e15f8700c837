"""Who owes a debt with the client, and what stops collection on it."""

from __future__ import annotations

from typing import Any

import pytest

import repayplan as rp
from repayplan.casework.liabilities import CollectionStop, Liability, LiabilityKind, StopKind
from tests.casework.examples import DATE

FIRST = DATE(2027, 3, 10)


def stop(**fields: Any) -> CollectionStop:  # noqa: ANN401  # any field
    given: dict[str, Any] = {"id": "stop", "kind": StopKind.DECEASED, "first_day": FIRST}
    return CollectionStop(**(given | fields))


def test_a_stop_covers_its_days_and_goes_on_without_an_end() -> None:
    ends = stop(last_day=FIRST.add(days=2))
    covered = [ends.covers(FIRST.add(days=day)) for day in range(-1, 4)]
    assert covered == [False, True, True, True, False]
    assert stop().covers(DATE(2100, 1, 1))


def test_a_stop_does_not_end_before_it_begins() -> None:
    with pytest.raises(rp.DateError) as caught:
        stop(last_day=FIRST.subtract(days=1))
    assert caught.value.field == "last_day"


def test_a_stop_is_known_from_its_record_on() -> None:
    assert stop().recorded == FIRST
    assert stop(recorded_on=FIRST.add(days=3)).recorded == FIRST.add(days=3)


def test_why_is_not_shown() -> None:
    assert repr(stop()) == "<CollectionStop stop from 2027-03-10 to None>"


def test_a_party_answers_for_a_debt_in_a_way_and_consents_or_not() -> None:
    found = Liability(party_id="wife", kind=LiabilityKind.JOINT_AND_SEVERAL, consented_on=FIRST)
    assert found.consented_on == FIRST
    assert Liability(party_id="wife", kind=LiabilityKind.SOLE).consented_on is None


@pytest.mark.parametrize(
    ("fields", "field"), [({"id": ""}, "id"), ({"kind": "dead"}, "kind"), ({"first_day": 1}, "first_day")]
)
def test_wrong_fields_are_named(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(rp.RepayPlanError) as caught:
        stop(**fields)
    assert caught.value.field == field


def test_a_liability_needs_a_party_and_a_kind() -> None:
    for fields, field in (({"party_id": ""}, "party_id"), ({"kind": "all"}, "kind")):
        with pytest.raises(rp.RepayPlanError) as caught:
            Liability(**({"party_id": "wife", "kind": LiabilityKind.SOLE} | fields))  # type: ignore[arg-type]  # wrong on purpose
        assert caught.value.field == field
