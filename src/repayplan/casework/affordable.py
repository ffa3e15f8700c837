"""What may be offered in a case: plans on what is owed now, within what is left of the client's capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from repayplan.affordability.assessment import assess
from repayplan.affordability.lines import Commitment
from repayplan.errors import TermsError
from repayplan.plan.debts import Debts
from repayplan.plan.offers import propose
from repayplan.plan.outstanding_debt import outstanding_debt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pendulum

    from repayplan.affordability.assessment import Affordability
    from repayplan.casework.account_view import AccountView
    from repayplan.casework.view import CaseView
    from repayplan.plan.debt import Debt
    from repayplan.plan.joint_offer import JointOffers
    from repayplan.plan.no_plan import NoAffordablePlan
    from repayplan.plan.offer import Offers

__all__ = ["affordability_for", "is_stale", "offers_for", "owed_by"]


def offers_for(view: CaseView, debt_ids: Sequence[str]) -> Offers | JointOffers | NoAffordablePlan | None:
    """Give the plans that may be offered on some debts together, or why there is none.

    Capacity is that of the latest budget, less what the client's other running plans ask for. Of several
    debts, each statement is taken to be of today, since they must be stated on one day. None where there is
    no budget, or nothing to be planned is outstanding.
    """
    wanted = [account for account in view.accounts if account.id in debt_ids]
    debts = [debt for account in wanted if (debt := owed_by(account)) is not None]
    affordability = affordability_for(view, debt_ids)
    if affordability is None or not debts:
        return None
    first, rules = view.day.add(days=view.follow_up.first_due_days.value), view.policy.plan
    if len(debts) == 1:
        return propose(debts[0], affordability, rules=rules, first_due=first)
    together = Debts([attrs.evolve(debt, as_of=view.day) for debt in debts])
    return propose(together, affordability, rules=rules, first_due=first)


def owed_by(account: AccountView, *, fresh: bool = True) -> Debt | None:
    """Give what is owed now: of a plan what is outstanding of it, else the debt as it was stated.

    None where no principal is left, or what was stated is too old.

    Args:
        account: The debt at a moment.
        fresh: Whether what was stated may not be too old.
    """
    plan, facts = account.account.plan, account.account.facts
    if plan is None or facts is None or account.standing is None:
        return None if fresh and is_stale(account) else account.account.debt
    try:
        debt = outstanding_debt(
            plan,
            account.account.payments,
            account.view.day,
            holds=facts.holds,
            waivers=facts.waivers,
            charges=facts.charges,
            contract_due_on=facts.contract_due_on,
            debtor=account.view.case.client.party.id,
        )
    except TermsError:  # what is left bears no interest: a person decides
        return None
    return attrs.evolve(debt, id=account.id)


def is_stale(account: AccountView) -> bool:
    """Tell whether what was stated of a debt is too old for plans to be offered on it."""
    days = account.view.follow_up.stated_days.value
    return account.account.debt.as_of < account.view.day.subtract(days=days)


def affordability_for(view: CaseView, debt_ids: Sequence[str]) -> Affordability | None:
    """Give what the client can pay on some debts by the latest budget; None without one.

    The installments of other running plans come first, as commitments, unless the budget names one by the id
    of the debt.
    """
    statement = view.budget
    if statement is None:
        return None
    named = {line.name for line in statement.budget.commitments}
    others = (account for account in view.accounts if account.id not in debt_ids and account.id not in named)
    commitments = [*statement.budget.commitments, *_commitments(others, statement.stated_on)]
    budget = attrs.evolve(statement.budget, commitments=commitments)
    return assess(budget, rules=view.policy.affordability, as_of=statement.stated_on)


def _commitments(accounts: Iterable[AccountView], day: pendulum.Date) -> list[Commitment]:
    """Give the highest installment of each running plan as a commitment from a day on."""
    found: list[Commitment] = []
    for account in accounts:
        plan = account.account.plan
        if plan is not None and account.has_plan and plan.schedule.last_due >= day:
            amount = max(row.amount for row in plan.schedule)
            frequency = plan.offer.certificate.frequency
            found.append(Commitment(account.id, amount, frequency))
    return found
