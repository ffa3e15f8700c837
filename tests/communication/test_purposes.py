"""Purposes, statements and scopes: the names that records store, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import repayplan as rp

if TYPE_CHECKING:
    import enum

STORED: dict[type[enum.Enum], dict[str, str]] = {
    rp.Purpose: {
        "REMINDER": "reminder",
        "MISSED_PAYMENT": "missed payment",
        "DEMAND": "demand",
        "HARDSHIP_TALK": "hardship talk",
        "OFFER": "offer",
        "AGREEMENT": "agreement",
        "DISPUTE": "dispute",
        "COMPLAINT": "complaint",
        "ANSWER": "answer",
        "STATUTORY_NOTICE": "statutory notice",
        "VERIFICATION": "verification",
        "LOCATION": "location",
        "OPT_OUT_CONFIRMATION": "opt-out confirmation",
        "INFORMATION": "information",
    },
    rp.StatedItem: {
        "NAME_AND_BALANCE": "name and balance",
        "REASON_AND_LAW": "reason and law",
        "RIGHTS_AND_DUTIES": "rights and duties",
        "HOW_TO_DISPUTE": "how to query, dispute and submit evidence",
        "ISSUER_CONTACT": "contact of the issuer",
        "SEAL": "seal",
        "HOW_TO_COMPLAIN": "how to complain",
        "TIME_IN_DEFAULT": "time in default",
        "COST_LIABILITY": "liability for costs",
        "BALANCE_AND_CURRENCY": "balance, its structure and currency",
        "PERIOD_AND_AMOUNTS": "period, method, dates and amounts",
        "CHARGES_DURING_PLAN": "charges during the plan",
        "NO_NEW_CARD": "no new card before the debt is cleared",
        "BREACH": "rights, duties and breach",
        "OPT_OUT": "how to opt out",
        "RECORDED": "that the talk is recorded",
        "HELP": "free independent help",
        "AGENCY": "that the debt goes to a collection agency",
        "DEBT_DISCLOSED": "that there is a debt",
    },
    rp.ClientStatement: {
        "ACKNOWLEDGES_DEBT": "acknowledges the debt",
        "ASKS_TO_DEFER": "asks to defer",
        "PROMISES_PAYMENT": "promises payment",
        "PROPOSES_PLAN": "proposes a plan",
        "OFFERS_SECURITY": "offers security",
        "DISPUTES_DEBT": "disputes the debt",
        "ASKS_FOR_HELP": "asks for help",
        "COMPLAINS": "complains",
    },
    rp.ConsentScope: {
        "CONTACT": "contact",
        "EXTRA_CONTACT": "extra contact",
        "OUTSIDE_HOURS": "outside hours",
        "RECORDING": "recording",
        "THIRD_PARTY": "third party",
        "DATA_SHARING": "data sharing",
        "SENSITIVE_DATA": "sensitive data",
    },
}


@pytest.mark.parametrize("kind", STORED, ids=lambda kind: kind.__name__)
def test_names_and_values_stay_since_records_store_them(kind: type[enum.Enum]) -> None:
    assert {name: member.value for name, member in kind.__members__.items()} == STORED[kind]
    assert all(kind(value).name == name for name, value in STORED[kind].items())


def test_two_purposes_press_for_money_that_is_late() -> None:
    assert {purpose for purpose in rp.Purpose if purpose.asks_for_payment} == {
        rp.Purpose.MISSED_PAYMENT,
        rp.Purpose.DEMAND,
    }
