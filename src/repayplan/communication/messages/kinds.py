"""The kinds of message."""

from __future__ import annotations

from repayplan.values import Enumeration

__all__ = ["MessageKind"]


class MessageKind(Enumeration):
    """What a message is for."""

    WELCOME = "welcome"
    """Who we are, and how to reach us."""
    REMINDER = "reminder"
    """A payment falls due on a day to come."""
    DUE_TODAY = "due today"
    MISSED_PAYMENT = "missed payment"
    """A payment did not arrive: asks what happened before anything else, and offers to talk."""
    PROMISE_BROKEN = "promise broken"
    PROMISE_KEPT = "promise kept"
    OFFERS = "offers"
    """Several plans side by side."""
    AGREEMENT = "agreement"
    """What was agreed, for the client to keep."""
    PLAN_CHANGED = "plan changed"
    PLAN_COMPLETED = "plan completed"
    PAUSE_GRANTED = "pause granted"
    """Nothing is to be paid for a time: a payment deferral, which breathing space is not."""
    INVITATION_TO_SPEAK = "invitation to speak"
    """Asks for the client's own view."""
    COMPLAINT_RECEIVED = "complaint received"
    OPT_OUT_CONFIRMED = "opt-out confirmed"
    """The one confirmation that a client who opted out of a channel gets; it says nothing else."""
    CREDIT_FILE = "credit file"
    """What late payment does to the credit file: facts only, where the rules ask for it."""
    NEUTRAL = "neutral"
    """Names no debt: for voicemail, and for points of contact that are unverified or shared."""
