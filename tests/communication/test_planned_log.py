"""A log with planned contacts: they are seen by questions about contacts, and by nothing else."""

from __future__ import annotations

import repayplan as rp
from repayplan.communication.planned_log import PlannedLog
from tests.communication.examples import NINE, call, salts

REAL = rp.CommunicationLog("log").append(call(), at=NINE.add(hours=1), salts=salts())


def planned(name: str, hours: int) -> rp.Contact:
    at = NINE.add(hours=hours)
    return call(id=name, started_at=at, ended_at=None, recorded_at=at)


def test_planned_contacts_are_seen_in_their_place() -> None:
    log = PlannedLog(REAL, [planned("late", 5), planned("early", -5)])
    assert [contact.id for contact in log.contacts()] == ["early", "call", "late"]
    since, before = NINE, NINE.add(hours=5)
    assert [contact.id for contact in log.contacts(since=since, before=before)] == ["call"]
    assert [contact.id for contact in log.contacts(since=before)] == ["late"]
    assert [contact.id for contact in log.contacts(before=since)] == ["early"]


def test_the_log_stays_as_it_is() -> None:
    log = PlannedLog(REAL, [planned("late", 5)])
    assert (len(log), log.head(), log.case_ids) == (1, REAL.head(), frozenset({"case"}))
    assert [contact.id for contact in REAL.contacts()] == ["call"]
    assert len(log.records(rp.Contact)) == 1


def test_a_log_tells_the_cases_whose_records_it_holds() -> None:
    other = call(id="other", case_id="second", recorded_at=NINE.add(hours=2))
    longer = REAL.append(other, at=NINE.add(hours=2), salts=salts(100))
    assert longer.case_ids == {"case", "second"}
    assert REAL.case_ids == {"case"}
    assert rp.CommunicationLog("log").case_ids == frozenset()
