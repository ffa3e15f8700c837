"""What a contact is for, what was said in it, and what somebody consents to."""

from __future__ import annotations

from repayplan.values import Enumeration

__all__ = ["ClientStatement", "ConsentScope", "Purpose", "StatedItem"]


class Purpose(Enumeration):
    """What a contact is for; rules forbid some purposes and never others."""

    REMINDER = "reminder"
    """To remind before a due date."""
    MISSED_PAYMENT = "missed payment"
    """To ask why a payment was missed."""
    DEMAND = "demand"
    """To demand payment."""
    HARDSHIP_TALK = "hardship talk"
    """To talk about what the client can bear."""
    OFFER = "offer"
    """To offer ways of repaying, or to answer a proposal."""
    AGREEMENT = "agreement"
    """To agree on a plan or on a change of it."""
    DISPUTE = "dispute"
    """To talk about a debt that the client disputes."""
    COMPLAINT = "complaint"
    """To receive or answer a complaint."""
    ANSWER = "answer"
    """To answer what the client asked."""
    STATUTORY_NOTICE = "statutory notice"
    """To give a notice that the law demands."""
    OPT_OUT_CONFIRMATION = "opt-out confirmation"
    """To confirm that somebody is not reached there any more, and nothing else."""
    VERIFICATION = "verification"
    """To check data with the client."""
    LOCATION = "location"
    """To ask somebody else how the client can be reached; nothing is said of a debt."""
    INFORMATION = "information"
    """Anything else that asks for nothing."""

    @property
    def asks_for_payment(self) -> bool:
        """Whether it presses for money that is late."""
        return self is Purpose.MISSED_PAYMENT or self is Purpose.DEMAND


class StatedItem(Enumeration):
    """What the bank said or wrote in a contact, as far as rules demand that it be said."""

    NAME_AND_BALANCE = "name and balance"
    REASON_AND_LAW = "reason and law"
    RIGHTS_AND_DUTIES = "rights and duties"
    HOW_TO_DISPUTE = "how to query, dispute and submit evidence"
    ISSUER_CONTACT = "contact of the issuer"
    SEAL = "seal"
    HOW_TO_COMPLAIN = "how to complain"
    TIME_IN_DEFAULT = "time in default"
    COST_LIABILITY = "liability for costs"
    BALANCE_AND_CURRENCY = "balance, its structure and currency"
    PERIOD_AND_AMOUNTS = "period, method, dates and amounts"
    CHARGES_DURING_PLAN = "charges during the plan"
    NO_NEW_CARD = "no new card before the debt is cleared"
    BREACH = "rights, duties and breach"
    OPT_OUT = "how to opt out"
    RECORDED = "that the talk is recorded"
    HELP = "free independent help"
    AGENCY = "that the debt goes to a collection agency"
    DEBT_DISCLOSED = "that there is a debt"
    """Something was said from which a listener learns of the debt."""


class ClientStatement(Enumeration):
    """What the client said about the debt, as far as effects in law may follow."""

    ACKNOWLEDGES_DEBT = "acknowledges the debt"
    ASKS_TO_DEFER = "asks to defer"
    PROMISES_PAYMENT = "promises payment"
    PROPOSES_PLAN = "proposes a plan"
    OFFERS_SECURITY = "offers security"
    DISPUTES_DEBT = "disputes the debt"
    ASKS_FOR_HELP = "asks for help"
    COMPLAINS = "complains"


class ConsentScope(Enumeration):
    """What somebody consents to, or withdraws."""

    CONTACT = "contact"
    """To be contacted at all, on a channel, or at a point, as the record says."""
    EXTRA_CONTACT = "extra contact"
    """To be contacted more often than the rules allow by themselves, such as "call me back on Monday"."""
    OUTSIDE_HOURS = "outside hours"
    """To be contacted outside the permitted hours."""
    RECORDING = "recording"
    """That calls are recorded."""
    THIRD_PARTY = "third party"
    """That somebody named is spoken to."""
    DATA_SHARING = "data sharing"
    """That data go to an adviser or another creditor."""
    SENSITIVE_DATA = "sensitive data"
    """That data on health and the like are recorded."""
