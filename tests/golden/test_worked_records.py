"""Published examples of limitation, and of the wait before a debt is reported."""

from __future__ import annotations

import pendulum

import repayplan as rp
from repayplan.policies import cn
from tests.reference import Case, case

ZONE = "America/New_York"
NOTICE = pendulum.datetime(2026, 5, 1, 12, tz=ZONE)  # the source gives no year
RULES = rp.RecordRules(
    required=rp.Limit(frozenset(rp.RecordItem), rp.Citation(title="house", force=rp.Force.HOUSE)),
    report_wait=rp.Limit(
        rp.Period(14, rp.PeriodUnit.DAYS),
        rp.Citation(
            title="12 CFR Part 1006 (Regulation F)",
            article="1006.30(a)(1)(ii)",
            evidence=rp.Evidence.PRIMARY,
            force=rp.Force.LAW,
        ),
        comparison=rp.Comparison.AT_LEAST,
    ),
)


def worked(identity: str) -> Case:
    return case("worked_examples.json", None, identity)


def moment(month_and_day: str) -> pendulum.DateTime:
    month, day = map(int, month_and_day.split("-"))
    return pendulum.datetime(2026, month, day, 12, tz=ZONE)


def noticed(mailed: str, came_back: pendulum.DateTime) -> rp.CommunicationLog:
    sent_at = moment(mailed)
    sent = rp.Contact(
        id="notice",
        case_id="case",
        recorded_at=sent_at,
        direction=rp.Direction.OUTBOUND,
        channel=rp.Channel.LETTER,
        purpose=rp.Purpose.STATUTORY_NOTICE,
        outcome=rp.Outcome.SENT,
        started_at=sent_at,
    )
    back = rp.from_dict(rp.Contact, {**rp.to_dict(sent), "outcome": "BOUNCED"})
    fix = rp.amend(sent, back, amendment_id="back", reason="undeliverable", recorded_at=came_back)
    log = rp.CommunicationLog("log").append(sent, at=sent_at)
    return log.append(fix, at=came_back, salts=[bytes(16)])


def test_a_notice_that_came_back_within_the_wait_bars_the_report() -> None:
    example = worked("regf-30a-3-i")
    back = moment(example["inputs"]["undeliverable_received"])
    log = noticed(example["inputs"]["notice_mailed"], back)
    for days in range(60):  # the source does not say when it furnishes; on no later day either
        found = rp.report_finding(log, "notice", back.add(days=days), RULES)
        assert (not found.passed) is example["expected"]["violation"]


def test_a_notice_that_came_back_after_the_report_changes_nothing() -> None:
    example = worked("regf-30a-3-iii")
    first, last = map(moment, example["inputs"]["monitored"])
    assert (last - first).days + 1 == 14
    furnished = last.add(days=1)
    log = noticed(example["inputs"]["notice_mailed"], furnished.add(days=7))
    found = rp.report_finding(log, "notice", furnished, RULES)
    assert (not found.passed) is example["expected"]["violation"]


def test_limitation_in_china_and_its_interruption_by_a_plan() -> None:
    example = worked("cn-limitation")
    records = cn.CREDIT_CARD.in_force(pendulum.date(2024, 1, 1)).records
    assert records is not None
    due = pendulum.Date.fromisoformat(example["inputs"]["last_instalment_due"])
    proposed = pendulum.Date.fromisoformat(example["inputs"]["plan_proposed_by_debtor"])
    before = rp.limitation_on(due, last_due_on=due, rules=records.limitation, debt="card")
    assert str(before.expires_on) == example["expected"]["first_expiry"]
    event = rp.LimitationEvent(kind=rp.RestartKind.REPAYMENT_PLAN_PROMISE, on=proposed, debt="card")
    after = rp.limitation_on(proposed, last_due_on=due, rules=records.limitation, debt="card", events=[event])
    assert str(after.expires_on) == example["expected"]["after_interruption"]
