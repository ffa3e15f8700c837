"""Hardship and vulnerability as records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.communication.examples import NINE

if TYPE_CHECKING:
    import enum

DATE = pendulum.date
STATE = rp.VerificationState
HARDSHIP = rp.Hardship(id="h", case_id="case", recorded_at=NINE, party_id="client")
VULNERABILITY = rp.Vulnerability(
    id="v",
    case_id="case",
    recorded_at=NINE,
    party_id="client",
    basis=rp.VulnerabilityBasis.EXPLICIT_CONSENT,
    consent_id="consent",
    needs={rp.SupportNeed.HEARING},
)


def refusal(value: Any, **fields: Any) -> rp.RepayPlanError:  # noqa: ANN401  # any value, any field
    with pytest.raises(rp.RepayPlanError) as caught:
        attrs.evolve(value, **fields)
    return caught.value


STORED: dict[type[enum.Enum], dict[str, str]] = {
    STATE: {"UNVERIFIED": "unverified", "VERIFIED": "verified", "CONTRADICTED": "contradicted"},
}


@pytest.mark.parametrize("kind", STORED, ids=lambda kind: kind.__name__)
def test_names_and_values_stay_since_records_store_them(kind: type[enum.Enum]) -> None:
    assert {name: member.value for name, member in kind.__members__.items()} == STORED[kind]
    assert all(kind(value).name == name for name, value in STORED[kind].items())


def test_what_was_not_stated_or_was_erased_is_absent() -> None:
    assert (HARDSHIP.reason, HARDSHIP.statement, HARDSHIP.since, HARDSHIP.verified_on) == (None,) * 4
    assert HARDSHIP.evidence == ()
    assert HARDSHIP.verification is STATE.UNVERIFIED
    erased = attrs.evolve(VULNERABILITY, needs=())
    assert (erased.needs, erased.support, erased.review_on) == (frozenset(), None, None)


@pytest.mark.parametrize(
    "fields", [{"consent_id": None}, {"basis": rp.VulnerabilityBasis.LEGAL_DUTY}], ids=["none", "another"]
)
def test_a_ground_that_is_a_consent_names_it(fields: dict[str, Any]) -> None:
    error = refusal(VULNERABILITY, **fields)
    assert type(error) is rp.CommunicationError
    assert (error.code, error.field) == ("vulnerability.consent", "consent_id")


@pytest.mark.parametrize("state", [STATE.VERIFIED, STATE.CONTRADICTED])
def test_a_check_has_its_day(state: rp.VerificationState) -> None:
    day = DATE(2026, 11, 30)
    assert attrs.evolve(HARDSHIP, verification=state, verified_on=day).verified_on == day
    error = refusal(HARDSHIP, verification=state)
    assert type(error) is rp.CommunicationError
    assert (error.code, error.field) == ("hardship.verified", "verified_on")


def test_there_is_no_day_of_a_check_that_was_not_made() -> None:
    error = refusal(HARDSHIP, verified_on=DATE(2026, 11, 30))
    assert (error.code, error.field) == ("hardship.verified", "verified_on")


@pytest.mark.parametrize("reason", rp.HardshipReason, ids=lambda reason: reason.name)
def test_every_reason_may_be_recorded(reason: rp.HardshipReason) -> None:
    assert attrs.evolve(HARDSHIP, reason=reason).reason is reason


@pytest.mark.parametrize("basis", rp.VulnerabilityBasis, ids=lambda basis: basis.name)
def test_every_ground_may_be_recorded(basis: rp.VulnerabilityBasis) -> None:
    consent = "consent" if basis is rp.VulnerabilityBasis.EXPLICIT_CONSENT else None
    assert attrs.evolve(VULNERABILITY, basis=basis, consent_id=consent).basis is basis


def test_a_vulnerability_is_never_recorded_without_a_ground() -> None:
    error = refusal(VULNERABILITY, basis=None)
    assert (error.code, error.field) == ("type.wrong", "basis")
    with pytest.raises(TypeError, match="basis"):
        rp.Vulnerability(id="v", case_id="case", recorded_at=NINE, party_id="client")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def test_a_need_is_a_need_and_not_a_reason() -> None:
    # both kinds have a bereavement
    error = refusal(VULNERABILITY, needs={rp.HardshipReason.BEREAVEMENT})
    assert (error.code, error.field) == ("type.wrong", "needs")


def test_evidence_is_documents() -> None:
    document = rp.Document(id="d", title="letter of dismissal")
    assert attrs.evolve(HARDSHIP, evidence=[document]).evidence == (document,)
    error = refusal(HARDSHIP, evidence=(document, None))
    assert (error.code, error.field) == ("type.wrong", "evidence[1]")


def test_their_reprs_give_the_kind_and_the_id() -> None:
    assert repr(attrs.evolve(HARDSHIP, reason=rp.HardshipReason.ILLNESS)) == "<Hardship h>"
    assert repr(VULNERABILITY) == "<Vulnerability v>"
