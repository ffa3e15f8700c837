"""Reasons and needs: the names that records store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import repayplan as rp

if TYPE_CHECKING:
    import enum

STORED: dict[type[enum.Enum], dict[str, str]] = {
    rp.HardshipReason: {
        "INCOME_LOSS": "income loss",
        "REDUCED_HOURS": "reduced hours",
        "ILLNESS": "illness",
        "BEREAVEMENT": "bereavement",
        "DIVORCE": "divorce",
        "DISASTER": "disaster",
        "BUSINESS_FAILURE": "business failure",
        "OVER_INDEBTEDNESS": "over-indebtedness",
        "ADMINISTRATIVE_MISTAKE": "administrative mistake",
        "DISPUTE": "dispute",
        "OTHER": "other",
    },
    rp.SupportNeed: {
        "HEALTH": "health",
        "MENTAL_HEALTH": "mental health",
        "HEARING": "hearing",
        "SIGHT": "sight",
        "LITERACY": "literacy",
        "COGNITION": "cognition",
        "BEREAVEMENT": "bereavement",
        "ABUSE": "abuse",
        "CRISIS": "crisis",
        "OTHER": "other",
    },
    rp.VulnerabilityBasis: {
        "EXPLICIT_CONSENT": "explicit consent",
        "VITAL_INTEREST": "vital interest",
        "LEGAL_CLAIM": "legal claim",
        "LEGAL_DUTY": "legal duty",
        "PUBLIC_INTEREST": "substantial public interest",
    },
}


@pytest.mark.parametrize("kind", STORED, ids=lambda kind: kind.__name__)
def test_names_and_values_stay_since_records_store_them(kind: type[enum.Enum]) -> None:
    assert {name: member.value for name, member in kind.__members__.items()} == STORED[kind]
    assert all(kind(value).name == name for name, value in STORED[kind].items())
