from __future__ import annotations

from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.policies import cn
from tests.communication.examples import CITATION, NINE, call, letter, salts, there

DATE = pendulum.date
NOVEMBER = DATE(2026, 11, 1)
RECORDS = there(cn.CREDIT_CARD.in_force(DATE(2026, 12, 1)).records)
RULES = attrs.evolve(
    RECORDS,
    demands=rp.DemandRules(
        count=rp.Limit(2, CITATION), gap=rp.Limit(rp.Period(30, rp.PeriodUnit.DAYS), CITATION)
    ),
    report_wait=rp.Limit(rp.Period(14, rp.PeriodUnit.DAYS), CITATION),
)


def log_of(*contacts: rp.Contact) -> rp.CommunicationLog:
    log = rp.CommunicationLog("log")
    for place, contact in enumerate(contacts):
        log = log.append(contact, at=contact.recorded_at, salts=salts(1_000 * place))
    return log


def demand(days: int, **fields: Any) -> rp.Contact:  # noqa: ANN401  # any field
    moment = NINE.add(days=days)
    given: dict[str, Any] = {
        "id": f"demand-{days}",
        "started_at": moment,
        "recorded_at": moment.add(hours=1),
        "receipts": (rp.Receipt(kind=rp.ReceiptKind.DELIVERY_RECORD, at=moment),),
    }
    return letter(**{**given, **fields})


def effective(*contacts: rp.Contact, overdue_from: pendulum.Date = NOVEMBER) -> tuple[bool, object]:
    found = rp.effective_demands(log_of(*contacts), "card", RULES, overdue_from=overdue_from)
    return found.passed, found.observed


def test_two_demands_thirty_days_apart_are_effective() -> None:
    assert effective(demand(0), demand(30)) == (True, 2)
    assert effective(demand(0), demand(29)) == (False, 1)
    assert effective(demand(0), demand(29), demand(30)) == (True, 2)
    assert effective() == (False, 0)


def test_a_demand_counts_from_no_day_before_it_was_made_and_not_towards_a_guarantor() -> None:
    early = rp.Receipt(kind=rp.ReceiptKind.DELIVERY_RECORD, at=NINE.subtract(days=40))
    assert effective(demand(0, receipts=(early,)), demand(20)) == (False, 1)
    guarantor = rp.Participant(party=rp.Party(id="g", role=rp.PartyRole.GUARANTOR))
    assert effective(demand(0), demand(30, participants=(guarantor,))) == (False, 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"receipts": ()},
        {"receipts": (rp.Receipt(kind=rp.ReceiptKind.READ_RECEIPT, at=NINE),)},
        {"purpose": rp.Purpose.REMINDER},
        {"participants": ()},
        {"outcome": rp.Outcome.WRONG_PERSON},
        {"debts": ("loan",)},
        {"direction": rp.Direction.INBOUND, "outcome": rp.Outcome.RECEIVED},
    ],
)
def test_what_is_no_confirmed_demand_does_not_count(fields: dict[str, Any]) -> None:
    assert effective(demand(0), demand(30, **fields)) == (False, 1)


def test_a_demand_from_before_the_term_does_not_count() -> None:
    assert effective(demand(0), demand(30), overdue_from=DATE(2026, 12, 2)) == (False, 1)


def test_the_check_is_off_unless_the_rules_have_it() -> None:
    with pytest.raises(rp.PolicyError) as caught:
        rp.effective_demands(log_of(), "card", RECORDS, overdue_from=DATE(2026, 1, 1))
    assert (caught.value.code, caught.value.field) == ("demands.off", "rules.demands")


def test_a_report_waits_fourteen_days_after_the_notice() -> None:
    log = log_of(demand(0))
    assert not rp.report_finding(log, "demand-0", NINE.add(days=13), RULES).passed
    found = rp.report_finding(log, "demand-0", NINE.add(days=14), RULES)
    assert (found.passed, found.limit) == (True, DATE(2026, 12, 15))


def test_a_notice_that_came_back_before_the_report_is_no_notice() -> None:
    sent, later = demand(0, outcome=rp.Outcome.SENT, receipts=()), NINE.add(days=20)
    back = attrs.evolve(sent, outcome=rp.Outcome.BOUNCED)
    fix = rp.amend(sent, back, amendment_id="back", reason="undeliverable", recorded_at=later)
    log = log_of(sent).append(fix, at=later, salts=salts(9_000))
    assert rp.report_finding(log, "demand-0", later.subtract(minutes=1), RULES).passed
    assert not rp.report_finding(log, "demand-0", later, RULES).passed


def test_a_report_needs_a_rule_and_a_notice_that_is_known_by_then() -> None:
    log = log_of(demand(0)).append(
        rp.Hardship(id="h", case_id="case", recorded_at=NINE, party_id="client"), at=NINE.add(days=1)
    )
    with pytest.raises(rp.PolicyError, match="report_wait"):
        rp.report_finding(log, "demand-0", NINE, RECORDS)
    with pytest.raises(rp.CommunicationError) as caught:
        rp.report_finding(log, "h", NINE.add(days=30), RULES)
    assert caught.value.code == "report.notice"
    with pytest.raises(rp.CommunicationError) as caught:
        rp.report_finding(log, "demand-0", NINE, RULES)  # not recorded yet
    assert caught.value.code == "log.unknown"


def test_types_are_checked() -> None:
    with pytest.raises(rp.InputTypeError):
        rp.effective_demands(call(), "card", RULES, overdue_from=DATE(2026, 1, 1))  # type: ignore[arg-type]
    with pytest.raises(rp.InputTypeError):
        rp.report_finding(log_of(), "n", DATE(2026, 1, 1), RULES)  # type: ignore[arg-type]
