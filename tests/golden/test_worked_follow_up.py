"""Published examples of following up: the written notice of arrears, its wait, and a transfer of the debt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.casework.account import Account
from repayplan.casework.actions import ActionKind, Urgency
from repayplan.casework.follow_up import next_actions
from repayplan.policies.follow_up import US_REGULATION_X
from repayplan.policies.policy import PolicyVersions
from tests.casework import examples as made
from tests.reference import Case as Example
from tests.reference import case as example

if TYPE_CHECKING:
    from repayplan.casework.actions import Action
    from repayplan.casework.case import Case

DATE = pendulum.date
YEAR = "2023"


def worked(identity: str) -> Example:
    return example("worked_examples.json", None, identity)


def day(text: str) -> pendulum.Date:
    """Read a day; the examples that state no year are of one that is no leap year."""
    year, month, date = (text if len(text) == len("2023-01-01") else f"{YEAR}-{text}").split("-")
    return DATE(int(year), int(month), int(date))


def in_arrears(due: pendulum.Date, **more: Any) -> Case:  # noqa: ANN401  # any field of an account
    policy = attrs.evolve(made.POLICY, effective_from=DATE(2020, 1, 1), follow_up=US_REGULATION_X)
    account = Account(
        debt=attrs.evolve(made.DEBT, as_of=due),
        contract_due_on=due,
        last_due_on=due,
        **more,
    )
    return made.case(policy=PolicyVersions((policy,)), accounts=(account,), budgets=())


def notice(on: pendulum.Date) -> rp.Contact:
    at = pendulum.datetime(on.year, on.month, on.day, 12, tz=made.ZONE)
    return made.contact(
        at,
        id=f"notice {on}",
        channel=rp.Channel.LETTER,
        point=made.POSTAL,
        purpose=rp.Purpose.STATUTORY_NOTICE,
        outcome=rp.Outcome.SENT,
    )


def written(case: Case, on: pendulum.Date, horizon: int = 0) -> list[Action]:
    """The written notices that are proposed on a day, or within so many days."""
    at = pendulum.datetime(on.year, on.month, on.day, 12, tz=made.ZONE)
    return [
        action
        for action in next_actions(case, at, horizon)
        if action.kind is ActionKind.ARREARS_NOTICE and action.purpose is rp.Purpose.STATUTORY_NOTICE
    ]


def test_regx_39b1_2_the_next_notice_waits_180_days_and_is_due_then() -> None:
    given = worked("regx-39b1-2")
    sent = day(given["inputs"]["notice_sent"])
    case = made.recorded(in_arrears(day(given["inputs"]["delinquent_from"])), notice(sent))
    again = day(given["expected"]["next_notice_not_before"])
    assert written(case, again.subtract(days=1)) == []
    (action,) = written(case, again)
    assert (action.opens_on, action.by) == (again, again)
    assert action.window is not None
    assert action.window.start.date() == again
    assert action.channel is rp.Channel.LETTER
    assert action.urgency is Urgency.DUTY
    (late,) = written(case, again.add(days=1))
    assert late.urgency is Urgency.MISSED_DUTY
    assert not late.why.passed


def test_the_first_notice_is_due_on_the_forty_fifth_day() -> None:
    given = worked("regx-39b1-2")
    due = day(given["inputs"]["delinquent_from"])
    (action,) = written(in_arrears(due), due.add(days=10))
    assert action.by == day(given["inputs"]["notice_sent"])


def test_regx_39b1_5_after_a_transfer_the_days_count_from_the_first_due_day_after_it() -> None:
    given = worked("regx-39b1-5")
    inputs = given["inputs"]
    case = in_arrears(day(inputs["due"]), transferred_on=day(inputs["transfer"]))
    case = made.recorded(case, notice(day(inputs["notice_by_transferor"])))
    (action,) = written(case, day(inputs["transfer"]), horizon=60)
    assert action.by == day(given["expected"]["transferee_notice_deadline"])


def test_a_notice_after_the_transfer_is_the_new_creditors_own() -> None:
    inputs = worked("regx-39b1-5")["inputs"]
    case = in_arrears(day(inputs["due"]), transferred_on=day(inputs["transfer"]))
    case = made.recorded(case, notice(DATE(2023, 6, 10)))
    assert written(case, DATE(2023, 6, 11), horizon=60) == []


@pytest.mark.parametrize(("on", "expected"), [(DATE(2023, 4, 6), True), (DATE(2023, 4, 7), False)])
def test_the_live_contact_is_due_on_the_thirty_sixth_day(on: pendulum.Date, expected: bool) -> None:  # noqa: FBT001  # a parameter
    case = in_arrears(DATE(2023, 3, 1))
    at = pendulum.datetime(on.year, on.month, on.day, 12, tz=made.ZONE)
    (live,) = (
        action
        for action in next_actions(case, at)
        if action.kind is ActionKind.ARREARS_NOTICE and action.purpose is not rp.Purpose.STATUTORY_NOTICE
    )
    assert live.by == DATE(2023, 4, 6)
    assert live.why.passed is expected
    assert live.channel is rp.Channel.PHONE
    assert next_actions(case, at)[0].urgency is (Urgency.DUTY if expected else Urgency.MISSED_DUTY)


def test_a_client_who_keeps_a_plan_is_not_in_arrears() -> None:
    case = in_arrears(DATE(2026, 11, 20))
    account = attrs.evolve(case.accounts[0], debt=made.DEBT, plan=made.plan(months=12))
    kept = attrs.evolve(case, accounts=(account,))
    assert written(kept, DATE(2026, 12, 20), horizon=60) == []


def test_a_notice_of_long_ago_leaves_all_the_days_for_the_next() -> None:
    due = DATE(2023, 6, 1)
    account = attrs.evolve(in_arrears(due).accounts[0], debt=attrs.evolve(made.DEBT, as_of=DATE(2022, 1, 1)))
    case = made.recorded(attrs.evolve(in_arrears(due), accounts=(account,)), notice(DATE(2022, 2, 1)))
    (action,) = written(case, DATE(2023, 6, 20))
    assert (action.opens_on, action.by) == (DATE(2023, 6, 2), due.add(days=45))


def live(case: Case, on: pendulum.Date) -> list[pendulum.Date]:
    """The last days of the live contacts that are proposed on a day."""
    at = pendulum.datetime(on.year, on.month, on.day, 12, tz=made.ZONE)
    actions = [action for action in next_actions(case, at) if action.kind is ActionKind.ARREARS_NOTICE]
    return [action.by for action in actions if action.purpose is rp.Purpose.HARDSHIP_TALK]


def talk(on: pendulum.Date) -> rp.Contact:
    return made.contact(pendulum.datetime(on.year, on.month, on.day, 12, tz=made.ZONE), id=f"talk {on}")


def test_regx_39a_1_i_b_each_missed_due_day_wants_a_live_contact() -> None:
    given = worked("regx-39a-1-i-B")
    january, february, march = (day(text) for text in given["inputs"]["due_dates"])
    case = in_arrears(january)
    case = attrs.evolve(case, accounts=(attrs.evolve(case.accounts[0], last_due_on=march),))
    assert live(case, DATE(2023, 2, 4)) == [january.add(days=36)]
    case = made.recorded(case, talk(DATE(2023, 2, 5)))
    assert live(case, february.add(days=27)) == []
    assert live(case, march.add(days=1)) == [march.add(days=36)]
    case = made.recorded(case, talk(DATE(2023, 3, 25)))
    assert live(case, day(given["inputs"]["as_of"])) == []


def test_a_live_contact_of_the_first_missed_due_day_is_not_one_of_the_next() -> None:
    case = made.planned(policy=attrs.evolve(made.POLICY, follow_up=US_REGULATION_X))
    assert live(case, DATE(2027, 2, 2)) == [DATE(2026, 12, 31).add(days=36)]
    early = made.recorded(case, talk(DATE(2027, 1, 10)))
    assert live(early, DATE(2027, 2, 2)) == [DATE(2027, 1, 31).add(days=36)]
