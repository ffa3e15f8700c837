"""The case file: one client, all debts, and all that is known, as a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import attrs
import pendulum

from repayplan.affordability.budget import Budget
from repayplan.casework.account import Account, check_unique
from repayplan.checks import check_date, check_instance, check_text, check_tuple
from repayplan.communication.client import Client
from repayplan.communication.log import CommunicationLog
from repayplan.errors import CaseError, RepayPlanError, shown
from repayplan.money import check_currency
from repayplan.policies.policy import Policy, PolicyVersions
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from repayplan.casework.liabilities import CollectionStop
    from repayplan.communication.records import Record
    from repayplan.currency import Currency
    from repayplan.overdue.holds import Hold
    from repayplan.overdue.payments import Payment
    from repayplan.overdue.promises import Promise
    from repayplan.plan.agreement import Plan
    from repayplan.plan.debt import Debt

__all__ = ["BudgetStatement", "Case"]

_ITEMS_MAX: Final = 1_000

T = TypeVar("T")


def _to_stated_on(value: datetime.date) -> pendulum.Date:
    return check_date(value, "stated_on")


def _to_recorded_on(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "recorded_on")


@attrs.frozen(kw_only=True, repr=False)
class BudgetStatement(Value):
    """What the client stated of incomes and expenses on a day.

    Attributes:
        id: What tells it from all others of the case.
        budget: The incomes and expenses.
        stated_on: The day.
        recorded_on: The day on which the bank recorded it; None is the same day.
        contact_id: The contact in which it was stated.
    """

    id: str
    budget: Budget
    stated_on: pendulum.Date = attrs.field(converter=_to_stated_on)
    recorded_on: pendulum.Date | None = attrs.field(default=None, converter=_to_recorded_on)
    contact_id: str | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_text(self.id, "id", error=CaseError)
        check_instance(self.budget, Budget, "budget")
        if self.recorded < self.stated_on:
            message = f"expected {self.stated_on} (stated_on) or later, got {self.recorded}"
            raise CaseError("statement.recorded", "recorded_on", message)
        if self.contact_id is not None:
            check_text(self.contact_id, "contact_id", error=CaseError)

    def __repr__(self) -> str:
        """Give the id and the day: the rest is personal."""
        return f"<BudgetStatement {self.id} of {self.stated_on}>"

    @property
    def recorded(self) -> pendulum.Date:
        """The day on which the bank recorded it."""
        return self.stated_on if self.recorded_on is None else self.recorded_on


def _to_accounts(value: Sequence[Account]) -> tuple[Account, ...]:
    found = check_tuple(value, Account, "accounts", maximum=_ITEMS_MAX, error=CaseError)
    return tuple(sorted(found, key=lambda account: account.id))


def _to_budgets(value: Sequence[BudgetStatement]) -> tuple[BudgetStatement, ...]:
    found = check_tuple(value, BudgetStatement, "budgets", maximum=_ITEMS_MAX, error=CaseError)
    return tuple(sorted(found, key=lambda statement: (statement.stated_on, statement.id)))


def _to_policy(value: Policy | PolicyVersions) -> PolicyVersions:
    return (
        PolicyVersions((value,))
        if isinstance(value, Policy)
        else check_instance(value, PolicyVersions, "policy")
    )


@attrs.frozen(kw_only=True, repr=False)
class Case(Value):
    """One client's case; built up by its ``with_…`` methods, each of which gives a new case.

    Attributes:
        id: The case's id, which every record of its log carries.
        client: Who it is, and how to be reached.
        policy: The rule book, in all its versions.
        log: The communication records.
        accounts: The debts with all that is known of them, in the order of their ids.
        budgets: What the client stated of incomes and expenses, in the order of the days.

    Raises:
        CaseError: An id is used twice, a liability names nobody of the case, or a contact in the log concerns a
            debt that the case does not have.
        MoneyError: The debts and the budgets are not all in one currency.
    """

    id: str
    client: Client
    policy: PolicyVersions = attrs.field(converter=_to_policy)
    log: CommunicationLog
    accounts: tuple[Account, ...] = attrs.field(default=(), converter=_to_accounts)
    budgets: tuple[BudgetStatement, ...] = attrs.field(default=(), converter=_to_budgets)

    def __attrs_post_init__(self) -> None:
        """Check that the facts fit together."""
        check_text(self.id, "id", error=CaseError)
        check_instance(self.client, Client, "client")
        check_instance(self.log, CommunicationLog, "log")
        check_unique((account.id for account in self.accounts), "accounts")
        check_unique((statement.id for statement in self.budgets), "budgets")
        self._check_currency()
        self._check_parties()

    def _check_currency(self) -> None:
        if self.currency is None:
            return
        for place, account in enumerate(self.accounts):
            check_currency(account.debt.principal, self.currency, f"accounts[{place}].debt")
        for place, statement in enumerate(self.budgets):
            if statement.budget.currency != self.currency:
                message = f"expected {self.currency}, got {statement.budget.currency}"
                raise CaseError("case.currency", f"budgets[{place}].budget", message)

    def _check_parties(self) -> None:
        known = {self.client.party.id, *(party.id for party in self.client.others)}
        for place, account in enumerate(self.accounts):
            for liability in account.liabilities:
                if liability.party_id not in known:
                    message = (
                        f"expected the id of the client or another party, got {shown(liability.party_id)}"
                    )
                    raise CaseError("case.party", f"accounts[{place}].liabilities", message)

    def __repr__(self) -> str:
        """Give the id: the rest is personal."""
        return f"<Case {self.id}: {len(self.accounts)} accounts>"

    @property
    def currency(self) -> Currency | None:
        """The currency of all debts and budgets; None where there is neither."""
        debts = [account.debt.currency for account in self.accounts]
        return next(iter([*debts, *(statement.budget.currency for statement in self.budgets)]), None)

    def account(self, debt_id: str) -> Account:
        """Give the account of a debt.

        Raises:
            CaseError: The case has no such debt.
        """
        found = next((account for account in self.accounts if account.id == debt_id), None)
        if found is None:
            message = f"expected the id of a debt of this case, got {shown(debt_id)}"
            raise CaseError("case.debt", "debt_id", message)
        return found

    # --- building up

    def with_account(self, account: Account) -> Case:
        """Give the case with one debt more, and what is known of it."""
        return attrs.evolve(self, accounts=(*self.accounts, check_instance(account, Account, "account")))

    def with_debt(self, debt: Debt) -> Case:
        """Give the case with one debt more."""
        return self.with_account(Account(debt=debt))

    def with_client(self, client: Client) -> Case:
        """Give the case with what is known of the client now."""
        return attrs.evolve(self, client=client)

    def with_budget(self, statement: BudgetStatement) -> Case:
        """Give the case with one statement of incomes and expenses more."""
        return attrs.evolve(self, budgets=(*self.budgets, statement))

    def with_plan(self, debt_id: str, plan: Plan) -> Case:
        """Give the case with a plan for a debt, or its new version."""
        return self._with(debt_id, plan=plan)

    def with_payment(self, debt_id: str, payment: Payment) -> Case:
        """Give the case with one payment more on a debt."""
        return self._with(debt_id, payments=(*self.account(debt_id).payments, payment))

    def with_hold(self, debt_id: str, hold: Hold) -> Case:
        """Give the case with one hold more on a debt."""
        return self._with(debt_id, holds=(*self.account(debt_id).holds, hold))

    def with_promise(self, debt_id: str, promise: Promise) -> Case:
        """Give the case with one promise more on a debt."""
        return self._with(debt_id, promises=(*self.account(debt_id).promises, promise))

    def with_stop(self, debt_id: str, stop: CollectionStop) -> Case:
        """Give the case with one state more in which nobody collects a debt."""
        return self._with(debt_id, stops=(*self.account(debt_id).stops, stop))

    def with_record(self, record: Record, *, at: datetime.datetime, salts: Iterable[bytes] = ()) -> Case:
        """Give the case with one communication record more in its log.

        Raises:
            CommunicationError: It belongs to another case, or it cannot follow.
        """
        return attrs.evolve(self, log=self.log.append(record, at=at, salts=salts))

    def _with(self, debt_id: str, **changes: object) -> Case:
        place = self.accounts.index(self.account(debt_id))
        try:
            changed = attrs.evolve(self.accounts[place], **changes)  # type: ignore[arg-type]  # checked there
        except RepayPlanError as error:
            field = f"accounts[{place}].{error.field}"
            raise type(error)(error.code, field, error.message, error.data) from None
        return attrs.evolve(self, accounts=(*self.accounts[:place], changed, *self.accounts[place + 1 :]))

    def known_on(self, day: datetime.date) -> Case:
        """Give the case with only what was recorded by a day, the end of it in the client's first zone."""
        checked = check_date(day, "day")
        end = pendulum.datetime(checked.year, checked.month, checked.day, tz=self.client.zones[0]).add(days=1)
        return attrs.evolve(
            self,
            accounts=[
                account.known_on(checked) for account in self.accounts if account.debt.as_of <= checked
            ],
            budgets=[statement for statement in self.budgets if statement.recorded <= checked],
            log=self.log.known_by(end.subtract(microseconds=1)),
        )
