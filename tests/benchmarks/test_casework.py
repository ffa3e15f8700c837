"""What next actions cost beside standings of the same case, and a day's work list over many cases.

``python -m pytest tests/benchmarks`` prints the medians and the ratios; none is asserted.
"""

from __future__ import annotations

import cProfile
import pstats
import time
from typing import TYPE_CHECKING, Final

import attrs
import pendulum

import repayplan as rp
from repayplan.casework.briefing import brief
from repayplan.casework.follow_up import next_actions
from tests.benchmarks.conftest import clocked
from tests.casework import examples as made

if TYPE_CHECKING:
    from repayplan.casework.case import Case
    from tests.benchmarks.conftest import Report

INSTALLMENTS: Final = 60
CONTACTS: Final = 500
CASES: Final = 10_000
SHARE: Final = 20
"""One of so many cases of the work list is timed, and the time is multiplied."""
AIM: Final = 10.0
TITLE: Final = "a day's work list, a plain loop over next_actions"


def long_case() -> Case:
    """A plan of 60 installments, all but the last paid in 59 payments and one part, and 500 contacts."""
    case = made.planned(INSTALLMENTS)
    plan = case.accounts[0].plan
    assert plan is not None
    account = case.accounts[0]
    payments = [
        rp.Payment(f"p{row.number}", row.amount, received_on=row.due_on) for row in plan.schedule[:-1]
    ]
    last = plan.schedule[-1]
    payments.append(rp.Payment("part", rp.Money(1, "CNY"), received_on=last.due_on.subtract(days=20)))
    start = made.moment("2026-12-05 10:00")
    log, salts = case.log, made.salts()
    for number in range(CONTACTS):
        at = start.add(days=3 * number)
        contact = made.contact(
            at,
            id=f"c{number}",
            purpose=rp.Purpose.REMINDER,
            channel=rp.Channel.SMS,
            outcome=rp.Outcome.DELIVERED,
        )
        log = log.append(contact, at=at, salts=salts)
    return attrs.evolve(case, log=log, accounts=(attrs.evolve(account, payments=tuple(payments)),))


def test_next_actions_beside_standings(report: Report) -> None:
    case = long_case()
    account = case.accounts[0]
    plan = account.plan
    assert plan is not None
    due = plan.schedule.last_due
    at = pendulum.datetime(due.year, due.month, due.day, 10, tz=made.ZONE).subtract(days=5)

    def standing() -> rp.StandingState:
        return rp.standing_on(plan.schedule, account.payments, at.date(), made.POLICY.overdue).state

    assert made.kinds(next_actions(case, at))[0] == "REMIND"
    report.race(
        f"next_actions: {INSTALLMENTS} installments and payments, {CONTACTS} contacts",
        {
            "next_actions": clocked(lambda: next_actions(case, at)),
            "standing_on": clocked(standing),
            "brief": clocked(lambda: brief(case, at)),
        },
        rounds=15,
        aims={"standing_on": AIM},
    )


def test_a_work_list(report: Report) -> None:
    cases = [made.paid(made.planned(12), paid) for paid in range(4)] + [made.case()]
    at = made.moment("2027-04-02 10:00")
    loop = [cases[number % len(cases)] for number in range(CASES // SHARE)]
    start = time.perf_counter()
    found = sum(len(next_actions(case, at, 0)) for case in loop)
    seconds = time.perf_counter() - start
    assert found
    report.note(TITLE, f"  {CASES:,} cases, from {len(loop)} of them: {seconds * SHARE:,.1f} s")
    profile = cProfile.Profile()
    profile.runcall(lambda: [next_actions(case, at, 0) for case in loop[:50]])
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]  # as documented
    own: dict[str, float] = {}
    for (file, _, name), (_, _, _, cumulated, _) in stats.items():
        if "repayplan" in file and name in WATCHED:
            own[name] = own.get(name, 0.0) + cumulated
    total = max(cumulated for _, _, _, cumulated, _ in stats.values())
    for name, spent in sorted(own.items(), key=lambda pair: -pair[1]):
        report.note(TITLE, f"    {name:<24}{spent / total:>6.0%} of the profiled time")


WATCHED: Final = {
    "known_by": "the case as it was known",
    "standing_of": "standings",
    "diagnose": "barriers",
    "best_channel": "the ranking of channels",
    "next_window": "windows",
    "propose": "offers",
}
"""The parts of which the share is told, as far as they are called."""
