"""Records are looked up by kind, in each of the logs that share a history."""

from __future__ import annotations

import repayplan as rp
from tests.communication.contact_case import consent, contact, log_of, moment, withdrawal

FIRST, LATER = moment("2026-03-04 10:00"), moment("2026-03-05 10:00")
GIVEN = consent("given", FIRST, rp.ConsentScope.CONTACT)
CALL = contact("call", LATER)
STOP = withdrawal("stop", LATER)


def test_a_log_gives_the_records_of_a_kind_and_of_the_kinds_below_it() -> None:
    log = log_of(GIVEN, CALL, STOP)
    assert log.records(rp.Consent) == (GIVEN,)
    assert log.records(rp.Record) == (GIVEN, CALL, STOP)
    assert log.records(rp.Hardship) == ()


def test_a_shorter_log_does_not_see_what_a_longer_one_of_its_history_has() -> None:
    short = log_of(GIVEN)
    salts = [number.to_bytes(16, "big") for number in range(50, 80)]
    one = short.append(STOP, at=LATER, salts=salts)
    other = short.append(CALL, at=LATER, salts=salts)
    assert short.records(rp.ConsentWithdrawal) == ()
    assert one.records(rp.Record) == (GIVEN, STOP)
    assert other.records(rp.Record) == (GIVEN, CALL)
    assert one.first(1).records(rp.ConsentWithdrawal) == ()
