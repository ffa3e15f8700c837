"""Checks of single rules over a log: effective demands, and the wait before a report to a credit bureau.

They inform, and give no legal advice; none of them is a reason to act.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.checks import check_date, check_instance
from repayplan.communication.channels import Direction, Outcome
from repayplan.communication.contact import Contact
from repayplan.communication.documents import ReceiptKind
from repayplan.communication.log import CommunicationLog
from repayplan.communication.record_rules import RecordRules
from repayplan.errors import CommunicationError, PolicyError
from repayplan.moments import check_moment
from repayplan.rules import Comparison, Finding

if TYPE_CHECKING:
    import datetime

    import pendulum

    from repayplan.communication.record_rules import DemandRules

__all__ = ["effective_demands", "report_finding"]

_PROOFS: Final = frozenset(ReceiptKind) - {ReceiptKind.READ_RECEIPT}


def effective_demands(
    log: CommunicationLog, debt: str, rules: RecordRules, *, overdue_from: datetime.date
) -> Finding:
    """Say whether the record shows the demands that a criminal rule calls effective.

    The Chinese rule on malicious overdraft (the Supreme Court's 2018 interpretation, No. 19) wants two
    demands after the limit or the term was exceeded, at least 30 days apart, each in a way that its receipt
    can be confirmed. The check is left out unless the rules have it, and it is never a reason to demand.

    Args:
        log: The log.
        debt: The id of the debt.
        rules: The rules for records, with their ``demands``.
        overdue_from: The first day on which the limit or the term was exceeded.

    Raises:
        PolicyError: The rules have no such check.
    """
    check_instance(log, CommunicationLog, "log")
    demands = check_instance(rules, RecordRules, "rules").demands
    if demands is None:
        message = "expected rules with demands; the check is off unless they have it"
        raise PolicyError("demands.off", "rules.demands", message)
    since = check_date(overdue_from, "overdue_from")
    days = [
        _proven_on(contact)
        for contact in log.contacts(direction=Direction.OUTBOUND, debt=debt)
        if _is_confirmed_demand(contact) and contact.local_day() >= since
    ]
    count = _apart(sorted(days), demands)
    passed = count >= demands.count.value
    return Finding("effective_demands", passed, count, demands.count.value, demands.count.citation)


def _is_confirmed_demand(contact: Contact) -> bool:
    proven = any(receipt.kind in _PROOFS for receipt in contact.receipts)
    return contact.purpose.asks_for_payment and contact.reached_debtor and proven


def _proven_on(contact: Contact) -> pendulum.Date:
    proofs = (contact.local_day(receipt.at) for receipt in contact.receipts if receipt.kind in _PROOFS)
    return max(contact.local_day(), min(proofs))  # never before it was made, whatever a receipt says


def _apart(days: list[pendulum.Date], rules: DemandRules) -> int:
    """Count the demands of which each lies so far from the one before."""
    count, last = 0, None
    for day in days:
        if last is None or day >= rules.gap.value.after(last):
            count, last = count + 1, day
    return count


def report_finding(
    log: CommunicationLog, notice_id: str, at: datetime.datetime, rules: RecordRules
) -> Finding:
    """Say whether a debt may be reported to a credit bureau at a moment, after a notice of it was sent.

    Regulation F (12 CFR 1006.30(a)(1)(ii)) wants a reasonable time between sending the notice and the report,
    14 days being safe, in which no notice of undeliverability came. One that comes after the report changes
    nothing. Correct the contact's outcome to ``BOUNCED`` when such a notice comes.

    Args:
        log: The log.
        notice_id: The id of the contact by which the notice was sent.
        at: The moment of the report.
        rules: The rules for records, with their ``report_wait``.

    Raises:
        CommunicationError: There is no such contact.
        PolicyError: The rules have no such wait.
    """
    wait = check_instance(rules, RecordRules, "rules").report_wait
    if wait is None:
        message = "expected rules with report_wait; no such wait is known"
        raise PolicyError("report.off", "rules.report_wait", message)
    moment = check_moment(at, "at")
    known = check_instance(log, CommunicationLog, "log").known_by(moment)
    notice = known.record(notice_id)
    if not isinstance(notice, Contact):
        raise CommunicationError("report.notice", "notice_id", "expected the id of a contact")
    earliest = wait.value.after(notice.local_day())
    day = notice.local_day(moment)
    passed = day >= earliest and notice.outcome is not Outcome.BOUNCED
    return Finding("report_wait", passed, day, earliest, wait.citation, Comparison.AT_LEAST)
