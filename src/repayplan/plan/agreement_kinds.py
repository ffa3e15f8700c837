"""How an agreement was made, and what a revision of it changes."""

from __future__ import annotations

from repayplan.values import Enumeration

__all__ = ["AgreementForm", "RevisionKind"]


class AgreementForm(Enumeration):
    """How the agreement was made."""

    WRITTEN = "written"
    ORAL = "oral"


class RevisionKind(Enumeration):
    """What a revision changes."""

    RE_AMORTIZE = "re-amortize"
    """The payment: what is owed is spread over the same dates that are left."""
    RESCHEDULE = "reschedule"
    """Start, count or frequency: a new plan within what the client can pay now."""
    RE_AGE = "re-age"
    """The standing: the account is declared current again, and the payment goes on as it was."""
