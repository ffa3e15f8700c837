"""Strategies for cases: a client, accounts with plans and what happened to them, budgets, and a log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st

import repayplan as rp
from repayplan.policies import PolicyVersions
from repayplan.testing.communication import logs
from repayplan.testing.derived import of
from repayplan.testing.drawing import values
from repayplan.testing.ground import currencies, dates, names
from repayplan.testing.overdue import holds, payments
from repayplan.testing.plan import plans_for
from repayplan.testing.proposing import debts
from repayplan.testing.registry import Strategy, relation_of, strategy_for
from repayplan.testing.relating import by_id, soon_after

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["cases"]


def cases(currency: rp.Currency | str | None = None) -> st.SearchStrategy[rp.Case]:
    """Draw a case of up to two accounts, two budgets and three records.

    Args:
        currency: The currency of the amounts; None draws one.
    """
    if currency is None:
        return currencies().flatmap(cases)
    return _cases(rp.Currency.of(currency) if isinstance(currency, str) else currency)


@strategy_for(rp.Case)
def _all_cases(currency: rp.Currency) -> Strategy:
    return _cases(currency)


@st.composite
def _cases(draw: st.DrawFn, currency: rp.Currency) -> rp.Case:
    case_id, client = draw(names()), draw(values(rp.Client))
    accounts = [draw(_accounts(currency, name)) for name in ("card", "loan")[: draw(st.integers(0, 2))]]
    budgets = draw(st.lists(of(rp.BudgetStatement, currency), max_size=2))
    return rp.Case(
        id=case_id,
        client=client,
        policy=draw(of(PolicyVersions, currency)),
        log=draw(logs(case_id=case_id, longest=3)),
        accounts=accounts,
        budgets=by_id(budgets),
        desk=draw(of(rp.Desk, currency) | st.none()),
    )


@strategy_for(rp.Account)
def _any_account(currency: rp.Currency) -> Strategy:
    return _accounts(currency, "debt")


@st.composite
def _accounts(draw: st.DrawFn, currency: rp.Currency, name: str) -> rp.Account:
    """Draw an account before a plan, or with one and what happened to it; ids begin with its name."""
    promises = draw(st.lists(of(rp.Promise, currency), max_size=1))
    shared: dict[str, Any] = {
        "promises": [attrs.evolve(promise, id=f"{name}: promise") for promise in promises],
        "contract_due_on": draw(st.none() | dates()),
        "last_due_on": draw(st.none() | dates()),
    }
    plan = draw(st.none() | plans_for(currency, name))
    if plan is None:
        return rp.Account(debt=draw(debts(currency, id=name)), **shared)
    schedule = plan.schedule
    paid = draw(st.none() | payments(schedule, id=f"{name}: payment"))
    held = draw(st.none() | holds(schedule, id=f"{name}: hold"))
    return rp.Account(
        debt=plan.versions[0].offer.debt,
        plan=plan,
        payments=() if paid is None else (paid,),
        holds=() if held is None else (held,),
        **shared,
    )


@strategy_for(rp.Actions)
def _actions(currency: rp.Currency) -> Strategy:
    return st.lists(of(rp.Action, currency), max_size=2).map(rp.Actions)


# --- relations


@relation_of(rp.BudgetStatement)
def _statement(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    late = draw(st.none() | st.integers(0, 40))
    return {"recorded_on": None if late is None else fields["stated_on"].add(days=late)}


@relation_of(rp.CollectionStop)
def _stop(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    open_ended = fields["last_day"] is None
    return {"last_day": None if open_ended else soon_after(draw, fields["first_day"])}
