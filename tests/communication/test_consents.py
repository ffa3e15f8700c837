"""Consents and withdrawals: their moments, and what they refer to."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import repayplan as rp
from tests.communication.examples import NINE

CONSENT = rp.Consent(
    id="yes",
    case_id="case",
    recorded_at=NINE,
    party_id="client",
    scope=rp.ConsentScope.CONTACT,
    given_at=NINE,
)
WITHDRAWAL = rp.ConsentWithdrawal(
    id="no", case_id="case", recorded_at=NINE, party_id="client", scope=rp.ConsentScope.CONTACT, given_at=NINE
)


def refusal(value: Any, **fields: Any) -> rp.RepayPlanError:  # noqa: ANN401  # any value, any field
    with pytest.raises(rp.RepayPlanError) as caught:
        attrs.evolve(value, **fields)
    return caught.value


def test_without_more_it_is_on_every_channel_and_without_end() -> None:
    assert (CONSENT.channel, CONSENT.point_id, CONSENT.how, CONSENT.until, CONSENT.with_party) == (None,) * 5
    assert (WITHDRAWAL.channel, WITHDRAWAL.point_id, WITHDRAWAL.how, WITHDRAWAL.consent_id) == (None,) * 4


@pytest.mark.parametrize("record", [CONSENT, WITHDRAWAL], ids=lambda record: type(record).__name__)
def test_it_is_given_before_it_is_recorded(record: rp.Record) -> None:
    assert attrs.evolve(record, given_at=NINE.subtract(years=1)).recorded_at == NINE  # type: ignore[call-arg]
    elsewhere = NINE.in_timezone("America/New_York")  # the same instant on another day's clock
    assert attrs.evolve(record, given_at=elsewhere) == record  # type: ignore[call-arg]
    error = refusal(record, given_at=NINE.add(microseconds=1))
    assert type(error) is rp.CommunicationError
    assert (error.code, error.field) == ("record.order", "recorded_at")


def test_a_consent_ends_no_earlier_than_it_was_given() -> None:
    assert attrs.evolve(CONSENT, until=NINE).until == NINE
    error = refusal(CONSENT, until=NINE.subtract(microseconds=1))
    assert type(error) is rp.CommunicationError
    assert (error.code, error.field) == ("record.order", "until")


def test_a_withdrawal_names_another_record() -> None:
    assert attrs.evolve(WITHDRAWAL, consent_id="yes").consent_id == "yes"
    error = refusal(WITHDRAWAL, consent_id="no")
    assert type(error) is rp.CommunicationError
    assert (error.code, error.field) == ("consent.itself", "consent_id")


@pytest.mark.parametrize("scope", rp.ConsentScope, ids=lambda scope: scope.name)
def test_every_scope_may_be_given_and_withdrawn(scope: rp.ConsentScope) -> None:
    others = {rp.ConsentScope.THIRD_PARTY, rp.ConsentScope.DATA_SHARING}
    about = "adviser" if scope in others else None
    assert attrs.evolve(CONSENT, scope=scope, with_party=about).scope is scope
    error = refusal(CONSENT, scope=scope, with_party=None if about else "adviser")
    assert (error.code, error.field) == ("consent.with_party", "with_party")
    assert attrs.evolve(WITHDRAWAL, scope=scope).scope is scope


def test_a_consent_and_its_withdrawal_are_never_equal() -> None:
    withdrawal: rp.Record = attrs.evolve(WITHDRAWAL, id="yes")
    assert withdrawal != CONSENT


def test_their_reprs_give_the_kind_and_the_id() -> None:
    assert repr(CONSENT) == "<Consent yes>"
    assert repr(WITHDRAWAL) == "<ConsentWithdrawal no>"
