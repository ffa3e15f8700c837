"""The case file: one client, all debts, and all that is known, as a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import attrs
import pendulum

from repayplan.casework.account import Account, check_unique
from repayplan.casework.desk import Desk
from repayplan.casework.moments import local, start_of
from repayplan.casework.statements import BudgetStatement
from repayplan.checks import check_date, check_instance, check_text, check_tuple
from repayplan.communication.client import Client
from repayplan.communication.log import CommunicationLog
from repayplan.errors import CaseError, RepayPlanError, shown
from repayplan.moments import check_moment
from repayplan.money import check_currency
from repayplan.policies.policy import Policy, PolicyVersions
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Sequence

    from repayplan.casework.liabilities import CollectionStop, Liability
    from repayplan.communication.limitation import LimitationEvent
    from repayplan.communication.records import Record
    from repayplan.currency import Currency
    from repayplan.overdue.adjustments import Charge, Waiver
    from repayplan.overdue.holds import Hold
    from repayplan.overdue.payments import Payment
    from repayplan.overdue.promises import Promise
    from repayplan.plan.agreement import Plan
    from repayplan.plan.debt import Debt

__all__ = ["Case"]

_ITEMS_MAX: Final = 1_000

T = TypeVar("T")


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
        desk: Who writes to the client, and the free help that letters name; None leaves messages without
            their facts.

    Raises:
        CaseError: An id is used twice, a liability names nobody of the case, or a record in the log belongs
            to another case.
        MoneyError: The debts and the budgets are not all in one currency.
    """

    id: str
    client: Client
    policy: PolicyVersions = attrs.field(converter=_to_policy)
    log: CommunicationLog
    accounts: tuple[Account, ...] = attrs.field(default=(), converter=_to_accounts)
    budgets: tuple[BudgetStatement, ...] = attrs.field(default=(), converter=_to_budgets)
    desk: Desk | None = None

    def __attrs_post_init__(self) -> None:
        """Check that the facts fit together."""
        check_text(self.id, "id", error=CaseError)
        check_instance(self.client, Client, "client")
        check_instance(self.log, CommunicationLog, "log")
        if self.desk is not None:
            check_instance(self.desk, Desk, "desk")
        check_unique((account.id for account in self.accounts), "accounts")
        check_unique((statement.id for statement in self.budgets), "budgets")
        for facts in (
            "payments",
            "promises",
            "holds",
            "stops",
        ):  # a record or another system names them by id
            check_unique((fact.id for account in self.accounts for fact in getattr(account, facts)), facts)
        self._check_log()
        self._check_currency()
        self._check_parties()

    def _check_log(self) -> None:
        others = self.log.case_ids - {self.id}
        if others:
            message = f"expected records of this case alone, got some of {shown(min(others))}"
            raise CaseError("case.log", "log", message, {"case_ids": tuple(sorted(others))})

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
        return self._with_one(debt_id, "payments", payment)

    def with_hold(self, debt_id: str, hold: Hold) -> Case:
        """Give the case with one hold more on a debt."""
        return self._with_one(debt_id, "holds", hold)

    def with_promise(self, debt_id: str, promise: Promise) -> Case:
        """Give the case with one promise more on a debt."""
        return self._with_one(debt_id, "promises", promise)

    def with_waiver(self, debt_id: str, waiver: Waiver) -> Case:
        """Give the case with one waiver more on a debt."""
        return self._with_one(debt_id, "waivers", waiver)

    def with_charge(self, debt_id: str, charge: Charge) -> Case:
        """Give the case with one late charge more on a debt."""
        return self._with_one(debt_id, "charges", charge)

    def with_liability(self, debt_id: str, liability: Liability) -> Case:
        """Give the case with one party more who owes a debt."""
        return self._with_one(debt_id, "liabilities", liability)

    def with_stop(self, debt_id: str, stop: CollectionStop) -> Case:
        """Give the case with one state more in which nobody collects a debt."""
        return self._with_one(debt_id, "stops", stop)

    def with_limitation_event(self, debt_id: str, event: LimitationEvent) -> Case:
        """Give the case with one event more that may have restarted the limitation of a debt."""
        return self._with_one(debt_id, "limitation_events", event)

    def with_record(self, record: Record, *, at: datetime.datetime, salts: Iterable[bytes] = ()) -> Case:
        """Give the case with one communication record more in its log.

        Raises:
            CommunicationError: It belongs to another case, or it cannot follow.
        """
        log = _within("log", lambda: self.log.append(record, at=at, salts=salts))
        return attrs.evolve(self, log=log)

    def _with_one(self, debt_id: str, field: str, fact: object) -> Case:
        return self._with(debt_id, **{field: (*getattr(self.account(debt_id), field), fact)})

    def _with(self, debt_id: str, **changes: object) -> Case:
        place = self.accounts.index(self.account(debt_id))
        changed = _within(f"accounts[{place}]", lambda: attrs.evolve(self.accounts[place], **changes))  # type: ignore[arg-type]  # checked there
        return attrs.evolve(self, accounts=(*self.accounts[:place], changed, *self.accounts[place + 1 :]))

    # --- looking back

    def known_on(self, day: datetime.date) -> Case:
        """Give the case with only what was recorded by a day, to its end in the client's first zone.

        What is known of the client is not kept by day, but wishes and contact points have days of their own.
        """
        checked = check_date(day, "day")
        last = start_of(checked.add(days=1), self.client).subtract(microseconds=1)
        return self._known(last, checked)

    def known_by(self, moment: datetime.datetime) -> Case:
        """Give the case as it was known at a moment: records by then, and other facts of its day.

        Raises:
            DateError: The moment is naive.
        """
        at = local(check_moment(moment, "moment"), self.client)
        return self._known(at, pendulum.date(at.year, at.month, at.day))

    def _known(self, at: datetime.datetime, day: pendulum.Date) -> Case:
        return attrs.evolve(
            self,
            accounts=[account.known_on(day) for account in self.accounts if account.debt.as_of <= day],
            budgets=[statement for statement in self.budgets if statement.recorded <= day],
            log=self.log.known_by(at),
        )


def _within(place: str, make: Callable[[], T]) -> T:
    """Make something, and name the fact within the case where that fails."""
    try:
        return make()
    except RepayPlanError as error:
        raise type(error)(error.code, f"{place}.{error.field}", error.message, error.data) from None
