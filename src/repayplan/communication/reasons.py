"""Why a client cannot pay as agreed, and what makes a client need care."""

from __future__ import annotations

from repayplan.values import Enumeration

__all__ = ["HardshipReason", "SupportNeed", "VulnerabilityBasis"]


class HardshipReason(Enumeration):
    """Why a client cannot pay as agreed."""

    INCOME_LOSS = "income loss"
    REDUCED_HOURS = "reduced hours"
    ILLNESS = "illness"
    BEREAVEMENT = "bereavement"
    DIVORCE = "divorce"
    DISASTER = "disaster"
    BUSINESS_FAILURE = "business failure"
    OVER_INDEBTEDNESS = "over-indebtedness"
    ADMINISTRATIVE_MISTAKE = "administrative mistake"
    DISPUTE = "dispute"
    OTHER = "other"


class SupportNeed(Enumeration):
    """What makes a client need particular care."""

    HEALTH = "health"
    MENTAL_HEALTH = "mental health"
    HEARING = "hearing"
    SIGHT = "sight"
    LITERACY = "literacy"
    COGNITION = "cognition"
    BEREAVEMENT = "bereavement"
    ABUSE = "abuse"
    """Financial or domestic abuse: a shared address or account may not be safe."""
    CRISIS = "crisis"
    """There is a danger to life or health now."""
    OTHER = "other"


class VulnerabilityBasis(Enumeration):
    """On what ground sensitive data of a person may be recorded."""

    EXPLICIT_CONSENT = "explicit consent"
    VITAL_INTEREST = "vital interest"
    LEGAL_CLAIM = "legal claim"
    LEGAL_DUTY = "legal duty"
    PUBLIC_INTEREST = "substantial public interest"
