"""Parties, their authority, and the right-party check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.communication.examples import NINE

if TYPE_CHECKING:
    import enum

DATE = pendulum.date
AUTHORITY = rp.Authority(
    scope="all debts", valid_from=DATE(2026, 1, 1), valid_until=DATE(2026, 12, 31), document="poa-1"
)

STORED: dict[type[enum.Enum], dict[str, str]] = {
    rp.PartyRole: {
        "CLIENT": "client",
        "JOINT_DEBTOR": "joint debtor",
        "GUARANTOR": "guarantor",
        "REPRESENTATIVE": "authorised representative",
        "ATTORNEY": "attorney",
        "INTERPRETER": "interpreter",
        "ADVISER": "adviser",
        "EMERGENCY_CONTACT": "emergency contact",
        "THIRD_PARTY": "third party",
        "COLLECTOR": "collector",
        "BANK": "bank",
    },
    rp.VerificationResult: {
        "CONFIRMED": "confirmed",
        "FAILED": "failed",
    },
}


@pytest.mark.parametrize("kind", STORED, ids=lambda kind: kind.__name__)
def test_names_and_values_stay_since_records_store_them(kind: type[enum.Enum]) -> None:
    assert {name: member.value for name, member in kind.__members__.items()} == STORED[kind]
    assert all(kind(value).name == name for name, value in STORED[kind].items())


def test_roles_fall_into_debtors_those_who_act_for_them_and_the_bank_s_side() -> None:
    role = rp.PartyRole
    assert {one for one in role if one.owes} == {role.CLIENT, role.JOINT_DEBTOR, role.GUARANTOR}
    assert {one for one in role if one.acts_for_client} == {role.REPRESENTATIVE, role.ATTORNEY, role.ADVISER}
    assert {one for one in role if one.is_creditor_side} == {role.COLLECTOR, role.BANK}


# ------------------------------------------------------------------------------------------ authority


def test_an_authority_holds_on_its_first_and_its_last_day() -> None:
    days = [DATE(2025, 12, 31), DATE(2026, 1, 1), DATE(2026, 12, 31), DATE(2027, 1, 1)]
    assert [AUTHORITY.covers(day) for day in days] == [False, True, True, False]


def test_an_authority_without_days_holds_always() -> None:
    assert rp.Authority(scope="all").covers(DATE(1, 1, 1))
    assert rp.Authority(scope="all").covers(DATE(9999, 12, 31))


def test_an_authority_may_hold_for_one_day_and_ends_no_earlier() -> None:
    day = DATE(2026, 1, 1)
    assert attrs.evolve(AUTHORITY, valid_until=day).covers(day)
    with pytest.raises(rp.CommunicationError) as caught:
        attrs.evolve(AUTHORITY, valid_until=DATE(2025, 12, 31))
    assert (caught.value.code, caught.value.field) == ("record.order", "valid_until")


def test_the_repr_of_an_authority_gives_its_days() -> None:
    assert repr(AUTHORITY) == "<Authority from 2026-01-01 to 2026-12-31>"
    assert repr(rp.Authority(scope="all")) == "<Authority from None to None>"


# ------------------------------------------------------------------------------------------ parties


@pytest.mark.parametrize("role", rp.PartyRole, ids=lambda role: role.name)
def test_only_a_debtor_and_the_bank_s_side_have_no_authority(role: rp.PartyRole) -> None:
    refused = {"CLIENT", "JOINT_DEBTOR", "GUARANTOR", "COLLECTOR", "BANK"}
    assert rp.Party(id="p", role=role).authority is None
    if role.name not in refused:
        assert rp.Party(id="p", role=role, authority=AUTHORITY).authority is AUTHORITY
        return
    with pytest.raises(rp.CommunicationError, match=f"in the role of {role.value}") as caught:
        rp.Party(id="p", role=role, authority=AUTHORITY)
    assert (caught.value.code, caught.value.field) == ("party.authority", "authority")


def test_the_repr_of_a_party_gives_its_id_and_role() -> None:
    party = rp.Party(id="p", role=rp.PartyRole.ADVISER, name="王小明", organisation="StepUp")
    assert repr(party) == "<Party p: adviser>"


# ------------------------------------------------------------------------------------------ verification


@pytest.mark.parametrize(
    ("result", "verified"),
    [
        (rp.VerificationResult.CONFIRMED, True),
        (rp.VerificationResult.FAILED, False),
        (None, False),
    ],
)
def test_only_a_confirmed_party_is_verified(result: rp.VerificationResult | None, verified: bool) -> None:  # noqa: FBT001  # the expected answer
    verification = None if result is None else rp.Verification(method="pin", at=NINE, result=result)
    party = rp.Party(id="p", role=rp.PartyRole.CLIENT)
    assert rp.Participant(party=party, verification=verification).is_verified is verified
