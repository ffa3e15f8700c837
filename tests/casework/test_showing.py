"""What the next actions and a briefing show in a notebook and give as rows, and what they leave out."""

from __future__ import annotations

import copy
import pickle

import attrs
import pytest

import repayplan as rp
from tests.casework import examples as made
from tests.display import Page

DATE = made.DATE
AT = made.moment("2027-02-02 10:00")
NOTHING = "\u2013"


def late() -> rp.Case:
    """A case of which the second installment was not paid."""
    return made.paid(made.planned(12), 1)


ASKED = "<b>My son Li is ill.</b>"
WORD = "call back about the surgery"


def troubled() -> rp.Case:
    """A late case with a talk that has words, a promised step, and a client hard of hearing."""
    client = attrs.evolve(made.CLIENT, needs={rp.SupportNeed.HEARING})
    talk = made.contact(
        made.moment("2027-02-02 09:00"),
        content=ASKED,
        next_step=WORD,
        next_step_on=DATE(2027, 2, 3),
        hardship=rp.HardshipReason.ILLNESS,
        client_said={rp.ClientStatement.ASKS_FOR_HELP},
    )
    return made.recorded(attrs.evolve(late(), client=client), talk)


PERSONAL = (
    "Wang",
    "138 0000",
    "wang@",
    "Nanjing",
    "Li is ill",
    "surgery",
    "illness",
    "hearing",
    "zh",
    'client"',
)
"""What the case holds of names, numbers, addresses, words, reasons and needs."""


def told(shown: object) -> list[str]:
    return [text for text in PERSONAL if text in str(shown)]


# --- a tuple


def test_actions_are_a_tuple_of_which_slices_show_themselves_too() -> None:
    actions = rp.next_actions(late(), AT)
    assert isinstance(actions, tuple)
    assert actions == tuple(actions)
    assert hash(actions) == hash(tuple(actions))
    first, *others = actions
    assert actions[0] is first
    assert isinstance(actions[1:], rp.Actions)
    assert actions[1:] == tuple(others)
    assert repr(actions[:1]) == f"({first!r},)"


def test_a_calendar_is_of_the_same_kind() -> None:
    assert isinstance(rp.calendar_for(late(), DATE(2027, 2, 2), DATE(2027, 3, 31)), rp.Actions)


def test_actions_are_copied_pickled_and_stored_as_such() -> None:
    actions = rp.next_actions(late(), AT)
    stored = rp.from_dict(rp.Actions, rp.to_dict(actions))
    for again in (copy.deepcopy(actions), pickle.loads(pickle.dumps(actions)), stored):  # noqa: S301  # our own
        assert again == actions
        assert isinstance(again, rp.Actions)


def test_what_is_no_action_is_refused() -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.Actions([*rp.next_actions(late(), AT)[:1], "call"])  # type: ignore[list-item]  # wrong on purpose
    assert caught.value.field == "actions[1]"


def test_stored_actions_show_their_number_alone() -> None:
    stored = rp.Actions.__stored_as__()
    assert repr(stored.of(rp.next_actions(late(), AT)[:1])) == "<StoredActions: 1>"


# --- rows and notebooks


def test_actions_give_a_plain_row_each() -> None:
    actions = rp.next_actions(late(), AT)
    row = actions.to_rows()[0]
    assert row == {
        "number": 0,
        "what": "ask for the cause of a missed payment",
        "urgency": "arrears",
        "why": "cause asked for",
        "source": "repayplan house default",
        "opens_on": DATE(2027, 2, 1),
        "by": DATE(2027, 2, 3),
        "channel": "sms",
        "starts_at": AT,
        "ends_at": made.moment("2027-02-02 22:00"),
        "debts": "card",
    }
    assert row["why"] == actions[0].why.rule.replace("_", " ")


def test_actions_show_what_why_by_when_and_how() -> None:
    actions = rp.next_actions(late(), AT)
    (table,) = Page(actions[:1]._repr_html_()).tables
    assert table.caption == "1 action"
    assert table.head == [
        "number",
        "what",
        "urgency",
        "why",
        "source",
        "by",
        "channel",
        "starts at",
        "ends at",
        "debts",
    ]
    (row,) = table.rows
    assert row[0] == "0"
    assert row[5:] == [
        "2027-02-03",
        "sms",
        "2027-02-02 10:00:00+08:00",
        "2027-02-02 22:00:00+08:00",
        "card",
    ]


def test_a_step_of_the_desk_has_no_channel_and_a_promise_of_ours_no_source() -> None:
    row = next(row for row in rp.next_actions(troubled(), AT).to_rows() if row["what"] == "do what we said")
    assert (row["channel"], row["starts_at"], row["ends_at"], row["source"]) == (None, None, None, None)


def test_many_actions_are_cut_with_a_count() -> None:
    (action, *_) = rp.next_actions(late(), AT)
    (table,) = Page(rp.Actions([action] * 60)._repr_html_()).tables
    assert table.caption == "60 actions (5 of 60 rows hidden)"
    assert table.rows[-1][0] == "59"


def test_no_actions_are_an_empty_table() -> None:
    (table,) = Page(rp.Actions()._repr_html_()).tables
    assert (table.caption, table.rows, rp.Actions().to_rows()) == ("0 actions", [], [])


def test_actions_show_nothing_that_is_personal() -> None:
    actions = rp.next_actions(troubled(), AT)
    assert {"surgery"} <= set(told(rp.to_dict(actions))), "the words are there to be shown"
    assert told(actions._repr_html_()) == told(actions.to_rows()) == []


# --- a briefing


def test_a_briefing_gives_a_plain_row_for_each_debt() -> None:
    (row,) = rp.brief(late(), AT).to_rows()
    owed, plan = rp.brief(late(), AT).accounts[0].owed, late().accounts[0].plan
    assert owed is not None
    assert plan is not None
    assert row == {
        "debt": "card",
        "owed": owed.total.amount,
        "past_due": plan.schedule[1].amount.amount,
        "days_past_due": 2,
        "since": DATE(2027, 1, 31),
        "state": "beyond grace",
        "paid_in_time": 1,
        "paid_late": 0,
        "unpaid": 1,
        "last_payment_on": DATE(2026, 12, 31),
        "promises": 0,
        "limitation": "running",
        "currency": "CNY",
    }


def test_a_debt_without_a_plan_has_no_standing() -> None:
    (row,) = rp.brief(made.case(), AT).to_rows()
    names = ("past_due", "days_past_due", "state", "paid_in_time", "paid_late", "unpaid", "last_payment_on")
    assert [row[name] for name in names] == [None] * 7


def test_a_debt_of_which_nothing_is_left_has_no_amount() -> None:
    briefing = rp.brief(late(), AT)
    settled = attrs.evolve(briefing.accounts[0], owed=None)
    (row,) = attrs.evolve(briefing, accounts=(settled,)).to_rows()
    assert (row["owed"], row["currency"]) == (None, None)


def test_a_briefing_shows_debts_capacity_times_and_last_days() -> None:
    less = made.statement(DATE(2027, 2, 1), budget=made.budget(7000))
    debts, capacity, changes, ways, last_days, untold = Page(
        rp.brief(late().with_budget(less), AT)._repr_html_()
    ).tables
    assert debts.caption == "Briefing of case at 2027-02-02 10:00:00+08:00: debts"
    assert debts.rows[0][0] == "card"
    assert capacity.caption == "What the client can pay, by the budget of 2027-02-01, in CNY"
    assert capacity.rows == [
        ["capacity", "900.00"],
        ["capacity by the budget before", "1800.00"],
        ["income", "7000.00"],
        ["expenses", "6000.00"],
        ["commitments", "0.00"],
    ]
    assert changes.rows == [["wage", "8000.00", "7000.00"]]
    assert ways.head == ["channel", "now", "from", "until"]
    assert ways.rows[0] == ["sms", "yes", "2027-02-02 10:00:00+08:00", "2027-02-02 22:00:00+08:00"]
    assert last_days.head == ["by", "what", "missed", "why", "source", "debts"]
    assert untold.rows == [
        ["reasons given", "0"],
        ["open questions", "0"],
        ["barriers", "0"],
        ["last talk", "0"],
        ["promised by us", "0"],
    ]


def test_last_days_that_are_over_are_told_as_missed() -> None:
    tables = Page(rp.brief(late(), made.moment("2027-02-20 10:00"))._repr_html_()).tables
    (missed,) = [row for row in tables[-2].rows if row[1] == "ask for the cause of a missed payment"]
    assert missed == [
        "2027-02-03",
        "ask for the cause of a missed payment",
        "yes",
        "cause asked for",
        "repayplan house default",
        "card",
    ]


def test_without_a_budget_a_briefing_shows_no_capacity() -> None:
    tables = Page(rp.brief(attrs.evolve(late(), budgets=()), AT)._repr_html_()).tables
    assert [table.caption.partition(" ")[0] for table in tables] == ["Briefing", "When", "Last", "What"]


def test_a_budget_that_did_not_change_shows_no_changes() -> None:
    assert len(Page(rp.brief(late(), AT)._repr_html_()).tables) == 5


def test_a_briefing_counts_what_is_personal_and_shows_nothing_of_it() -> None:
    briefing = rp.brief(troubled(), AT)
    assert {"Wang", "Li is ill", "surgery", "illness", "hearing"} <= set(told(briefing.to_text()))
    assert told(briefing._repr_html_()) == told(briefing.to_rows()) == []
    untold = Page(briefing._repr_html_()).tables[-1]
    assert untold.caption == "What is personal: to_text() alone tells it, with who the client is"
    counted = dict(untold.rows)
    assert (counted["reasons given"], counted["last talk"], counted["promised by us"]) == ("1", "1", "1")
